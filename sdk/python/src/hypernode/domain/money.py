"""Amounts: integers of base units (1 HYPER = 1,000,000), and their text form for people."""

import re

from hypernode.errors import InvalidAmount

HYPER_DECIMALS = 6
HYPER = 10**HYPER_DECIMALS
U64_MAX = 2**64 - 1

_TEXT = re.compile(r"(0|[1-9][0-9]{0,19})(?:\.([0-9]{1,6}))?", re.ASCII)


def parse_hyper(text: str) -> int:
    """Read "12.5" as 12,500,000 base units; no sign, no exponent, no more than 6 decimals."""
    match = _TEXT.fullmatch(text)
    if match is None:
        raise InvalidAmount(
            f"{text!r} is not an amount of HYPER", fix="write it like 12.5, with at most 6 decimals"
        )
    whole, fraction = match.group(1), match.group(2) or ""
    return check_amount(int(whole) * HYPER + int(fraction.ljust(HYPER_DECIMALS, "0")))


def format_hyper(amount: int) -> str:
    """Write base units in HYPER without trailing zeros; differences may be negative."""
    whole, fraction = divmod(abs(amount), HYPER)
    decimals = f"{fraction:06d}".rstrip("0")
    sign = "-" if amount < 0 else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def check_amount(amount: int) -> int:
    """Return an amount that a token account can hold."""
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise InvalidAmount(f"{amount!r} is not an integer of base units", fix="write it with parse_hyper")
    if not 0 <= amount <= U64_MAX:
        raise InvalidAmount(f"{amount} base units do not fit u64")
    return amount
