"""The listeners of the thumbs and of "Not for you": each acknowledges at once."""

from collections.abc import Mapping

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.answer_row.row import FEEDBACK
from bot.slack.beside import Beside
from bot.slack.feedback import view
from bot.slack.feedback.deeds import FeedbackDeeds
from bot.slack.on_press import on_press
from bot.slack.pressed import submitted

NOT_FOR_YOU = "answer.not_for_you"
"""The callback id of the message shortcut."""


def register_feedback(app: AsyncApp, deeds: FeedbackDeeds, beside: Beside) -> None:
    """Give the app the thumbs, their modal, and the shortcut."""

    async def on_word(body: Mapping[str, object], ack: AsyncAck) -> None:
        sent = submitted(body)
        beside.start(deeds.add_word(sent), sent.person_id, speaks=False)
        await ack()

    app.action(FEEDBACK)(on_press(deeds.rate, beside))
    app.view(view.CALLBACK)(on_word)
    app.shortcut(NOT_FOR_YOU)(on_press(deeds.not_for_you, beside))
