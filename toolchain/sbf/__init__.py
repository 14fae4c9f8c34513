"""Build of the Solana programs from Debian packages and crates.io; see docs/toolchain.md."""
