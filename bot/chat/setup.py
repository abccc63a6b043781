"""How Confab behaves in a channel: its persona and its settings, the playground's two side panels."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Example:
    """A few-shot example: what somebody might write, and how the persona answers it."""

    user: str = field(repr=False)
    assistant: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Persona:
    """Who answers: the playground's "Assistant setup". An empty system message is none."""

    name: str = "Confab"
    system_message: str = field(
        default="You are an AI assistant that helps people find information.", repr=False
    )
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """The playground's "Settings", with the later playground's defaults.

    `deployment` None is the workspace's default one. `max_response` is in tokens. `past_messages` counts
    messages as the seed does: 10 are five questions and five answers.
    """

    deployment: str | None = None
    max_response: int = 800
    temperature: float = 0.7
    top_p: float = 0.95
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0
    stop: tuple[str, ...] = ()
    past_messages: int = 10


@dataclass(frozen=True, slots=True)
class Setup:
    """What one channel has; `version` 0 is the built-in default, which nobody published."""

    persona: Persona = Persona()
    settings: ChannelSettings = ChannelSettings()
    version: int = 0
