"""The larger maximum response that the settings propose to whoever comes from an answer left empty."""

from bot.chat.larger import larger_response
from bot.chat.setup import ChannelSettings


def proposal(settings: ChannelSettings, context: int) -> tuple[dict[str, str], str]:
    """What stands in the field, and the line over it."""
    before = settings.max_response
    proposed = larger_response(before, context)
    return {"max_response": str(proposed)}, _said(before, proposed)


def _said(before: int, proposed: int) -> str:
    if proposed == before:
        return f"The maximum response is {before:,} tokens already, which leaves little room for a prompt."
    return (
        f"The maximum response is {before:,} tokens, and thinking took them all. I propose {proposed:,}: "
        "keep it in your draft, then publish."
    )
