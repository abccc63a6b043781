"""An answer that was cut goes on where it was cut: what the model is asked then, and how the two join."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.chat.chatml import utterance_tokens
from bot.chat.deployments import Deployment, Transport
from bot.chat.messages import Role, Utterance
from bot.chat.ports import TokenCounter
from bot.chat.turns import Answer, Usage

GO_ON = (
    "Your last message was cut off. Go on exactly where it stops, in the middle of a sentence or a word if "
    "need be; begin with a space where a new word begins. Repeat nothing of it, and do not mention the cut."
)
"""What a chat is asked. It has no way to leave the assistant's message open, as ChatML has."""

_LOOKS_BACK = 400
_LEAST = 20
"""Characters: shorter repetitions are what people write, too."""


def asked_on(utterances: Sequence[Utterance], begun: str) -> tuple[Utterance, ...]:
    """The messages of a chat in which an answer is to go on; unchanged where none has begun."""
    if not begun:
        return tuple(utterances)
    return (*utterances, Utterance(Role.ASSISTANT, begun), Utterance(Role.USER, GO_ON))


def begun_tokens(begun: str, deployment: Deployment, count: TokenCounter) -> int:
    """What an answer that goes on takes of the prompt."""
    if not begun:
        return 0
    if deployment.transport is Transport.CHATML:
        return count(begun, deployment.encoding)
    return sum(utterance_tokens(each, count, deployment.encoding) for each in asked_on((), begun))


class Onward:
    """Writes the rest of an answer after what stands there, which comes again before the first new word.

    In a chat the model may repeat the last words all the same, or leave out the space before the next one:
    `exact` says that it goes on in the very same message.
    """

    def __init__(self, standing: Answer, write: Callable[[str], None], *, exact: bool) -> None:
        self._standing = standing
        self._write = write
        self._seam = None if exact else Seam(standing.text)
        self._new: list[str] = []

    def write(self, text: str) -> None:
        """Take more of what the model says now."""
        self._say(text if self._seam is None else self._seam.feed(text))

    def whole(self, rest: Answer) -> Answer:
        """The answer with all that was added to it; `rest` is what the model said now, as it ended.

        The prompt's tokens are those of the last request, the completion's those of all of them.
        """
        if self._seam is not None:
            self._say(self._seam.rest())
        before, now = self._standing.usage, rest.usage
        usage = Usage(
            prompt=now.prompt,
            completion=before.completion + now.completion,
            cached=now.cached,
            reasoned=before.reasoned + now.reasoned,
        )
        return replace(rest, text=self._standing.text + "".join(self._new), usage=usage)

    def _say(self, text: str) -> None:
        if text:
            self._write(text if self._new else self._standing.text + text)
            self._new.append(text)


class Seam:
    """Joins what a chat says next to a text: what it repeats of the text's end is left out."""

    def __init__(self, begun: str) -> None:
        self._tail = begun[-_LOOKS_BACK:]
        self._held = ""
        self._closed = False

    def feed(self, text: str) -> str:
        """What of it is certain to be new; the rest waits for more."""
        if self._closed:
            return text
        self._held += text
        for repeated in self._ends():
            if self._held.startswith(repeated):
                break
            if repeated.startswith(self._held):
                return ""
        return self._close()

    def rest(self) -> str:
        """What still waits, at the end."""
        return "" if self._closed else self._close()

    def _ends(self) -> Iterator[str]:
        """What may be repeated, the longest first."""
        return (self._tail[-size:] for size in range(len(self._tail), _LEAST - 1, -1))

    def _close(self) -> str:
        self._closed = True
        repeated = next((each for each in self._ends() if self._held.startswith(each)), "")
        return self._held.removeprefix(repeated) if repeated else self._spaced(self._held)

    def _spaced(self, text: str) -> str:
        """With a space where a sentence had ended, or a capital follows a small letter."""
        before, after = self._tail[-1:], text[:1]
        ended = before in ".!?:;,\u2026" and after.isalpha()
        return f" {text}" if before and (ended or (before.islower() and after.isupper())) else text
