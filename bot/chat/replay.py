"""An answer's conversation as it can be shown now, line by line, to one person."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from bot.chat.messages import Message, Role, Utterance
from bot.chat.neutral import neutralise
from bot.chat.sent import ShownAnswer
from bot.chat.setup import Persona
from bot.chat.voices import ONE, Voices, spoken

DELETED = "[deleted]"
"""In place of what was deleted or cleared since."""

HIDDEN = "[hidden]"
"""In place of the system message and the examples, for somebody who may not read them."""


class Part(StrEnum):
    """What a line of a conversation is in its prompt."""

    SYSTEM = "system message"
    EXAMPLE = "example"
    PAST = "earlier message"
    QUESTION = "question"
    ANSWER = "answer"
    BEGUN = "answer so far"
    GO_ON = "asked to go on"


@dataclass(frozen=True, slots=True)
class Line:
    """One turn of a prompt, neutralised as it was sent; `kept` is the message that it comes from."""

    part: Part
    utterance: Utterance
    kept: Message | None = None

    @property
    def gone(self) -> bool:
        """Whether its text was taken back since."""
        return self.kept is not None and self.kept.deleted


@dataclass(frozen=True, slots=True)
class Replay:
    """What was said for an answer, and the answer itself, for somebody who may read the persona or not.

    `trial`: the persona is that of a draft, as it stands now.
    """

    shown: ShownAnswer
    lines: tuple[Line, ...] = field(repr=False)
    answer: Line = field(repr=False)
    readable: bool = True
    trial: bool = False

    @property
    def hidden(self) -> bool:
        """Whether there is a system message or an example that is not shown."""
        return not self.readable and any(line.kept is None for line in self.lines)

    @property
    def begun(self) -> str:
        """What of the answer stood there when it was asked to go on, as it was sent."""
        so_far = self.shown.included.so_far
        if so_far and self.answer.gone:
            return DELETED
        return neutralise(self.shown.answer.text[:so_far])

    @property
    def rest(self) -> str:
        """What that request brought."""
        return neutralise(self.shown.answer.text[self.shown.included.so_far :])

    @property
    def pictures(self) -> bool:
        """Whether pictures went with the question: they are not kept."""
        asked = (line.kept for line in self.lines if line.part is Part.QUESTION and line.kept)
        return any(file.seen for message in asked for file in message.files)

    @property
    def deleted(self) -> bool:
        """Whether people took something of it back since."""
        return any(line.gone for line in self.lines)

    @property
    def edited(self) -> bool:
        """Whether people changed something of it since, which is shown as it reads now."""
        return any(line.kept is not None and line.kept.edited for line in self.lines)


def replay(shown: ShownAnswer, persona: Persona, *, readable: bool, trial: bool = False) -> Replay:
    """The answer's lines; `persona` is the one of the version, or of the draft, that made it."""
    answer = Line(Part.ANSWER, _said(shown.answer), shown.answer)
    lines = (*frame(persona, readable=readable), *_messages(shown))
    return Replay(shown, lines, answer, readable, trial)


def frame(persona: Persona, *, readable: bool) -> Iterator[Line]:
    """The same lines as `prompt.compose` puts first."""
    if persona.system_message.strip():
        yield _line(Part.SYSTEM, Role.SYSTEM, persona.system_message if readable else HIDDEN)
    for example in persona.examples:
        yield _line(Part.EXAMPLE, Role.USER, example.user if readable else HIDDEN)
        yield _line(Part.EXAMPLE, Role.ASSISTANT, example.assistant if readable else HIDDEN)


def _messages(shown: ShownAnswer) -> Iterator[Line]:
    """The questions are what stands after the last answer."""
    answers = [number for number, each in enumerate(shown.messages) if each.role is Role.ASSISTANT]
    first = answers[-1] + 1 if answers else 0
    for number, message in enumerate(shown.messages):
        said = _said(message, shown.included.voices)
        yield Line(Part.PAST if number < first else Part.QUESTION, said, message)


def _said(message: Message, who: Voices = ONE) -> Utterance:
    return Utterance(message.role, DELETED) if message.deleted else spoken(message, who)


def _line(part: Part, role: Role, text: str) -> Line:
    return Line(part, Utterance(role, neutralise(text)))
