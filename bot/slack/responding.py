"""Putting another text into the place of a message of which only one person knows, once they pressed in it.

`chat.update` takes no ephemeral message. Slack gives an address with each press instead: for half an hour and
five answers, without a token (Slack: handling user interaction).
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

import aiohttp

from bot.errors import SlackUnwilling
from bot.slack.blocks import Block
from bot.slack.calls import ResponseLost

HOST = "hooks.slack.com"
_METHOD = "response_url"


class Responses:
    """Answers presses of one workspace; `api_url` is where its Web API is, and perhaps such addresses."""

    def __init__(self, session: aiohttp.ClientSession, api_url: str = "") -> None:
        self._session = session
        self._hosts = {HOST, urlsplit(api_url).hostname}

    async def replace(self, address: str, text: str, blocks: Sequence[Block]) -> None:
        """Let this stand where the button was. It may safely be asked for twice.

        Raises `SlackUnwilling` where the address is not Slack's, or Slack does not take it.
        """
        if _host(address) not in self._hosts:
            raise SlackUnwilling(_METHOD, "not_slacks_address")
        body = {"replace_original": True, "text": text, "blocks": list(blocks)}
        try:
            async with self._session.post(address, json=body, allow_redirects=False) as response:
                if response.status != 200:
                    raise SlackUnwilling(_METHOD, f"status {response.status}")
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            raise ResponseLost(_METHOD) from None


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
