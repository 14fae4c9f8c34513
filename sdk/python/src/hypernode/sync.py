"""The SDK without `async`: the names of `hypernode`, each call waits for its result.

    with Hypernode.connect() as hn:
        result = hn.jobs.run(image, "echo hello").result()

sync.pyi, which `python -m reference` writes, has the types.
"""

from hypernode.client import connection, economy, governance, job, jobs, slashing, staker, treasury
from hypernode.client.blocking import BlockingHypernode as Hypernode
from hypernode.client.blocking import blocking

EconomyReader = blocking(economy.EconomyReader)
GovernanceClient = blocking(governance.GovernanceClient)
Job = blocking(job.Job)
JobResult = blocking(job.JobResult)
Jobs = blocking(jobs.Jobs)
Nodes = blocking(connection.Nodes)
Outputs = blocking(job.Outputs)
SlashingClient = blocking(slashing.SlashingClient)
StakerClient = blocking(staker.StakerClient)
TreasuryClient = blocking(treasury.TreasuryClient)
Wallet = blocking(connection.Wallet)

__all__ = [
    "EconomyReader",
    "GovernanceClient",
    "Hypernode",
    "Job",
    "JobResult",
    "Jobs",
    "Nodes",
    "Outputs",
    "SlashingClient",
    "StakerClient",
    "TreasuryClient",
    "Wallet",
]
