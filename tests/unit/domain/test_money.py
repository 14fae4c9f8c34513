import pytest

from hypernode.domain.money import U64_MAX, format_hyper, parse_hyper
from hypernode.domain.pricing import FeeShares, full_cap, job_price, split_price
from hypernode.errors import InvalidAmount
from tests.support.documents import vectors

VECTORS = vectors("fee_split")


@pytest.mark.parametrize(
    ("text", "amount"),
    [("0", 0), ("1", 1_000_000), ("12.5", 12_500_000), ("0.000001", 1), ("100.0", 100_000_000)],
)
def test_parse_reads_base_units(text, amount):
    assert parse_hyper(text) == amount


@pytest.mark.parametrize(
    "text",
    ["", " 1", "1 ", "-1", "+1", "1e6", "1.", ".5", "1.0000001", "01", "1,5", "0x1", "NaN", "\uff11", "1\n"],
)
def test_parse_refuses_anything_else(text):
    with pytest.raises(InvalidAmount):
        parse_hyper(text)


def test_parse_refuses_what_a_token_account_cannot_hold():
    assert parse_hyper("18446744073709.551615") == U64_MAX
    with pytest.raises(InvalidAmount):
        parse_hyper("18446744073709.551616")


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0"), (1, "0.000001"), (12_500_000, "12.5"), (-1_500_000, "-1.5")]
)
def test_format_writes_no_trailing_zeros(amount, text):
    assert format_hyper(amount) == text


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["price"])
def test_split_is_the_one_of_the_vectors(case):
    split = split_price(
        int(case["price"]), FeeShares(case["protocol_bps"], case["stakers_bps"], case["operations_bps"])
    )
    parts = (split.node, split.treasury, split.stakers, split.operations)
    assert parts == tuple(int(case[part]) for part in ("node", "treasury", "stakers", "operations"))
    assert split.total == int(case["price"])


def test_default_shares_are_85_10_5_with_stakers_inside_protocol():
    split = split_price(1_000_003, FeeShares())
    assert (split.protocol, split.operations, split.node, split.stakers) == (100_000, 50_000, 850_003, 10_000)
    assert split.fees == 150_000


@pytest.mark.parametrize("case", VECTORS["prices"])
def test_price_is_the_one_of_the_vectors(case):
    price = job_price(int(case["rate"]), case["seconds_used"], int(case["cap"]))
    assert price == int(case["price"])


@pytest.mark.parametrize("shares", [(100, 101, 0), (9_501, 0, 500), (0, -1, 0), (0, 0, -1)])
def test_shares_that_take_more_than_all_are_refused(shares):
    with pytest.raises(InvalidAmount):
        FeeShares(*shares)


def test_price_cap_that_overflows_is_refused():
    assert full_cap(5, 600) == 3_000
    with pytest.raises(InvalidAmount):
        full_cap(2**60, 600)
