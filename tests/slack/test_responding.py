"""What takes the place of a message of which only one person knows."""

from typing import Any, cast

import pytest

from bot.chat.again import Regenerating
from bot.chat.messages import Edited, Reworded
from bot.chat.regenerating import NotAgain, Replaceable
from bot.chat.rights import Standing
from bot.chat.setup import Setup
from bot.chat.threads import ThreadKey
from bot.errors import SlackUnwilling
from bot.playground.workspace.messages import Message
from bot.slack.answer_row import texts
from bot.slack.answer_row.anew import ANEW, AnewOffers
from bot.slack.beside import Beside
from bot.slack.blocks import section
from bot.slack.pressed import Pressed
from bot.slack.responding import Responses
from tests.slack.desk import Desk, desk
from tests.slack.virtual_time import in_virtual_time


class Turns:
    """One turn, which may be answered again or not."""

    def __init__(self, refused: NotAgain | None = None) -> None:
        self.refused = refused

    async def replaceable(self, team_id: str, channel_id: str, ts: str) -> Replaceable | None:
        return Replaceable(7, ThreadKey(team_id, channel_id, ts), frozenset({"U1"}))

    async def reopen(self, turn_id: int, person_id: str, *, goes_on: bool, at: str) -> NotAgain | None:
        return self.refused

    async def standing(self, team_id: str, channel_id: str, person_id: str) -> Standing:
        return Standing(person_id, True, False, True, False)

    async def current(self, team_id: str, channel_id: str) -> Setup:
        return Setup()

    async def is_quiet(self, thread: ThreadKey) -> bool:
        return False


def offers(d: Desk, responses: Responses, turns: Turns) -> AnewOffers:
    port = cast("Any", turns)
    team_id = d.theirs.team.id
    verbs = Regenerating(team_id, port, port, port, port)
    return AnewOffers(d.ours.calls, verbs, responses, Beside(d.ours.calls))


def whispered(d: Desk, asked: Message) -> list[Message]:
    found = d.theirs.record.history.thread(asked.channel, asked.ts)
    return [each for each in found if each.ephemeral_to is not None]


async def offered(d: Desk, made: AnewOffers) -> tuple[Message, Message]:
    """A question, and the offer under it."""
    asked = d.asks()
    thread = ThreadKey(d.theirs.team.id, asked.channel, asked.ts)

    async def amend(_: object) -> Reworded:
        return Reworded(thread, asked.ts, asked.user or "")

    change = Edited(asked.channel, asked.ts, asked.user, None, "changed")
    assert isinstance(await made.after(amend)(change), Reworded)
    async with d.theirs.changes.subscribe() as changes:
        while not whispered(d, asked):
            await anext(aiter(changes))
    [offer] = whispered(d, asked)
    assert offer.ephemeral_to == asked.user
    return asked, offer


def press(d: Desk, asked: Message, offer: Message, address: str) -> Pressed:
    return Pressed(
        person_id=asked.user or "",
        trigger_id="",
        action_id=ANEW,
        value=asked.ts,
        channel_id=asked.channel,
        ts=offer.ts,
        root_ts=asked.ts,
        answer_to=address,
    )


def address_for(d: Desk, asked: Message, offer: Message) -> str:
    return d.theirs.origin + d.theirs.response_urls.issue(asked.user or "", asked.channel, offer)


async def test_an_offer_that_is_pressed_gives_way_to_what_came_of_it() -> None:
    async with desk() as d:
        made = offers(d, d.ours.responses(), Turns())
        asked, offer = await offered(d, made)
        await made.accept(press(d, asked, offer, address_for(d, asked, offer)))
        [shown] = whispered(d, asked)
        assert shown.text == texts.anew(None)
        assert ANEW not in str(shown.blocks)


async def test_while_the_answer_is_written_the_button_stays() -> None:
    async with desk() as d:
        made = offers(d, d.ours.responses(), Turns(NotAgain.UNDER_WAY))
        asked, offer = await offered(d, made)
        await made.accept(press(d, asked, offer, address_for(d, asked, offer)))
        [shown] = whispered(d, asked)
        assert "still answering" in shown.text
        assert ANEW in str(shown.blocks)


@pytest.mark.parametrize("address", ["", "https://hooks.slack.com.example/x", "http://[", "nowhere"])
async def test_where_slack_takes_no_replacement_it_is_said_beside_the_offer(address: str) -> None:
    async with desk() as d:
        made = offers(d, d.ours.responses(), Turns(NotAgain.OLDER))
        asked, offer = await offered(d, made)
        await made.accept(press(d, asked, offer, address))
        assert [each.text for each in whispered(d, asked)][1:] == [texts.anew(NotAgain.OLDER)]


@pytest.mark.parametrize("path", ["/response/none", "/nothing/here"])
async def test_an_address_that_is_no_good_any_more_is_said_to_be(path: str) -> None:
    async with desk() as d:
        with pytest.raises(SlackUnwilling, match="404"):
            await d.ours.responses().replace(d.theirs.origin + path, "x", [section("x")])


@pytest.mark.parametrize("answer_to", ["https://elsewhere.example/x", "file:///etc/hostname"])
@in_virtual_time
async def test_no_address_but_slacks_is_called(answer_to: str) -> None:
    async with desk() as d:
        with pytest.raises(SlackUnwilling, match="not_slacks_address"):
            await d.ours.responses().replace(answer_to, "x", [section("x")])
