"""The tables of what channels have: published setups, drafts of them, the workspace's own personas."""

from sqlalchemy import JSON, Column, Double, Index, Integer, Table, TypedColumns

from bot.database.columns import Id, metadata
from bot.database.storable import StorableText


class ChannelSetupColumns(TypedColumns):
    """A published version of a channel's setup. Versions from before 0003 have no access and no export."""

    team_id = Column(StorableText, primary_key=True)
    channel_id = Column(StorableText, primary_key=True)
    version = Column(Integer, primary_key=True, autoincrement=False)
    persona = Column(JSON, nullable=False)
    settings = Column(JSON, nullable=False)
    published_by = Column(StorableText, nullable=False)
    published_at = Column(Double, nullable=False)
    access: Column[dict[str, object] | None] = Column(JSON(none_as_null=True))
    imported: Column[str | None] = Column(StorableText)
    restored: Column[int | None] = Column(Integer)


class DraftColumns(TypedColumns):
    """What one person is changing in one channel; `version` is the one that it began from."""

    team_id = Column(StorableText, primary_key=True)
    channel_id = Column(StorableText, primary_key=True)
    person_id = Column(StorableText, primary_key=True)
    persona = Column(JSON, nullable=False)
    settings = Column(JSON, nullable=False)
    access = Column(JSON, nullable=False)
    imported = Column(StorableText, nullable=False)
    version = Column(Integer, nullable=False)
    revision = Column(Integer, nullable=False)
    saved_at = Column(Double, nullable=False)


class LibraryPersonaColumns(TypedColumns):
    """A persona of the workspace's own."""

    id = Column(Id, primary_key=True)
    team_id = Column(StorableText, nullable=False)
    name = Column(StorableText, nullable=False)
    icon = Column(StorableText, nullable=False)
    persona = Column(JSON, nullable=False)
    revision = Column(Integer, nullable=False)
    changed_by = Column(StorableText, nullable=False)
    changed_at = Column(Double, nullable=False)


channel_setup = Table("channel_setup", metadata, ChannelSetupColumns)
draft = Table("draft", metadata, DraftColumns)
# A view that was opened on a persona names its number: it must never come to mean another one.
library_persona = Table("library_persona", metadata, LibraryPersonaColumns, sqlite_autoincrement=True)
Index("library_persona_team", library_persona.c.team_id)
