# Targets of the TypeScript client; the Makefile in the root includes this file.
TYPESCRIPT := sdk/typescript

.PHONY: install-typescript generate-typescript check-typescript test-typescript

install-typescript:
	@bash deploy/setup.sh node
	@bash $(TYPESCRIPT)/install.sh

generate-typescript: install-typescript ## write the TypeScript client from the IDLs and the OpenAPI document, and build it
	@cd $(TYPESCRIPT) && PYTHON=../../$(RUN) npm run --silent generate && npm run --silent build

check-typescript: generate-typescript ## type-check and lint the TypeScript client
	@cd $(TYPESCRIPT) && npm run --silent check

test-typescript: generate-typescript ## run the TypeScript client's own tests; pytest runs those against chain and API
	@cd $(TYPESCRIPT) && npm run --silent test
