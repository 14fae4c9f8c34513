#!/usr/bin/env python3
"""Runs the program toolchain: `build.py build`, `build.py check`. Plain Python 3.11, no virtual environment."""

import sys

from sbf.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
