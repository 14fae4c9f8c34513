#!/usr/bin/env python3
"""Runs the program toolchain: `build.py build`, `check` or `packages`, with plain Python 3.11."""

import sys

from sbf.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
