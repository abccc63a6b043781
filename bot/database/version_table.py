"""The table of answers that others have taken the place of."""

from sqlalchemy import Column, Double, ForeignKey, Integer, Table, TypedColumns

from bot.database.columns import Id, metadata
from bot.database.storable import StorableText


class AnswerVersionColumns(TypedColumns):
    """An answer that stood there until its turn ran once more; `number` counts from 1 within the turn."""

    team_id = Column(StorableText, nullable=False)
    turn_id = Column(Id, ForeignKey("turn.id"), primary_key=True, autoincrement=False)
    number = Column(Integer, primary_key=True, autoincrement=False)
    text = Column(StorableText, nullable=False)
    deployment = Column(StorableText, nullable=False)
    setup_version = Column(Integer, nullable=False)
    finish = Column(StorableText, nullable=False)
    prompt_tokens = Column(Integer, nullable=False)
    completion_tokens = Column(Integer, nullable=False)
    replaced_at = Column(Double, nullable=False)
    replaced_by = Column(StorableText, nullable=False)


answer_version = Table("answer_version", metadata, AnswerVersionColumns)
