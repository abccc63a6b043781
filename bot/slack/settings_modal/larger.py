"""The larger maximum response that the settings propose to whoever comes from an answer left empty."""

from bot.chat.larger import larger_response
from bot.chat.setup import ChannelSettings
from bot.slack.settings_modal.draft_texts import larger_proposed


def proposal(settings: ChannelSettings, context: int) -> tuple[dict[str, str], str]:
    """What stands in the field, and the line over it."""
    before = settings.max_response
    proposed = larger_response(before, context)
    return {"max_response": str(proposed)}, larger_proposed(before, proposed)
