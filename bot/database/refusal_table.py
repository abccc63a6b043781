"""The table of what deployments refused."""

from sqlalchemy import Column, Double, Table, TypedColumns

from bot.database.columns import metadata
from bot.database.storable import StorableText


class RefusalColumns(TypedColumns):
    """What a deployment does not take over a transport; `effort` is empty where none was asked for."""

    team_id = Column(StorableText, primary_key=True)
    deployment = Column(StorableText, primary_key=True)
    transport = Column(StorableText, primary_key=True)
    effort = Column(StorableText, primary_key=True)
    parameter = Column(StorableText, primary_key=True)
    refused_at = Column(Double, nullable=False)


refusal = Table("refusal", metadata, RefusalColumns)
