"""The table of what calls of a model cost."""

from sqlalchemy import Column, Double, Index, Integer, Table, TypedColumns

from bot.database.columns import Id, metadata
from bot.database.storable import StorableText


class SpendingColumns(TypedColumns):
    """What one call cost on a UTC day, counted from 1970; with `held_until`, what it may yet cost.

    A turn may be gone while what it cost still counts. `person_id` is whose a call was that is for no turn.
    """

    call = Column(StorableText, primary_key=True)
    team_id = Column(StorableText, nullable=False)
    channel_id = Column(StorableText, nullable=False)
    day = Column(Integer, nullable=False)
    turn_id: Column[int | None] = Column(Id)
    prompt_tokens = Column(Integer, nullable=False)
    completion_tokens = Column(Integer, nullable=False)
    held_until: Column[float | None] = Column(Double)
    person_id: Column[str | None] = Column(StorableText)


spending = Table("spending", metadata, SpendingColumns)
HELD = spending.c.held_until.is_not(None)
Index("spending_day", spending.c.team_id, spending.c.day)
Index("spending_channel", spending.c.team_id, spending.c.channel_id, spending.c.day)
Index("spending_held", spending.c.turn_id, sqlite_where=HELD, postgresql_where=HELD)
SOMEBODYS = spending.c.person_id.is_not(None)
Index(
    "spending_person",
    spending.c.team_id,
    spending.c.person_id,
    spending.c.day,
    sqlite_where=SOMEBODYS,
    postgresql_where=SOMEBODYS,
)
