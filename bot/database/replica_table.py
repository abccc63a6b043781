"""The processes that are alive: one row each, from its first heartbeat to its farewell."""

from sqlalchemy import Column, Double, Table, TypedColumns

from bot.database.columns import metadata
from bot.database.storable import StorableText


class ReplicaColumns(TypedColumns):
    """One process at work for a team; `beat` is its last sign of life, by the database's clock."""

    team_id = Column(StorableText, primary_key=True)
    process = Column(StorableText, primary_key=True)
    beat = Column(Double, nullable=False)


replica = Table("replica", metadata, ReplicaColumns)
