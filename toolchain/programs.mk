# Build of the programs. The services run on the committed programs/artifacts and do not need it.
# It uses only Python and Debian's cargo, so it works before any other setup.
TOOLCHAIN := python3 toolchain/build.py

.PHONY: programs programs-check test-linker check-linker

programs: ## build the Solana programs and their IDL from Debian packages and crates.io
	$(TOOLCHAIN) build

programs-check: ## compare the committed programs with a rebuild
	$(TOOLCHAIN) check

LINKER_ENV := LLVM_SYS_221_PREFIX=/usr/lib/llvm-22 LLVM_PREFIX=/usr/lib/llvm-22 RUSTFLAGS="-L /usr/lib/llvm-22/lib"

test-linker: ## run the linker's own tests
	@$(TOOLCHAIN) packages
	cd toolchain/linker && $(LINKER_ENV) cargo test --quiet --locked

check-linker: ## run clippy and rustfmt on the linker
	@bash deploy/setup.sh rust
	@$(TOOLCHAIN) packages
	cd toolchain/linker && cargo fmt --check && $(LINKER_ENV) cargo clippy --quiet --locked --all-targets -- -D warnings
