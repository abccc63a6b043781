"""Threads in which Confab was asked to be quiet."""

from sqlalchemy import Boolean, Column, Table, TypedColumns

from bot.database.columns import metadata
from bot.database.storable import StorableText


class QuietColumns(TypedColumns):
    """A thread that was muted once. `changed_ts` is Slack's time of what changed it last.

    An older event that arrives later changes nothing.
    """

    team_id = Column(StorableText, primary_key=True)
    channel_id = Column(StorableText, primary_key=True)
    root_ts = Column(StorableText, primary_key=True)
    quiet = Column(Boolean, nullable=False)
    by_person_id = Column(StorableText, nullable=False)
    changed_ts = Column(StorableText, nullable=False)


quiet = Table("quiet", metadata, QuietColumns)
