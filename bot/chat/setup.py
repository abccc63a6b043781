"""How Confab behaves in a channel: its persona and its settings, the playground's two side panels."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class ReplyMode(StrEnum):
    """Whom Confab answers in a channel. In a direct message it always answers."""

    OFF = "off"
    MENTIONS = "mentions"
    ASKERS = "askers"  # who has mentioned Confab in a thread writes on there
    THREAD = "thread"  # everyone writes on in a thread where somebody has
    EVERY = "every"


class ContextMode(StrEnum):
    """Which past messages go into a request: the last N, or between N/2 and N, so that beginnings repeat.

    Azure bills a prompt's repeated beginning at a fraction; a window that slides at every message has none.
    """

    EXACT = "exact"
    ECONOMICAL = "economical"


class Effort(StrEnum):
    """How long a reasoning model thinks; which of these a deployment takes, only its service knows."""

    NONE = "none"
    MINIMAL = "minimal"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Configurers(StrEnum):
    """Who may change a channel's setup; workspace admins and CONFAB_ADMINS always may."""

    MEMBERS = "members"  # every full member of the channel
    LISTED = "listed"  # the channel's creator and the people who are listed


@dataclass(frozen=True, slots=True)
class Example:
    """A few-shot example: what somebody might write, and how the persona answers it."""

    user: str = field(repr=False)
    assistant: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Persona:
    """Who answers: the playground's "Assistant setup". An empty system message is none.

    `icon` is an emoji's name between colons, or empty. The greeting is what Confab says when it comes in.
    """

    name: str = "Confab"
    system_message: str = field(
        default="You are an AI assistant that helps people find information.", repr=False
    )
    examples: tuple[Example, ...] = ()
    icon: str = ""
    greeting: str = field(default="", repr=False)

    def hidden(self) -> "Persona":
        """The persona without what only those may read who may change it."""
        return replace(self, system_message="", examples=(), greeting="")


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """The playground's "Settings", with the later playground's defaults.

    `deployment` None is the workspace's default one. `max_response` and `daily_tokens` are in tokens.
    `past_messages` counts messages as the seed does: 10 are five questions and five answers. `turn_cap` is
    how many turns a thread may have. None is no cap, and for `effort` the service's own default.
    """

    deployment: str | None = None
    max_response: int = 800
    temperature: float = 0.7
    top_p: float = 0.95
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0
    stop: tuple[str, ...] = ()
    past_messages: int = 10
    effort: Effort | None = None
    context_mode: ContextMode = ContextMode.EXACT
    turn_cap: int | None = None
    reply_mode: ReplyMode = ReplyMode.ASKERS
    daily_tokens: int | None = None
    announces: bool = True


@dataclass(frozen=True, slots=True)
class Access:
    """Who may change the setup, and whether members may read the system message and the examples."""

    configurers: Configurers = Configurers.MEMBERS
    people: tuple[str, ...] = ()
    open_to_read: bool = True


@dataclass(frozen=True, slots=True)
class Setup:
    """What one channel has.

    `version` above 0 was published in this channel. Below 0 it is the workspace's, which the channel uses
    having none of its own: -3 is the workspace's third. 0 is the playground's default, published by nobody.

    `foreign` holds an imported export as it came, as JSON text: exporting gives back what means nothing here.
    """

    persona: Persona = Persona()
    settings: ChannelSettings = ChannelSettings()
    version: int = 0
    access: Access = Access()
    foreign: str = field(default="", repr=False)

    def same_as(self, other: "Setup") -> bool:
        """Whether publishing this over the other would change anything."""
        return replace(self, version=0) == replace(other, version=0)
