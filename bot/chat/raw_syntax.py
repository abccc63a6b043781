"""Show raw syntax: a conversation as ChatML, with what each turn takes of the context."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.chat import chatml
from bot.chat.continuing import asked_on
from bot.chat.deployments import Transport
from bot.chat.messages import Role, Utterance
from bot.chat.ports import TokenCounter
from bot.chat.replay import HIDDEN, Line, Part, Replay


@dataclass(frozen=True, slots=True)
class RawTurn:
    """One turn with its markers; `tokens` is None where its text is not there to be counted."""

    part: Part
    text: str = field(repr=False)
    tokens: int | None


@dataclass(frozen=True, slots=True)
class RawSyntax:
    """The whole conversation, oldest first, the answer last.

    `tokens` adds up what could be counted, by the deployment's encoding; `left_out` messages were not sent,
    for the reason `why`. `sent_so` is False where the service rendered the prompt by itself. `edited`: some
    of it reads otherwise than it was sent; `gone`: some of it is not there any more.
    """

    turns: tuple[RawTurn, ...]
    tokens: int
    encoding: str
    left_out: int
    why: str
    sent_so: bool
    edited: bool = False
    gone: bool = False

    @property
    def text(self) -> str:
        """All of it as one prompt with its answer."""
        return "".join(f"{turn.text}\n" for turn in self.turns)


def raw_syntax(replay: Replay, count: TokenCounter, encoding: str) -> RawSyntax:
    """The conversation of an answer. What is hidden or deleted shows as such, and counts for nothing."""
    included = replay.shown.included
    turns = tuple(_turn(line, count, encoding, named=bool(included.voices.names)) for line in _lines(replay))
    return RawSyntax(
        turns=turns,
        tokens=sum(turn.tokens or 0 for turn in turns),
        encoding=encoding,
        left_out=included.left_out,
        why=included.why_left_out,
        sent_so=replay.shown.sent.transport is Transport.CHATML,
        edited=replay.edited,
        gone=replay.deleted or replay.answer.gone,
    )


def _lines(replay: Replay) -> Iterator[Line]:
    """An answer that went on is one turn in ChatML; a chat was asked for the rest of it."""
    yield from replay.lines
    if not replay.begun or replay.answer.gone or replay.shown.sent.transport is Transport.CHATML:
        yield replay.answer
        return
    so_far, go_on = asked_on((), replay.begun)
    yield Line(Part.BEGUN, so_far)
    yield Line(Part.GO_ON, go_on)
    yield Line(Part.ANSWER, Utterance(Role.ASSISTANT, replay.rest))


def _turn(line: Line, count: TokenCounter, encoding: str, *, named: bool) -> RawTurn:
    return RawTurn(line.part, chatml.turn(line.utterance), _tokens(line, count, encoding, named=named))


def _tokens(line: Line, count: TokenCounter, encoding: str, *, named: bool) -> int | None:
    kept = line.kept
    if line.gone or (kept is None and line.utterance.text == HIDDEN):
        return None
    if kept is not None and kept.tokens is not None and kept.encoding == encoding and not named:
        return kept.tokens
    return chatml.utterance_tokens(line.utterance, count, encoding)
