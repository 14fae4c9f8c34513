"""Column types that all tables share."""

from typing import Annotated, Any

from sqlalchemy import BigInteger, LargeBinary, MetaData, SmallInteger, String
from sqlalchemy.orm import DeclarativeBase, mapped_column

# The largest value a signed 64-bit column holds. The chain's u64 goes further, but no sum of HYPER does;
# only a market's free parameters can, and those are shown capped.
MAX_BIGINT = 2**63 - 1

# The columns of a row, by name.
Columns = dict[str, Any]


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


AddressColumn = Annotated[str, mapped_column(String(44))]
SignatureColumn = Annotated[str, mapped_column(String(88))]
HashColumn = Annotated[bytes, mapped_column(LargeBinary(32))]
BigColumn = Annotated[int, mapped_column(BigInteger)]
SmallColumn = Annotated[int, mapped_column(SmallInteger)]


def capped(value: int) -> int:
    return min(value, MAX_BIGINT)
