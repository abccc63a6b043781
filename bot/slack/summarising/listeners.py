"""The listeners of "Summarise thread" and of its button: each acknowledges at once."""

from slack_bolt.async_app import AsyncApp

from bot.slack.beside import Beside
from bot.slack.on_press import on_press
from bot.slack.summarising.deeds import SummaryDeeds
from bot.slack.summarising.view import POST

SUMMARISE = "thread.summarise"
"""The callback id of the message shortcut."""


def register_summaries(app: AsyncApp, deeds: SummaryDeeds, beside: Beside) -> None:
    """Give the app the shortcut and the button."""
    app.shortcut(SUMMARISE)(on_press(deeds.summarise, beside))
    app.action(POST)(on_press(deeds.post, beside, speaks=False))
