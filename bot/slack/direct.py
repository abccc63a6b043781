"""Telling one person something in their direct message with Confab."""

from collections.abc import Sequence

from bot.slack.blocks import Block, section
from bot.slack.calls import Calls

ASIDE = "confab_aside"
"""The metadata's event type of what Confab says beside its answers.

In a thread every message of Confab's carries metadata, or it would be taken for an answer that a crash left
half-way.
"""


class Directly:
    """Writes to people; raises `SlackUnwilling` where Slack does not take it."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def place(self, person_id: str) -> str:
        """The id of somebody's direct message with Confab."""
        opened = await self._calls.write("conversations.open", users=person_id)
        return str(opened["channel"]["id"])

    async def post(
        self, channel_id: str, text: str, blocks: Sequence[Block] = (), *, root_ts: str | None = None
    ) -> str:
        """Post a message, in a thread if `root_ts` is given; its ts. `text` is mrkdwn of our own words."""
        posted = await self._calls.write(
            "chat.postMessage",
            channel=channel_id,
            final=True,
            thread_ts=root_ts,
            text=text,
            blocks=list(blocks) or [section(text)],
            metadata={"event_type": ASIDE, "event_payload": {}},
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(posted["ts"])

    async def take_back(self, channel_id: str, ts: str) -> None:
        """Delete a message of Confab's own."""
        await self._calls.write("chat.delete", channel=channel_id, final=True, ts=ts)

    async def tell(self, person_id: str, text: str, blocks: Sequence[Block] = ()) -> None:
        """Post a message to one person."""
        await self.post(await self.place(person_id), text, blocks)
