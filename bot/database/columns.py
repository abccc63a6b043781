"""What the tables share: their names' rules, and the type of their numbers."""

from sqlalchemy import BigInteger, Integer, MetaData

Id = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers only a column declared INTEGER by itself."""

# Constraints are named the same on both databases, so that a later migration can name them.
metadata = MetaData(
    naming_convention={"pk": "%(table_name)s_pkey", "fk": "%(table_name)s_%(column_0_name)s_fkey"}
)
