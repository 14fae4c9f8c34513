"""Errors of the slashing program. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain.refusal import Refusal

from .addresses import PROGRAM_ID


class NotUpgradeAuthority(Refusal):
    """The signer is not the program's upgrade authority, which alone may initialise it"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6300


class NotAuthority(Refusal):
    """The signer is not the configured authority"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6301


class NotPendingAuthority(Refusal):
    """The signer is not the proposed authority"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6302


class NotAccused(Refusal):
    """The signer is not the accused, who alone may appeal"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6303


class WrongDecimals(Refusal):
    """The mint does not have 6 decimals"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6304


class BadParams(Refusal):
    """A parameter is out of range"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6305


class WrongMint(Refusal):
    """The mint is not the configured mint"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6306


class WrongPayer(Refusal):
    """The account is not the one that paid the rent and gets it back"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6307


class WrongStake(Refusal):
    """The stake does not belong to the accused or the validator"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6308


class WrongRecord(Refusal):
    """The record does not belong to the accused"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6309


class WrongVote(Refusal):
    """The vote belongs to another report"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6310


class WrongDestination(Refusal):
    """The token account does not belong to the wallet that the tokens are due to"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6311


class BadReason(Refusal):
    """The number is not a valid fault reason; expected 0 to 4"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6312


class SelfReport(Refusal):
    """The reporter is the accused"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6313


class EmptyEvidence(Refusal):
    """Zero is not a valid evidence digest"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6314


class NothingAtStake(Refusal):
    """The accused's stake has nothing that a report could take"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6315


class NotSubjective(Refusal):
    """The reason is a verdict on a job; bring the job with open_from_job"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6316


class WrongJob(Refusal):
    """The account is not a job with this number"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6317


class WrongNode(Refusal):
    """The account is not the accused's node"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6318


class NotVoting(Refusal):
    """The report is not open for votes"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6319


class VotingOver(Refusal):
    """The voting is over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6320


class VotingNotOver(Refusal):
    """The voting is not over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6321


class Partial(Refusal):
    """The validator is the reporter or the accused"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6322


class NoVotes(Refusal):
    """The stake had no weight before the report was opened"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6323


class StakeTooLow(Refusal):
    """The stake is below the least stake of a validator"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6324


class StakeCouldLeave(Refusal):
    """The stake could be withdrawn before the voting ends"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6325


class NotConfirmed(Refusal):
    """The report is not confirmed"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6326


class AppealOver(Refusal):
    """The time to appeal is over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6327


class AppealNotOver(Refusal):
    """The time to appeal is not over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6328


class NotExecutable(Refusal):
    """The report is neither confirmed nor upheld"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6329


class CoolingDown(Refusal):
    """The accused was punished for this reason less than a day ago"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6330


class DailyCapReached(Refusal):
    """The accused's stake has already lost the daily maximum"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6331


class ReportOpen(Refusal):
    """The report has not ended"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6332


class NothingDue(Refusal):
    """The report owes the wallet nothing"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6333


class NoFee(Refusal):
    """The vote has no fee to claim"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6334


class VoteInUse(Refusal):
    """The vote's report is still open, or the vote has a fee to claim"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6335


class Unclaimed(Refusal):
    """The report has unclaimed dues and ended less than 90 days ago"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6336


class RecordInUse(Refusal):
    """The record is still in use by an open report, the daily maximum or a cooldown"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6337


class Overflow(Refusal):
    """A calculation overflowed"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6338


class InvariantBroken(Refusal):
    """The account's state is not consistent after the instruction"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6339


BY_NUMBER: Final[Mapping[int, type[Refusal]]] = {
    6300: NotUpgradeAuthority,
    6301: NotAuthority,
    6302: NotPendingAuthority,
    6303: NotAccused,
    6304: WrongDecimals,
    6305: BadParams,
    6306: WrongMint,
    6307: WrongPayer,
    6308: WrongStake,
    6309: WrongRecord,
    6310: WrongVote,
    6311: WrongDestination,
    6312: BadReason,
    6313: SelfReport,
    6314: EmptyEvidence,
    6315: NothingAtStake,
    6316: NotSubjective,
    6317: WrongJob,
    6318: WrongNode,
    6319: NotVoting,
    6320: VotingOver,
    6321: VotingNotOver,
    6322: Partial,
    6323: NoVotes,
    6324: StakeTooLow,
    6325: StakeCouldLeave,
    6326: NotConfirmed,
    6327: AppealOver,
    6328: AppealNotOver,
    6329: NotExecutable,
    6330: CoolingDown,
    6331: DailyCapReached,
    6332: ReportOpen,
    6333: NothingDue,
    6334: NoFee,
    6335: VoteInUse,
    6336: Unclaimed,
    6337: RecordInUse,
    6338: Overflow,
    6339: InvariantBroken,
}
