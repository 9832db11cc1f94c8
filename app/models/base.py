"""What every table shares: one metadata with fixed constraint names, and the column types of the house."""

from sqlalchemy import BigInteger, Integer, LargeBinary, MetaData, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite makes a primary key the row's own number only if it is declared INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")
Moment = BigInteger().with_variant(Integer, "sqlite")  # milliseconds UTC, see app.clock
Minor = BigInteger().with_variant(Integer, "sqlite")  # money in minor units, see app.money
Words = Text
Bytes = LargeBinary
