# Every command a person or CI runs. `make demo` and `make test` set themselves up on a fresh Debian machine.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/hypernode
# A Node.js of our own comes first: it is there only where the system has none that is new enough.
export PATH := $(CACHE)/node/bin:$(PATH):$(CACHE)/uv/bin:$(CACHE)/cargo-tools/bin
export CARGO_TARGET_DIR := $(CACHE)/target
RUN := .venv/bin/python
# The newest Python there is: a version, or the path of an interpreter.
NEWEST_PYTHON ?= 3.15
CODE := sdk packages marketplace_api oracle node_client cli tests benchmarks demo toolchain deploy docs

.PHONY: help setup demo wheels test test-python test-fast test-rust test-newest check check-python check-rust fmt generate

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 22

# --- setup
setup: ## install what the services need (Python packages, Docker, the runtime image)
	@bash deploy/setup.sh python docker
	@echo "runtime image: $$($(RUN) deploy/runtime-image/build.py)"

# --- run
demo: setup ## run the six jobs of the demo and print every token movement
	$(RUN) -m demo

wheels: ## build every Python distribution into dist/
	@bash deploy/setup.sh python
	uv build --quiet --all-packages --out-dir dist

# --- test
test: setup ## run every test on the real VM, Docker, PostgreSQL, Redis and Node.js
	@bash deploy/setup.sh services node rust
	exec $(MAKE) --no-print-directory generate-typescript
	exec $(MAKE) --no-print-directory test-python
	exec $(MAKE) --no-print-directory test-typescript test-rust programs-check test-linker

# `exec`: a signal to make then reaches pytest, which ends what its tests started.
test-python: ## run the Python tests, or TESTS=<files>, without setting anything up
	exec $(RUN) -m pytest -q --durations=20 $(TESTS)

test-fast: ## run the Python tests that need no Docker, server, browser or Node.js, on two cores
	@bash deploy/setup.sh python
	exec $(RUN) -m pytest -q --durations=20 -n 2 -m 'not docker and not e2e and not node and not postgres and not redis'

test-rust: ## run the host tests of the program crates, shared vectors included
	cargo test --quiet --locked -p hypernode-common -p slashing

test-newest: ## run the Python tests that need no service on the newest Python there is
	@bash deploy/setup.sh python
	UV_PROJECT_ENVIRONMENT=.venv-newest uv sync --quiet --locked --all-packages --no-python-downloads --python "$(NEWEST_PYTHON)"
	.venv-newest/bin/python -m pytest -q -m 'not docker and not e2e and not node'

# --- quality
check: check-python check-rust check-linker check-typescript ## run every linter and type checker, and see that generated code is up to date

check-python:
	@bash deploy/setup.sh python
	$(RUN) -m ruff check $(CODE)
	$(RUN) -m ruff format --check $(CODE)
	$(RUN) -m mypy
	.venv/bin/lint-imports
	PYTHONPATH=sdk/python $(RUN) -m codegen --check
	PYTHONPATH=sdk/python $(RUN) -m codegen.legacy_idl --check
	$(RUN) docs/check_language.py
	PYTHONPATH=sdk/python $(RUN) -m reference --check

check-rust:
	@bash deploy/setup.sh deny
	cargo fmt --all --check
	cargo clippy --quiet --locked --workspace --all-targets -- -D warnings
	cargo fetch --quiet --locked # cargo-deny reads the crates of every platform, and asks no network
	cargo deny --offline check bans licenses sources

fmt: ## format everything
	$(RUN) -m ruff check --fix $(CODE)
	$(RUN) -m ruff format $(CODE)
	cargo fmt --all

generate: ## write the typed client and the tables of accounts from the IDL, and the SDK's reference page
	PYTHONPATH=sdk/python $(RUN) -m codegen
	PYTHONPATH=sdk/python $(RUN) -m codegen.legacy_idl
	PYTHONPATH=sdk/python $(RUN) -m reference

include toolchain/programs.mk sdk/typescript/typescript.mk benchmarks/bench.mk tests/mutants/mutants.mk tests/model/fuzz.mk
