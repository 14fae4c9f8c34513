"""Builds Solana programs from Debian packages and crates.io alone; docs/toolchain.md tells how."""
