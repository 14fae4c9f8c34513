.PHONY: mutants

mutants: ## build 25 planted defects, one for each class of vulnerability, and see the suite kill each
	@bash deploy/setup.sh python
	$(RUN) -m tests.mutants
