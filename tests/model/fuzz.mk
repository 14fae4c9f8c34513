# SEQUENCES=500 runs exactly that number; SEED=1 SEQUENCE=77 repeats one; neither goes on where the last run stopped.
.PHONY: fuzz

fuzz: ## walk through the economy at random: 20,000 sequences, 2,000,000 instructions
	@bash deploy/setup.sh python
	$(RUN) -m tests.model.fuzz $(addprefix --seed ,$(SEED)) \
		$(addprefix --sequences ,$(SEQUENCES)) $(addprefix --sequence ,$(SEQUENCE))
