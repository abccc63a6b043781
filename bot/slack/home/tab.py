"""App Home: what somebody sees who opens Confab itself."""

import asyncio
import logging
from collections.abc import Callable, Coroutine

from bot.errors import ConfabError, described
from bot.slack import texts
from bot.slack.calls import Calls
from bot.slack.inbound import HomeOpened

_log = logging.getLogger(__name__)


def home_view() -> dict[str, object]:
    """The home tab (Slack: at most 100 blocks, 3,000 characters in a section)."""
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": texts.HOME_TITLE}},
            *(_section(text) for text in (texts.HOME_INTRO, texts.HOME_HOW, texts.HOME_INVITE)),
            {"type": "divider"},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": texts.HOME_MEMORY}]},
        ],
    }


class Home:
    """Keeps home tab and messages tab up to date; its calls run beside the events that ask for them."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._running: set[asyncio.Task[None]] = set()

    async def opened(self, opened: HomeOpened) -> None:
        """Begin to fill the tab that was opened, and return."""
        fill: Callable[[HomeOpened], Coroutine[object, object, None]]
        fill = self._offer_prompts if opened.tab == "messages" else self._publish
        task = asyncio.create_task(self._quietly(fill(opened)))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        """Drop what is still under way."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _publish(self, opened: HomeOpened) -> None:
        await self._calls.write("views.publish", user_id=opened.user_id, view=home_view())

    async def _offer_prompts(self, opened: HomeOpened) -> None:
        # With a thread_ts Slack takes the call and shows nothing (Slack: agent view).
        await self._calls.write(
            "assistant.threads.setSuggestedPrompts",
            channel_id=opened.channel_id,
            title=texts.PROMPTS_TITLE,
            prompts=[{"title": title, "message": message} for title, message in texts.PROMPTS],
        )

    async def _quietly(self, work: Coroutine[object, object, None]) -> None:
        try:
            await work
        except ConfabError as error:
            _log.info("a home tab stays as it was: %s", described(error))


def _section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}
