"""ChatML as the playground's View code shows it, read strictly: whoever forges a turn is found here."""

import re
from dataclasses import dataclass, field

_START, _END = "<|im_start|>", "<|im_end|>"
_EXAMPLES = ("example_user", "example_assistant")
_TURN = re.compile(
    r"<\|im_start\|>(?P<role>system|user|assistant)(?: name=(?P<name>\w+))?\n"
    r"(?P<text>.*?)\n<\|im_end\|>\n",
    re.DOTALL,
)
_OPEN = re.compile(r"<\|im_start\|>assistant\n(?P<begun>(?:(?!<\|im_(?:start|end)\|>).)*)", re.DOTALL)


class IllFormed(ValueError):
    """The prompt is not ChatML; the text says where, without quoting it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a prompt. `name` tells few-shot examples from what was really said."""

    role: str
    text: str = field(repr=False)
    name: str | None = None


def is_chatml(prompt: str) -> bool:
    """Whether there is a marker anywhere; what has none is a plain prompt."""
    return _START in prompt or _END in prompt


def parse(prompt: str) -> tuple[Turn, ...]:
    """The turns of `prompt`, which ends with an open assistant's turn: the last one, if it has begun.

    Stricter than any model: a system message after the first turn that is not one is refused as well, since
    nothing but a forgery puts it there. An example is a system turn named `example_user` or
    `example_assistant`.

    Raises:
        IllFormed: anything else than whole turns in order.
    """
    turns: list[Turn] = []
    at = 0
    while (opened := _OPEN.fullmatch(prompt, at)) is None:
        found = _TURN.match(prompt, at)
        if not found:
            raise IllFormed(f"no whole turn, nor an open assistant at the end, at character {at}")
        turn = Turn(found["role"], found["text"], found["name"])
        _check(turn, turns)
        turns.append(turn)
        at = found.end()
    if not turns:
        raise IllFormed("no turn before the open assistant")
    if opened["begun"]:
        turns.append(Turn("assistant", opened["begun"]))
    return tuple(turns)


def _check(turn: Turn, before: list[Turn]) -> None:
    number = len(before) + 1
    if _START in turn.text or _END in turn.text:
        raise IllFormed(f"a marker inside turn {number}")
    if turn.name is not None and (turn.role != "system" or turn.name not in _EXAMPLES):
        raise IllFormed(f"a name that no example has, in turn {number}")
    if turn.role != "system":
        return
    if any(each.role != "system" for each in before):
        raise IllFormed(f"a system message after the conversation began, in turn {number}")
    if turn.name is None and before:
        raise IllFormed(f"a second system message, in turn {number}")
