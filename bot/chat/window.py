"""The window of past messages: the last N, then what the deployment's context has room for."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.messages import Message
from bot.chat.passed_over import NOBODY, PassedOver
from bot.chat.setup import ContextMode
from bot.errors import QuestionTooLong, SetupTooLong


@dataclass(frozen=True, slots=True)
class Room:
    """Tokens: what the deployment holds, and what is taken before anybody says a word.

    `fixed` is system message, examples and the open assistant header; `response` is kept for the answer.
    """

    context: int
    fixed: int
    response: int

    @property
    def left(self) -> int:
        """Tokens for the conversation itself."""
        return self.context - self.fixed - self.response


@dataclass(frozen=True, slots=True)
class Window:
    """What of the conversation goes into a request, oldest first; `passed_over` are the other questions."""

    past: tuple[Message, ...]
    questions: tuple[Message, ...]
    tokens: int
    passed_over: PassedOver = NOBODY


def included(total: int, most: int, mode: ContextMode) -> int:
    """How many of a conversation's `total` past messages go into a request, always the newest.

    Exactly `most` where there are as many. The economical mode keeps a window's beginning for some turns.
    When a question and its answer are too many, it drops as much as leaves about half of `most`, less one at
    the least; what it has depends on `total` alone. It drops an even number, so that a window goes on
    beginning with a question.
    """
    if total <= most or most <= 0:
        return max(0, min(total, most))
    if mode is ContextMode.EXACT:
        return most
    dropped_at_once = min(most, most // 4 * 2 + 2)
    dropped = -(-(total - most) // dropped_at_once) * dropped_at_once
    return total - dropped


def fit(past: Sequence[Message], questions: Sequence[Message], sizes: dict[int, int], room: Room) -> Window:
    """The newest messages that fit: oldest go first, past ones before any new one.

    A new one that does not fit on its own is passed over, and takes nothing from the others. `sizes` has the
    tokens of every message by id: each was counted once and is only added here, so that a thread of thousands
    costs one pass. Raises `QuestionTooLong` where no new message fits, `SetupTooLong` where nothing would.
    """
    if room.left <= 0:
        raise SetupTooLong(tokens=room.fixed + room.response, context=room.context)
    fitting = [question for question in questions if sizes[question.id] <= room.left]
    if questions and not fitting:
        raise QuestionTooLong(tokens=max(sizes[question.id] for question in questions), room=room.left)
    kept_questions, used = _newest(fitting, sizes, room.left)
    crowded = fitting[: len(fitting) - len(kept_questions)]
    kept_past: tuple[Message, ...] = ()
    if not crowded:
        kept_past, more = _newest(past, sizes, room.left - used)
        used += more
    return Window(kept_past, kept_questions, room.fixed + used, _passed_over(questions, crowded, sizes, room))


def _passed_over(
    questions: Sequence[Message], crowded: Sequence[Message], sizes: dict[int, int], room: Room
) -> PassedOver:
    too_long = {each.ts: sizes[each.id] for each in questions if sizes[each.id] > room.left}
    return PassedOver(tuple(each.ts for each in crowded), too_long, room.left if too_long else 0)


def _newest(messages: Sequence[Message], sizes: dict[int, int], left: int) -> tuple[tuple[Message, ...], int]:
    """The longest tail that fits, and its tokens."""
    used, start = 0, len(messages)
    while start > 0 and used + sizes[messages[start - 1].id] <= left:
        start -= 1
        used += sizes[messages[start].id]
    return tuple(messages[start:]), used
