"""Table of all commands. A command's module is imported only when the command runs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class LazyCommand(click.Command):
    """A name and a sentence for help texts; `load` imports the command itself."""

    def __init__(self, name: str, module: str, sentence: str) -> None:
        super().__init__(name, short_help=sentence)
        self.module = module

    def load(self) -> click.Command:
        """Import the command: the attribute of its module that has its name (`list_` for list)."""
        name = str(self.name)
        attribute = f"{name}_" if name in ("list", "open") else name.replace("-", "_")
        found = getattr(import_module(f"hypernode_cli.commands.{self.module}"), attribute)
        assert isinstance(found, click.Command)
        return found


class LazyGroup(click.Group):
    """A group that imports only the command that was asked for."""

    def __init__(
        self, name: str, sentence: str, modules: Mapping[str, Mapping[str, str]], *groups: click.Group
    ) -> None:
        lazy = (
            LazyCommand(command, module, text)
            for module, commands in modules.items()
            for command, text in commands.items()
        )
        super().__init__(
            name, [*lazy, *groups], help=sentence, short_help=sentence, context_settings=SETTINGS
        )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.load() if isinstance(command, LazyCommand) else command, rest


LOCALNET = LazyGroup(
    "localnet",
    "Run a Solana chain in one process, and move its clock.",
    {
        "localnet": {
            "start": "Start the local chain with the Hypernode programs and a faucet, in the background.",
            "clock": "Show the slot and the time of the chain.",
            "advance": "Move the time of the chain forward by SECONDS, so that deadlines pass at once.",
        }
    },
)
WALLET = LazyGroup(
    "wallet",
    "Make the buyer's key; show and move its money.",
    {
        "wallet": {
            "new": "Make the wallet's key. An existing key is kept.",
            "address": "Print the address of the wallet.",
            "balance": "Show what the wallet and its buyer account hold.",
            "airdrop": "Get HYPER and SOL from the faucet of a local chain.",
            "deposit": "Move HYPER from the wallet to its buyer account.",
            "withdraw": "Move HYPER that no job has locked back to the wallet: AMOUNT, or all of it.",
        }
    },
)
JOB = LazyGroup(
    "job",
    "Post paid jobs, follow them and fetch their results.",
    {
        "job": {
            "list": "List the jobs of this wallet, newest first.",
            "show": "Show one job and its timeline.",
            "logs": "Print the standard output and standard error of a job.",
        },
        "job_receipt": {
            "receipt": "Write the receipt of an ended job: spec, signatures, draw and money. "
            "It is checked first.",
        },
        "job_run": {
            "run": "Post a paid job, follow it to its end and fetch its output files.",
            "download": "Fetch the output files of a job and check each against its hash.",
            "cancel": "Cancel a job that no node has taken. Its whole cap is unlocked.",
            "stop": "End a job that a node runs. You pay for the seconds used, and get what it had written.",
            "accept": "Pay for a submitted job that got no verdict, in the second half of its late window.",
        },
    },
)
RECEIPT = LazyGroup(
    "receipt",
    "Check what a job receipt says, without asking any service.",
    {"receipt": {"verify": "Check a job receipt: hashes, draw, signatures and money. No service is asked."}},
)
NODE = LazyGroup(
    "node",
    "Run jobs for pay on this machine.",
    {
        "node": {
            "init": "Make this machine a node: check it, make keys, stake and register.",
            "start": "Start the worker in the background. `hyper node:logs --follow` shows its log.",
            "status": "Show this node as the chain and the API see it.",
            "logs": "Print the log of the worker.",
            "stop": "Stop the worker.",
        }
    },
)
STAKE = LazyGroup(
    "stake",
    "Lock HYPER, change its notice and take it back.",
    {
        "stake": {
            "add": "Lock AMOUNT. An existing stake grows, and keeps its notice unless --days is longer.",
            "extend": "Lengthen the notice to DAYS, which raises the weight. The notice never gets shorter.",
            "unstake": "Give notice. Weight and votes end at once; the HYPER is free when the notice ends.",
            "restake": "Take back the notice. The weight returns and can vote on later proposals.",
            "withdraw": "Take back the HYPER after the notice, with the rewards that are not claimed yet.",
            "show": "Show the stake: its weight, the jobs it allows and what it has earned.",
        }
    },
)
REWARDS = LazyGroup(
    "rewards",
    "Show and claim what stakes earn.",
    {
        "rewards": {
            "show": "Show what stakers earn now, the yield at this rate, and what you can claim.",
            "claim": "Move what the stake has earned to its wallet.",
            "distribute": "Book all earnings up to now. Anyone may; every staking command does it too.",
        }
    },
)
SLASH = LazyGroup(
    "slash",
    "Report faults of stakers, vote on reports and carry out sentences.",
    {
        "slash": {
            "report": "Report a staker, with a bond. Validators vote on the report.",
            "open": "Report the node of a rejected or timed-out job. Anyone may; oracles do.",
            "vote": "Vote on a report with a stake that was locked before it.",
            "list": "List the reports that are not closed, newest first.",
            "show": "Show a report: the votes, what it pays, and who may do what next.",
            "resolve": "Count the votes once the vote is over. Anyone may.",
            "appeal": "Ask for a second vote by more validators, as the accused, with a bond.",
            "execute": "Take the sentence from the stake and burn it. Anyone may.",
            "claim": "Take what a report owes you as reporter, accused or validator.",
            "close": "Close a report that owes nothing and return its rent. Anyone may.",
        }
    },
)
PROPOSE = LazyGroup(
    "propose",
    "Propose a change. Each form reads the settings in force and checks the new ones.",
    {
        "gov_propose": {
            "fees": "Change the fees of later jobs, and who gets them.",
            "rate": "Set the least HYPER a second of new jobs in every market. Posted jobs keep theirs.",
            "pause": "Pause what is named and lift every other pause. Refunds always go on.",
            "oracles": "Replace all oracle keys. The old ones still judge the jobs of their epoch.",
            "windows": "Change the time over which new rewards flow to stakers.",
            "slashing": "Change the parameters of later reports.",
            "params": "Change what the DAO itself needs to decide.",
            "guardian": "Name who may veto and pause, and for how long.",
            "operations": "Name the token account that gets the operations share of releases.",
            "transfer": "Pay AMOUNT of HYPER from the treasury to the token account DESTINATION.",
            "text": "Propose a text. Nothing is executed.",
        },
        "gov_propose_calls": {
            "upgrade": "Replace the code of PROGRAM by BUFFER, whose authority must be the DAO.",
            "file": "Propose the instructions in a JSON FILE, which the DAO's authority may sign.",
        },
    },
)
GOV = LazyGroup(
    "gov",
    "Propose changes, vote on them and carry them out.",
    {
        "gov": {
            "vote": "Vote with the weight that was locked before the proposal. A vote is final.",
            "add": "Add the instruction in a JSON FILE to your draft. See `hyper gov propose file --help`.",
            "pause": "Stop new jobs or new nodes, as the guardian. Only a vote lifts the pause.",
            "activate": "Open the vote on your draft. Nothing can be added after that.",
            "finalize": "Count the votes once the vote is over. Anyone may.",
            "queue": "Start the waiting time of a proposal that passed. Anyone may.",
            "execute": "Execute a proposal after its waiting time. Anyone may.",
            "expire": "Declare that a proposal was not queued or executed in time. Anyone may.",
            "cancel": "Cancel your proposal before its vote is over.",
            "veto": "Stop a proposal for good, as the guardian.",
            "close": "Close a proposal 30 days after its end and return its rent. Anyone may.",
        },
        "gov_bootstrap": {
            "bootstrap": "Set up the DAO and hand every program to it. Finished steps are kept.",
        },
        "gov_show": {
            "list": "List the proposals that are not closed, newest first.",
            "settings": "Show what the DAO needs to decide, its guardian, and who controls each program.",
            "show": "Show what a proposal does, its votes, and who may do what next.",
        },
    },
    PROPOSE,
)
TREASURY = LazyGroup(
    "treasury",
    "Show the DAO's money and release what is unlocked. Only votes spend it.",
    {
        "treasury": {
            "show": "Show what the treasury holds, what can be released, and what was released so far.",
            "release": "Split what waits: 30 % to stakers, 20 % burned, the rest to operations. Anyone may.",
            "deposit-unlock": "Add AMOUNT to the next release. It cannot be taken back.",
            "releases": "List all releases, newest first.",
        }
    },
)
HYPER = LazyGroup(
    "hyper",
    "Buy and sell GPU time, settled on Solana.\n\n"
    "Start with `hyper up`, then `hyper job run --help`. Every command takes --json.",
    {
        "stack": {
            "up": "Start a local chain, the API, three oracles and one node. Running services stay.",
        },
        "running": {
            "down": "Stop all services of this home. The chain, keys and journals stay.",
            "status": "List the running services of this home.",
        },
        "join": {"join": "Fetch the signed description of the cluster at URL, check it and store it."},
        # The steps of a stake that people look for by their own names.
        "stake": {name: str(STAKE.commands[name].short_help) for name in ("unstake", "restake", "withdraw")},
    },
    *(LOCALNET, WALLET, JOB, RECEIPT, NODE, STAKE, REWARDS, SLASH, GOV, TREASURY),
)
