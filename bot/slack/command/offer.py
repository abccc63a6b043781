"""`@Confab settings` in a thread, where Slack takes no slash command: a button, for that person only."""

from collections import OrderedDict

from bot.chat.asides import WantsSettings
from bot.slack.beside import Beside
from bot.slack.blocks import actions, button, section
from bot.slack.calls import Calls
from bot.slack.command import texts
from bot.slack.settings_modal.modal import OPEN

_REMEMBERED = 500


class Offers:
    """Shows the button once for each message: one that mentions Confab comes twice, by two events.

    What was shown is remembered by this process alone. Slack may deliver an event again to another one, or
    after a restart: that person then sees the same button a second time, alone, until they reload Slack.
    """

    def __init__(self, calls: Calls, beside: Beside) -> None:
        self._calls = calls
        self._beside = beside
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def offer(self, wanted: WantsSettings) -> None:
        """Begin to show it, and return."""
        message = (wanted.channel_id, wanted.ts)
        if message in self._seen:
            return
        self._seen[message] = None
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        self._beside.start(self._show(wanted))

    async def _show(self, wanted: WantsSettings) -> None:
        await self._calls.write(
            "chat.postEphemeral",
            channel=wanted.channel_id,
            final=True,
            user=wanted.person_id,
            thread_ts=wanted.thread_ts,
            text=texts.OFFER,
            blocks=[
                section(texts.OFFER),
                actions(button(texts.OFFER_BUTTON, OPEN, wanted.channel_id, style="primary")),
            ],
        )
