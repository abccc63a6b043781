"""Answers as a database gives them back, for what is made from them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.deployments import Transport
from bot.chat.messages import Message, Role
from bot.chat.sent import Included, Sent, ShownAnswer
from bot.chat.setup import Example, Persona
from bot.chat.threads import Place, ThreadKey
from bot.chat.turns import Usage

PERSONA = Persona(system_message="Be brief.", examples=(Example("a poem?", "No."),))
THREAD = ThreadKey("T1", "C1", "1.0")
SENT = Sent("gpt-4o-mini", Transport.CHAT, None, {"max_tokens": 5, "temperature": 0.5})


def message(number: int, role: Role, text: str, *, deleted: bool = False) -> Message:
    return Message(number, role, "UADA", f"{number}.0", "" if deleted else text, deleted=deleted)


SAID = (
    message(1, Role.USER, "one"),
    message(2, Role.ASSISTANT, "first"),
    message(3, Role.USER, "two"),
    message(4, Role.USER, "and three"),
)


def shown(
    said: Sequence[Message] = SAID, answer: str = "second", *, sent: Sent = SENT, turn_id: int = 7
) -> ShownAnswer:
    return ShownAnswer(
        turn_id=turn_id,
        thread=THREAD,
        place=Place.CHANNEL,
        asker_id="UADA",
        sent=sent,
        included=Included(1, tuple(each.id for each in said), 4, "past messages"),
        messages=tuple(said),
        answer=message(5, Role.ASSISTANT, answer),
        usage=Usage(40, 5),
    )


def without(answer: ShownAnswer, number: int) -> ShownAnswer:
    """The same answer after somebody deleted one of its messages."""
    kept = [replace(each, text="", deleted=True) if each.id == number else each for each in answer.messages]
    return replace(answer, messages=tuple(kept))
