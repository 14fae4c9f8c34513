"""A failed transaction becomes one typed error, found by the program that failed and its number."""

from hypernode.chain import addresses
from hypernode.chain.errors import FrameworkError, NativeError, RuntimeRefusal, transaction_error
from hypernode.chain.generated import markets, staking
from hypernode.chain.generated.markets import errors as markets_errors
from hypernode.chain.generated.staking import errors as staking_errors
from hypernode.domain.types import Address
from hypernode.errors import ProgramError, TransactionFailed

MARKETS, STAKING = markets.PROGRAM_ID, staking.PROGRAM_ID
OURS, THEIRS = min(markets_errors.BY_NUMBER), min(staking_errors.BY_NUMBER)


def custom(number: int, index: int = 0) -> dict[str, object]:
    return {"InstructionError": [index, {"Custom": number}]}


def failed(program: Address, number: int) -> str:
    return f"Program {program} failed: custom program error: {number:#x}"


def test_a_number_is_a_rule_of_its_program_only() -> None:
    assert type(transaction_error(custom(OURS), [MARKETS], [])) is markets_errors.BY_NUMBER[OURS]
    assert type(transaction_error(custom(THEIRS), [STAKING], [])) is staking_errors.BY_NUMBER[THEIRS]
    elsewhere = transaction_error(custom(OURS), [addresses.TOKEN_PROGRAM], [])
    assert isinstance(elsewhere, NativeError)


def test_the_instruction_that_failed_decides_the_program() -> None:
    error = transaction_error(custom(THEIRS, 1), [MARKETS, STAKING], [])
    assert type(error) is staking_errors.BY_NUMBER[THEIRS]


def test_a_failure_of_a_called_program_is_that_programs() -> None:
    logs = [failed(addresses.TOKEN_PROGRAM, 1), failed(MARKETS, 1)]
    error = transaction_error(custom(1), [MARKETS], logs)
    assert isinstance(error, NativeError)
    assert (error.program, error.name) == (addresses.TOKEN_PROGRAM, "InsufficientFunds")


def test_a_caller_that_answers_with_its_own_number_is_the_one_that_failed() -> None:
    logs = [failed(addresses.TOKEN_PROGRAM, 1), failed(MARKETS, OURS)]
    assert type(transaction_error(custom(OURS), [MARKETS], logs)) is markets_errors.BY_NUMBER[OURS]


def test_the_frameworks_own_checks_have_names() -> None:
    error = transaction_error(custom(2012), [MARKETS], [])
    assert isinstance(error, FrameworkError)
    assert error.name == error.code == "ConstraintAddress"


def test_an_unknown_number_is_kept() -> None:
    error = transaction_error(custom(9_999), [MARKETS], [])
    assert isinstance(error, FrameworkError)
    assert (error.number, error.name) == (9_999, "Custom9999")


def test_a_failure_without_a_number_keeps_the_runtimes_name() -> None:
    error = transaction_error({"InstructionError": [0, "InvalidSeeds"]}, [MARKETS], [], "sig")
    assert isinstance(error, RuntimeRefusal)
    assert (error.name, error.program, error.signature) == ("InvalidSeeds", MARKETS, "sig")


def test_a_failure_outside_any_instruction_is_no_program_error() -> None:
    error = transaction_error("InsufficientFundsForFee", [MARKETS], [])
    assert isinstance(error, TransactionFailed)
    assert not isinstance(error, ProgramError)
    assert "InsufficientFundsForFee" in str(error)
