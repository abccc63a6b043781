"""The listeners of the row under an answer: each starts one deed and ends, which acknowledges it at once."""

import re
from collections.abc import Awaitable, Callable, Mapping

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

    async def on_larger(body: Mapping[str, object], ack: AsyncAck) -> None:
        done = pressed(body)
        beside.start(deeds.enlarge(done), done.person_id)
        await ack()

    async def on_more(body: Mapping[str, object], ack: AsyncAck) -> None:
        done = pressed(body)
        beside.start(deeds.do_more(done), done.person_id)
        await ack()

    async def on_tab(body: Mapping[str, object], ack: AsyncAck) -> None:
        beside.start(deeds.turn_tab(pressed(body)))
        await ack()

    async def on_clear(body: Mapping[str, object], ack: AsyncAck) -> None:
        beside.start(deeds.clear(submitted(body)))
        await ack(response_action="update", view=notice_view(texts.CLEAR, texts.ONE_MOMENT))

    async def on_version(body: Mapping[str, object], ack: AsyncAck) -> None:
        done = pressed(body)
        beside.start(versions.turn_page(done), done.person_id)
        await ack()

    async def on_anew(body: Mapping[str, object], ack: AsyncAck) -> None:
        done = pressed(body)
        beside.start(anew.accept(done), done.person_id, speaks=False)
        await ack()

    app.action(ROW)(on_row)
    app.action(ANEW)(on_anew)
    app.action(re.compile(f"^{re.escape(PAGE)}"))(on_version)
    app.action(LARGER)(on_larger)
    app.action(re.compile(f"^{re.escape(TAB)}"))(on_tab)
    app.action(re.compile(f"^{re.escape(MORE)}"))(on_more)
    app.view(clear_view.CALLBACK)(on_clear)
    for choice in Choice:
        app.shortcut(f"{SHORTCUT}{choice}")(_on_shortcut(choice, deeds, beside))


def _on_shortcut(
    choice: Choice, deeds: AnswerDeeds, beside: Beside
) -> Callable[[Mapping[str, object], AsyncAck], Awaitable[None]]:
    async def on_shortcut(body: Mapping[str, object], ack: AsyncAck) -> None:
        done = pressed(body)
        beside.start(deeds.choose(choice, done), done.person_id)
        await ack()

    return on_shortcut
