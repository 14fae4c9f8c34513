"""Errors of the markets program. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain.refusal import Refusal

from .addresses import PROGRAM_ID


class NotUpgradeAuthority(Refusal):
    """The signer is not the program's upgrade authority, which alone may initialise it"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6000


class NotAuthority(Refusal):
    """The signer is not the configured authority"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6001


class NotPendingAuthority(Refusal):
    """The signer is not the proposed authority"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6002


class NotCreator(Refusal):
    """The signer is not the market's creator"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6003


class NotOperator(Refusal):
    """The signer is not the node's operator"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6004


class NotWorkerKey(Refusal):
    """The signer is not the node's worker key"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6005


class NotMatcher(Refusal):
    """The signer is not the market's matcher"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6006


class NotOwner(Refusal):
    """The signer does not own the buyer account"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6007


class Paused(Refusal):
    """The instruction is paused; refunds and withdrawals still work"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6008


class WrongMint(Refusal):
    """The mint is not the configured mint"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6009


class WrongDecimals(Refusal):
    """The mint does not have 6 decimals"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6010


class BadFees(Refusal):
    """The fee shares are not valid; expected at most 3,000 bps in all, the stakers' within the protocol's"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6011


class SameDestination(Refusal):
    """The fee destinations are not three different accounts"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6012


class BadPauseFlags(Refusal):
    """The flags are not valid pause flags; expected bit 0 (new jobs) and bit 1 (new nodes)"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6013


class BadOracleSet(Refusal):
    """The oracle set is not valid; expected 3, 5 or 7 different keys, of which 2, 3 or 4 must sign"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6014


class BadMarketTerms(Refusal):
    """The market terms are out of range"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6015


class WrongPayer(Refusal):
    """The account is not the one that paid the rent and gets it back"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6016


class WrongAccountForJob(Refusal):
    """The account does not belong to the job"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6017


class WrongPayout(Refusal):
    """The token account is not the node's payout account"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6018


class WrongDestination(Refusal):
    """The token account is not the configured fee destination"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6019


class NodeMissing(Refusal):
    """The node's account is missing; an assigned or submitted job needs it to expire"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6020


class ZeroAddress(Refusal):
    """Zero is not a valid worker key"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6021


class JobNotPosted(Refusal):
    """The job is not posted"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6022


class JobNotAssigned(Refusal):
    """The job is not assigned"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6023


class JobNotSubmitted(Refusal):
    """The job is not submitted"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6024


class BadPrice(Refusal):
    """The price is not valid; expected a rate above zero whose product with the timeout fits 64 bits"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6025


class RateTooLow(Refusal):
    """The rate is below what the market or the network asks a second"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6026


class BadTimeout(Refusal):
    """The timeout is outside the market's bounds"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6027


class EmptySpec(Refusal):
    """Zero is not a valid spec hash"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6028


class BadGpu(Refusal):
    """The GPU fields are not valid; expected a vendor with a count above zero, or no GPU fields"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6029


class JobExpired(Refusal):
    """The job has expired and cannot be assigned"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6030


class ReceiptTooLate(Refusal):
    """The receipt is late; the deadline and its grace are over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6031


class TooManySeconds(Refusal):
    """The seconds used exceed the timeout or the time since assignment"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6032


class EmptyReceipt(Refusal):
    """Zero is not a valid hash in a receipt"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6033


class VerdictTooLate(Refusal):
    """The verdict is late; the verdict deadline is over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6034


class NotExpired(Refusal):
    """The job's current deadline is not over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6035


class JobEnded(Refusal):
    """The job has ended"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6036


class JobNotEnded(Refusal):
    """The job is neither rejected nor finally timed out"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6037


class OutcomeKept(Refusal):
    """The job waits for the report that collects its sentence; close it 30 days after its end"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6038


class NodeRetired(Refusal):
    """The node is retired"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6039


class AlreadyRetired(Refusal):
    """The node is already retired"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6040


class NotRetiredLongEnough(Refusal):
    """The node has not been retired for 14 days"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6041


class NodeBusy(Refusal):
    """The node still has jobs"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6042


class SelfDealing(Refusal):
    """The buyer of the job is the node's operator or worker key"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6043


class WrongStake(Refusal):
    """The stake does not belong to the expected wallet"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6044


class StakeInactive(Refusal):
    """The stake is cooling down"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6045


class StakeTooLow(Refusal):
    """The stake is below the market's minimum"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6046


class CapacityReached(Refusal):
    """The node already holds as many jobs as its stake allows"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6047


class ExposureTooHigh(Refusal):
    """The free stake is less than what the node's open jobs could cost it"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6048


class ReputationTooLow(Refusal):
    """The node's reputation is below the market's minimum"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6049


class HardwareMismatch(Refusal):
    """The node's GPUs do not meet the job's request"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6050


