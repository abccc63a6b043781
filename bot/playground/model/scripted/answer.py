"""What the stand-in is told to say, how fast, and how it ends."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from bot.playground.model.refusal import Refusal

#: As `Answer.stuck_after`: not even the status line comes before the release.
BEFORE_HEADERS = -1


class Ending(StrEnum):
    """How an answer ends. The first three are finish reasons; the others break off.

    `ERROR`: an error inside the stream. `CUT`: the body ends in order, without finish reason or [DONE].
    `HANG_UP`: the connection closes in the middle of the body. `RESET`: it is reset (TCP RST).
    `UNANSWERED`: it is reset before the status line. `ENDLESS`: the text is repeated until the client leaves.
    """

    STOP = "stop"
    LENGTH = "length"
    CONTENT_FILTER = "content_filter"
    ERROR = "error"
    CUT = "cut"
    HANG_UP = "hang_up"
    RESET = "reset"
    UNANSWERED = "unanswered"
    ENDLESS = "endless"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, played exactly as written: neither max_tokens nor a stop sequence shortens it.

    Args:
        text: cut into token-like pieces unless `chunks` gives the pieces themselves.
        chunks: the pieces, one event each.
        first_token_after: seconds from the headers to the first piece.
        delay: seconds before each piece that follows; a drip is a long one.
        ends: how it ends, after the last piece.
        stuck_after: sends that many pieces, then nothing until released; `BEFORE_HEADERS` for nothing at all.
        reasoning_tokens: hidden ones, counted in the usage.
        filtered: the category that the filter names where the answer ends with `CONTENT_FILTER`.
    """

    text: str = field(default="", repr=False)
    chunks: tuple[str, ...] | None = field(default=None, repr=False)
    first_token_after: float = 0.0
    delay: float = 0.0
    ends: Ending = Ending.STOP
    stuck_after: int | None = None
    reasoning_tokens: int = 0
    filtered: str = "violence"

    def __post_init__(self) -> None:
        if self.ends is Ending.ENDLESS and not self.pieces:
            raise ValueError("an endless answer repeats its text, so it needs one")

    @property
    def pieces(self) -> tuple[str, ...]:
        """What is sent, one event each."""
        return self.chunks if self.chunks is not None else pieces(self.text)


#: A plain string is said as a model would: max_tokens and stop sequences hold.
Reply = Answer | Refusal | str

# A word with the space before it in parts of at most six, a run of marks, or a single space.
_PIECE = re.compile(r"\s?\w{1,5}|\s?[^\w\s]{1,3}|\s")


def pieces(text: str) -> tuple[str, ...]:
    """`text` in token-like parts, nothing lost."""
    return tuple(_PIECE.findall(text))


def as_a_model_would(text: str, maximum: int | None, stops: tuple[str, ...]) -> Answer:
    """`text` up to the first stop sequence and at most `maximum` pieces."""
    found = [at for stop in stops if (at := text.find(stop)) >= 0]
    said = pieces(text[: min(found)] if found else text)
    if maximum is not None and len(said) > maximum:
        return Answer(chunks=said[:maximum], ends=Ending.LENGTH)
    return Answer(chunks=said)
