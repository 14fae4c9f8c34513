.PHONY: mutants

mutants: ## build 36 planted defects, at least one for each class of vulnerability, and see the suite kill each
	@bash deploy/setup.sh python
	$(RUN) -m tests.mutants
