"""What the settings say of a draft, and of what was published while it was changed."""

from collections.abc import Sequence

PUT_ON_TOP = "Keep my changes on top"
HINT = (
    "On top: your draft takes over what they changed, and keeps what you changed yourself. "
    "Nothing is published yet."
)
NO_BASE = "There is nothing to put on top: the draft, or the version that it began from, is gone."
PUBLISH_OVER = "Publish mine over it"
OVER_TITLE = "Publish over the newer version?"
OVER_TEXT = (
    "Your draft takes the place of the newer version whole. "
    "That version stays in the history and can be restored."
)


def on_top_said(version: int, both: Sequence[str]) -> str:
    """After a draft was put on top of that version."""
    said = f"Your draft now stands on top of version {version}, with your changes kept."
    if not both:
        return said
    return f"{said} Both of you changed {', '.join(both)}: there it has yours. Look it over, then publish."


def taken_over(channel_id: str) -> str:
    """After another channel's setup became the draft."""
    return f"Your draft has what <#{channel_id}> has. Publish it, and it counts here."


def larger_proposed(before: int, proposed: int) -> str:
    """Over the maximum response that is proposed, in tokens."""
    if proposed == before:
        return f"The maximum response is {before:,} tokens already, which leaves little room for a prompt."
    return (
        f"The maximum response is {before:,} tokens, and thinking took them all. I propose {proposed:,}: "
        "keep it in your draft, then publish."
    )


def holds(deployment: str, context: int) -> str:
    """How much a deployment takes, in tokens."""
    return f"{deployment} holds {context:,} tokens, prompt and answer together."


def settings_said(deployment: str, temperature: float, top_p: float, response: int, past: int) -> str:
    """The settings in a line; `response` in tokens, `past` in messages."""
    return (
        f"{deployment}, temperature {temperature:g}, top P {top_p:g}, {response:,} tokens, "
        f"{past} past messages"
    )


def more_changes(count: int) -> str:
    """Under the first changes of a version."""
    return f"and {count} more"
