#!/usr/bin/env python3
"""Command line of the program toolchain: `build.py build`, `check` or `packages`; needs only Python 3.11."""

import sys

from sbf.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