class CalledByProgram(Refusal):
    """Another program called settle_job; expected a top-level instruction"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6051


class NoPrecompile(Refusal):
    """The instruction right before is not the Ed25519 precompile's"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6052


class MalformedPrecompile(Refusal):
    """The Ed25519 instruction is malformed"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6053


class ForeignPrecompileData(Refusal):
    """An Ed25519 entry points into another instruction"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6054


class WrongMessage(Refusal):
    """An oracle signed another message"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6055


class UnknownOracle(Refusal):
    """A signer is not in the oracle set"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6056


class DuplicateOracle(Refusal):
    """The same oracle signed twice"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6057


class BelowThreshold(Refusal):
    """Fewer oracles signed than the threshold requires"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6058


class BadVerdict(Refusal):
    """The verdict is not valid; expected accept without a reason or reject with one"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6059


class ZeroAmount(Refusal):
    """Zero is not a valid amount; expected at least 1 base unit"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6060


class InsufficientFunds(Refusal):
    """The available balance is too low"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6061


class BuyerNotEmpty(Refusal):
    """The buyer account still holds tokens"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6062


class OpenedInThisSlot(Refusal):
    """The buyer account was opened in this slot; close it in a later slot"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6063


class NothingDue(Refusal):
    """The buyer account has no fees to collect"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6064


class Overflow(Refusal):
    """A calculation overflowed"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6065


class InvariantBroken(Refusal):
    """The account's state is not consistent after the instruction"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6066


class WrongVault(Refusal):
    """The token account is not the buyer account's vault"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6067


class BadDeclineReason(Refusal):
    """The number is not a valid reason to decline; expected 1 to 8"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6068


class DeclinedTooLate(Refusal):
    """The deadline of the receipt is over, and the job can no longer be declined"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6069


class TooEarlyToAccept(Refusal):
    """The buyer can accept the job only in the second half of its late window"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6070


class StakeTooShort(Refusal):
    """The stake's cooldown is shorter than the job's deadline, windows and time for a report together"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6071


class EpochOver(Refusal):
    """The job was assigned two oracle epochs ago; nobody can judge it any more"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6072


class RotatedRecently(Refusal):
    """The oracles were rotated less than 14 days ago"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6073


class BadMinRate(Refusal):
    """The minimum rate is too high; expected at most 0.01 HYPER a second"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6074


class MintCanFreeze(Refusal):
    """The mint has a freeze authority, which could lock every vault"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6075


BY_NUMBER: Final[Mapping[int, type[Refusal]]] = {
    6000: NotUpgradeAuthority,
    6001: NotAuthority,
    6002: NotPendingAuthority,
    6003: NotCreator,
    6004: NotOperator,
    6005: NotWorkerKey,
    6006: NotMatcher,
    6007: NotOwner,
    6008: Paused,
    6009: WrongMint,
    6010: WrongDecimals,
    6011: BadFees,
    6012: SameDestination,
    6013: BadPauseFlags,
    6014: BadOracleSet,
    6015: BadMarketTerms,
    6016: WrongPayer,
    6017: WrongAccountForJob,
    6018: WrongPayout,
    6019: WrongDestination,
    6020: NodeMissing,
    6021: ZeroAddress,
    6022: JobNotPosted,
    6023: JobNotAssigned,
    6024: JobNotSubmitted,
    6025: BadPrice,
    6026: RateTooLow,
    6027: BadTimeout,
    6028: EmptySpec,
    6029: BadGpu,
    6030: JobExpired,
    6031: ReceiptTooLate,
    6032: TooManySeconds,
    6033: EmptyReceipt,
    6034: VerdictTooLate,
    6035: NotExpired,
    6036: JobEnded,
    6037: JobNotEnded,
    6038: OutcomeKept,
    6039: NodeRetired,
    6040: AlreadyRetired,
    6041: NotRetiredLongEnough,
    6042: NodeBusy,
    6043: SelfDealing,
    6044: WrongStake,
    6045: StakeInactive,
    6046: StakeTooLow,
    6047: CapacityReached,
    6048: ExposureTooHigh,
    6049: ReputationTooLow,
    6050: HardwareMismatch,
    6051: CalledByProgram,
    6052: NoPrecompile,
    6053: MalformedPrecompile,
    6054: ForeignPrecompileData,
    6055: WrongMessage,
    6056: UnknownOracle,
    6057: DuplicateOracle,
    6058: BelowThreshold,
    6059: BadVerdict,
    6060: ZeroAmount,
    6061: InsufficientFunds,
    6062: BuyerNotEmpty,
    6063: OpenedInThisSlot,
    6064: NothingDue,
    6065: Overflow,
    6066: InvariantBroken,
    6067: WrongVault,
    6068: BadDeclineReason,
    6069: DeclinedTooLate,
    6070: TooEarlyToAccept,
    6071: StakeTooShort,
    6072: EpochOver,
    6073: RotatedRecently,
    6074: BadMinRate,
    6075: MintCanFreeze,
}
