"""The listeners of "Summarise thread" and of its button: each acknowledges at once."""

from collections.abc import Mapping

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.beside import Beside
from bot.slack.pressed import pressed
from bot.slack.summarising.deeds import SummaryDeeds
from bot.slack.summarising.view import POST

SUMMARISE = "thread.summarise"
"""The callback id of the message shortcut."""


def register_summaries(app: AsyncApp, deeds: SummaryDeeds, beside: Beside) -> None:
    """Give the app the shortcut and the button."""

    async def on_summarise(body: Mapping[str, object], ack: AsyncAck) -> None:
        done = pressed(body)
        beside.start(deeds.summarise(done), done.person_id)
        await ack()

    async def on_post(body: Mapping[str, object], ack: AsyncAck) -> None:
        done = pressed(body)
        beside.start(deeds.post(done), done.person_id, speaks=False)
        await ack()

    app.shortcut(SUMMARISE)(on_summarise)
    app.action(POST)(on_post)
