"""What a channel is told as its persona, by an ordinary message of Confab's own."""

from collections.abc import Collection

from bot.chat.setup import Persona
from bot.slack.blocks import SECTION, escaped, section, units
from bot.slack.calls import Calls
from bot.slack.mentions import neutralised


class Saying:
    """Says it under the persona's name and icon, where the workspace lets Confab."""

    def __init__(self, calls: Calls, scopes: Collection[str]) -> None:
        self._calls = calls
        self._shows_names = "chat:write.customize" in scopes

    async def say(self, channel_id: str, text: str, persona: Persona) -> None:
        """Post it; raises `SlackUnwilling` where Slack does not take it."""
        await self._calls.write(
            "chat.postMessage",
            channel=channel_id,
            final=True,
            text=text,
            # Escaping makes five characters of an ampersand: what no section holds goes by its text alone.
            blocks=[section(text)] if units(text) <= SECTION else None,
            username=persona.name if self._shows_names else None,
            icon_emoji=(persona.icon or None) if self._shows_names else None,
            unfurl_links=False,
            unfurl_media=False,
        )


def called(persona: Persona) -> str:
    """The persona's name as a text may hold it."""
    return escaped(neutralised(persona.name))
