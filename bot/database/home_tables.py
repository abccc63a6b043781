"""What people have of their own, and what channels were told: homes, trials, greetings."""

from sqlalchemy import JSON, Column, Double, Integer, Table, TypedColumns

from bot.database.columns import metadata
from bot.database.storable import StorableText


class HomeColumns(TypedColumns):
    """How one person has arranged the panels of their home."""

    team_id = Column(StorableText, primary_key=True)
    person_id = Column(StorableText, primary_key=True)
    panels = Column(JSON, nullable=False)


class TrialColumns(TypedColumns):
    """A private thread that runs somebody's draft of `tried_channel_id`."""

    team_id = Column(StorableText, primary_key=True)
    channel_id = Column(StorableText, primary_key=True)
    root_ts = Column(StorableText, primary_key=True)
    tried_channel_id = Column(StorableText, nullable=False)
    person_id = Column(StorableText, nullable=False)
    begun_at = Column(Double, nullable=False)


class ToldColumns(TypedColumns):
    """What Confab told a channel of its own accord, and when: each coming is greeted once.

    `greeted` and `posted` name the coming by its event's ts. By `known_version` answered whom the channel
    knows, while `newest_version` waits to be told; both are NULL where nothing waits.
    """

    team_id = Column(StorableText, primary_key=True)
    channel_id = Column(StorableText, primary_key=True)
    greeted: Column[str | None] = Column(StorableText)
    posted: Column[str | None] = Column(StorableText)
    announced_at: Column[float | None] = Column(Double)
    known_version: Column[int | None] = Column(Integer)
    newest_version: Column[int | None] = Column(Integer)


home = Table("home", metadata, HomeColumns)
trial = Table("trial", metadata, TrialColumns)
told = Table("told", metadata, ToldColumns)
