"""What was sent to the model for an answer: what "View code" and "Show raw syntax" are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.chat.deployments import Transport
from bot.chat.messages import Message
from bot.chat.threads import Place, ThreadKey
from bot.chat.turns import Usage
from bot.chat.voices import ONE, Voices


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as the service took it, less `stream`, `stream_options` and cache hints.

    `parameters` is the body without its model and its prompt or messages. `api_version` None is the v1 API,
    `keyless` means Entra ID, and `own_endpoint` that the deployment has variables of its own: neither an
    address nor a key is ever kept.
    """

    deployment: str
    transport: Transport
    api_version: str | None
    parameters: Mapping[str, Any] = field(repr=False)
    keyless: bool = False
    own_endpoint: bool = False


@dataclass(frozen=True, slots=True)
class Included:
    """Which stored messages a request carried, oldest first, by id; texts are read when somebody looks.

    `setup_version` names the persona and the examples that stood before them, `voices` what the people in
    them were called. `at` has the messages' ts, in the same order: an edit takes the place of a message, and
    what was sent of it is not kept. `so_far` is how many characters of the answer stood there by then, where
    it went on.
    """

    setup_version: int
    messages: tuple[int, ...]
    left_out: int = 0
    why_left_out: str = ""
    voices: Voices = ONE
    at: tuple[str, ...] = ()
    so_far: int = 0


@dataclass(frozen=True, slots=True)
class Making:
    """How an answer came about, kept beside it: `tokens` is its own ChatML size in `encoding`."""

    sent: Sent
    included: Included
    tokens: int
    encoding: str


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer that stands in a thread, with what made it.

    `messages` are those of `included`, in its order. What has been deleted or cleared since the request was
    made keeps its place with an empty text and `deleted` set; the answer itself likewise. What has been
    edited reads as it does now, with `edited` set. `asker_id` wrote the question's last message; `remembered`
    is False where the chat was cleared since.
    """

    turn_id: int
    thread: ThreadKey
    place: Place
    asker_id: str
    sent: Sent
    included: Included
    messages: tuple[Message, ...]
    answer: Message
    usage: Usage
    remembered: bool = True

    @property
    def exact(self) -> bool:
        """Whether the request can still be shown as it was."""
        return not any(message.deleted or message.edited for message in self.messages)
