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


class WrongFault(Refusal):
    """The account is not the fault of this job"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6310


class WrongVote(Refusal):
    """The vote belongs to another report"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6311


class WrongDestination(Refusal):
    """The token account does not belong to the wallet that the tokens are due to"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6312


class WrongOracleSet(Refusal):
    """The account is not the markets program's oracle set"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6313


class BadReason(Refusal):
    """The number is not a valid fault reason; expected 0 to 4"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6314


class SelfReport(Refusal):
    """The reporter is the accused"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6315


class BadBuyer(Refusal):
    """The harmed buyer is the accused"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6316


class BadJob(Refusal):
    """The job is missing; this reason or the sequence needs one"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6317


class EmptyEvidence(Refusal):
    """Zero is not a valid evidence digest"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6318


class NothingAtStake(Refusal):
    """The accused's stake is empty"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6319


class AlreadyPunished(Refusal):
    """The job was already punished"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6320


class TooManyReports(Refusal):
    """The wallet already has 200 open reports against it"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6321


class NotVoting(Refusal):
    """The report is not open for votes"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6322


class VotingOver(Refusal):
    """The voting is over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6323


class VotingNotOver(Refusal):
    """The voting is not over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6324


class Partial(Refusal):
    """The validator is the reporter, the accused or the harmed buyer"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6325


class NoVotes(Refusal):
    """The stake had no weight before the report was opened"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6326


class StakeTooLow(Refusal):
    """The stake is below the least stake of a validator"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6327


class StakeCouldLeave(Refusal):
    """The stake could be withdrawn before the voting ends"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6328


class NotConfirmed(Refusal):
    """The report is not confirmed"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6329


class AppealOver(Refusal):
    """The time to appeal is over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6330


class AppealNotOver(Refusal):
    """The time to appeal is not over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6331


class NotExecutable(Refusal):
    """The report is neither confirmed nor upheld"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6332


class CoolingDown(Refusal):
    """The accused was punished for this reason less than a day ago"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6333


class DailyCapReached(Refusal):
    """The accused's stake has already lost the daily maximum"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6334


class ReportEnded(Refusal):
    """The report has ended"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6335


class NotPunished(Refusal):
    """The job was not punished"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6336


class NotObjective(Refusal):
    """The reason cannot be attested; expected a job timeout or an invalid result"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6337


class CalledByProgram(Refusal):
    """Another program called report_attested; expected a top-level instruction"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6338


class NoPrecompile(Refusal):
    """The instruction right before is not the Ed25519 precompile's"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6339


class MalformedPrecompile(Refusal):
    """The Ed25519 instruction is malformed"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6340


class ForeignPrecompileData(Refusal):
    """An Ed25519 entry points into another instruction"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6341


class WrongMessage(Refusal):
    """An oracle signed another message"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6342


class UnknownOracle(Refusal):
    """A signer is not in the oracle set"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6343


class DuplicateOracle(Refusal):
    """The same oracle signed twice"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6344


class BelowThreshold(Refusal):
    """Fewer oracles signed than the threshold requires"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6345


class BadExpiry(Refusal):
    """The attestation's expiry is not valid; expected at most 24 hours from now"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6346


class ReportOpen(Refusal):
    """The report has not ended"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6347


class NothingDue(Refusal):
    """The report owes the wallet nothing"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6348


class NoBounty(Refusal):
    """The vote has no bounty to claim"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6349


class VoteInUse(Refusal):
    """The vote's report is still open, or the vote has a bounty to claim"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6350


class Unclaimed(Refusal):
    """The report has unclaimed dues and ended less than 90 days ago"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6351


class RecordInUse(Refusal):
    """The record is still in use by an open report, the daily maximum or a cooldown"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6352


class Overflow(Refusal):
    """A calculation overflowed"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6353


class InvariantBroken(Refusal):
    """The account's state is not consistent after the instruction"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6354


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
    6310: WrongFault,
    6311: WrongVote,
    6312: WrongDestination,
    6313: WrongOracleSet,
    6314: BadReason,
    6315: SelfReport,
    6316: BadBuyer,
    6317: BadJob,
    6318: EmptyEvidence,
    6319: NothingAtStake,
    6320: AlreadyPunished,
    6321: TooManyReports,
    6322: NotVoting,
    6323: VotingOver,
    6324: VotingNotOver,
    6325: Partial,
    6326: NoVotes,
    6327: StakeTooLow,
    6328: StakeCouldLeave,
    6329: NotConfirmed,
    6330: AppealOver,
    6331: AppealNotOver,
    6332: NotExecutable,
    6333: CoolingDown,
    6334: DailyCapReached,
    6335: ReportEnded,
    6336: NotPunished,
    6337: NotObjective,
    6338: CalledByProgram,
    6339: NoPrecompile,
    6340: MalformedPrecompile,
    6341: ForeignPrecompileData,
    6342: WrongMessage,
    6343: UnknownOracle,
    6344: DuplicateOracle,
    6345: BelowThreshold,
    6346: BadExpiry,
    6347: ReportOpen,
    6348: NothingDue,
    6349: NoBounty,
    6350: VoteInUse,
    6351: Unclaimed,
    6352: RecordInUse,
    6353: Overflow,
    6354: InvariantBroken,
}
