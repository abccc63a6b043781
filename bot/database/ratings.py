"""What becomes of ratings when the answer goes."""

from sqlalchemy import Connection, bindparam, select

from bot.database.rating_table import rating
from bot.database.tables import turn

WORDLESS = rating.update().where(rating.c.turn_id == bindparam("of_turn")).values(word="")
LEFT_BEHIND = (
    rating.update()
    .where(
        rating.c.team_id == bindparam("of_team"),
        rating.c.turn_id == bindparam("of_turn"),
        rating.c.replaced == 0,
    )
    .values(replaced=bindparam("number"))
)
UP_TO = select(turn.c.id).where(
    turn.c.conversation_id == bindparam("conversation_id"), turn.c.id <= bindparam("up_to")
)
ERASED = rating.delete().where(rating.c.turn_id.in_(UP_TO))


def forget_words(connection: Connection, turn_id: int) -> None:
    """An answer is deleted: what people said of it goes with it, their thumbs stay for the share."""
    connection.execute(WORDLESS, {"of_turn": turn_id})


def leave_behind(connection: Connection, team_id: str, turn_id: int, number: int) -> None:
    """Another answer takes the place of one: what people thought of that one stays with it."""
    connection.execute(LEFT_BEHIND, {"of_team": team_id, "of_turn": turn_id, "number": number})


def forget_ratings(connection: Connection, conversation_id: int, up_to: int) -> None:
    """A chat is erased: nothing of what people thought of its answers stays."""
    connection.execute(ERASED, {"conversation_id": conversation_id, "up_to": up_to})
