"""What people thought of answers."""

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, Table, TypedColumns

from bot.database.columns import Id, metadata
from bot.database.storable import StorableText


class RatingColumns(TypedColumns):
    """One person's thumb under one answer, with a word if they gave one.

    `channel_id` and `setup_version` name what made the answer, as its turn does; the version is NULL where a
    draft was tried, which counts for none. `replaced` is 0 while that answer stands; afterwards it is its
    number among the turn's earlier versions.
    """

    team_id = Column(StorableText, primary_key=True)
    turn_id = Column(Id, ForeignKey("turn.id"), primary_key=True, autoincrement=False)
    person_id = Column(StorableText, primary_key=True)
    replaced = Column(Integer, primary_key=True, autoincrement=False, server_default="0")
    channel_id = Column(StorableText, nullable=False)
    setup_version: Column[int | None] = Column(Integer)
    liked = Column(Boolean, nullable=False)
    word = Column(StorableText, nullable=False, server_default="")
    rated_at = Column(Double, nullable=False)


rating = Table("rating", metadata, RatingColumns)
Index("rating_version", rating.c.team_id, rating.c.setup_version, rating.c.channel_id)
