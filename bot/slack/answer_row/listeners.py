"""The listeners of the row under an answer: each starts one deed and ends, which acknowledges it at once."""

import re
from collections.abc import Mapping
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.answer_row import clear_view, texts
from bot.slack.answer_row.anew import ANEW, AnewOffers
from bot.slack.answer_row.code_view import TAB
from bot.slack.answer_row.deeds import AnswerDeeds
from bot.slack.answer_row.more import MORE
from bot.slack.answer_row.more_view import notice_view
from bot.slack.answer_row.row import LARGER, ROW, SHORTCUT, Choice
from bot.slack.answer_row.versions import PAGE, VersionDeeds
from bot.slack.beside import Beside
from bot.slack.on_press import on_press
from bot.slack.pressed import pressed, submitted


def register_row(
    app: AsyncApp, deeds: AnswerDeeds, versions: VersionDeeds, anew: AnewOffers, beside: Beside
) -> None:
    """Give the app the row, its modals, and the shortcuts."""

    async def on_row(body: Mapping[str, object], ack: AsyncAck) -> None:
        done = pressed(body)
        if done.value in set(Choice):
            beside.start(deeds.choose(Choice(done.value), done), done.person_id)
        await ack()

    async def on_tab(body: Mapping[str, object], ack: AsyncAck) -> None:
        beside.start(deeds.turn_tab(pressed(body)))
        await ack()

    async def on_clear(body: Mapping[str, object], ack: AsyncAck) -> None:
        beside.start(deeds.clear(submitted(body)))
        await ack(response_action="update", view=notice_view(texts.CLEAR, texts.ONE_MOMENT))

    app.action(ROW)(on_row)
    app.action(ANEW)(on_press(anew.accept, beside, speaks=False))
    app.action(re.compile(f"^{re.escape(PAGE)}"))(on_press(versions.turn_page, beside))
    app.action(LARGER)(on_press(deeds.enlarge, beside))
    app.action(re.compile(f"^{re.escape(TAB)}"))(on_tab)
    app.action(re.compile(f"^{re.escape(MORE)}"))(on_press(deeds.do_more, beside))
    app.view(clear_view.CALLBACK)(on_clear)
    for choice in Choice:
        app.shortcut(f"{SHORTCUT}{choice}")(on_press(partial(deeds.choose, choice), beside))
