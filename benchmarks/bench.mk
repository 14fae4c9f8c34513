# Each benchmark prints its table and writes benchmarks/results/<name>.json; `simulate` writes to docs/
.PHONY: bench-compute-units bench-settle bench-latency bench-rpc bench-cli simulate

bench-compute-units: ## measure what each instruction costs, over 50 random keys
	$(RUN) -m benchmarks.compute_units

bench-settle: ## measure settlements a second beside plain token transfers
	$(RUN) -m benchmarks.settle

bench-latency: ## measure where a job's time goes, beside a bare docker run
	$(RUN) -m benchmarks.latency

bench-rpc: ## count RPC calls: a job from post to settle, and a minute idle with ten nodes
	$(RUN) -m benchmarks.rpc_calls

bench-cli: ## measure CPU of imports and commands beside vastai, start time, receipt to settled, wheel size
	$(RUN) -m benchmarks.command_line

simulate: ## simulate the trust design: exact figures, 20 seeds of 20,000 jobs with 30 % cheaters; writes docs/simulation.*
	$(RUN) -m benchmarks.simulation --write
