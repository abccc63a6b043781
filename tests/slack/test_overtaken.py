"""A mention that came late, and what was said in its thread meanwhile."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.chat.addressing import Ignored, Silence
from bot.chat.messages import Heard, Question
from bot.chat.threads import Place, ThreadKey
from bot.errors import DatabaseDown, SlackUnwilling
from bot.playground.workspace.messages import Message as Posted
from bot.slack.calls import Calls, Response
from bot.slack.inbound import message
from bot.slack.overtaken import LATE, Overtaken
from tests.slack.desk import Desk, desk
from tests.slack.virtual_time import epoch, in_virtual_time

LOOK = "conversations.replies"


@dataclass
class Ears:
    """Stores what mentions Confab; the texts of all that came, in order."""

    desk: Desk
    away: bool = False
    silence: Silence = Silence.NOT_ASKED
    calls: Calls | None = None
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        overtaken = Overtaken(self.calls or self.desk.ours.calls, self.desk.ours.us, epoch)
        self.hear = overtaken.after(self.store)
        self.looking = asyncio.create_task(overtaken.keep_looking(self.hear))

    async def store(self, heard: Heard) -> Question | Ignored:
        if self.away:
            raise DatabaseDown("away")
        self.texts.append(heard.text)
        us = self.desk.ours.us
        if us.user_id not in heard.mentions and heard.place is Place.CHANNEL:
            return Ignored(self.silence)
        thread = ThreadKey(us.team_id, heard.channel_id, heard.root_ts)
        return Question(thread, heard.place, heard.ts, "UADA", None, mentioned=True, text=heard.text)

    def event(self, posted: Posted) -> Heard:
        event = {"channel": posted.channel, "ts": posted.ts, "user": posted.user, "text": posted.text}
        heard = message(event | {"thread_ts": posted.thread_ts}, self.desk.ours.us.user_id)
        assert isinstance(heard, Heard)
        return heard

    async def hear_late(self, posted: Posted) -> None:
        """Hear it after so long that people may have written under it."""
        await asyncio.sleep(LATE + 1)
        await self.hear(self.event(posted))

    async def looked(self) -> None:
        """Let every look come to its end."""
        await asyncio.sleep(60)

    @property
    def looks(self) -> int:
        return self.desk.methods().count(LOOK)


def follow(d: Desk, root: Posted) -> None:
    """What is said in a thread: by the one who asked, by Confab, to Confab itself, with another mention."""
    d.theirs.post("ada", root.channel, "and then?", thread_ts=root.ts)
    d.theirs.post(d.theirs.confab, root.channel, "An answer.", thread_ts=root.ts)
    d.theirs.post("ada", root.channel, "@Confab settings", thread_ts=root.ts)
    d.theirs.post("ada", root.channel, "@Confab thank you", thread_ts=root.ts)
    d.theirs.post("ada", root.channel, "and after that?", thread_ts=root.ts)


@in_virtual_time
async def test_what_followed_a_late_mention_is_heard_in_its_order() -> None:
    async with desk() as d:
        root, ears = d.asks(), Ears(d)
        follow(d, root)
        await ears.hear_late(root)
        await ears.looked()
        assert [text for text in ears.texts if text != "An answer."] == [
            "hello",
            "and then?",
            "thank you",
            "and after that?",
        ]


@in_virtual_time
async def test_a_mention_that_comes_in_time_costs_no_look() -> None:
    async with desk() as d:
        root, ears = d.asks(), Ears(d)
        follow(d, root)
        await ears.hear(ears.event(root))
        await ears.looked()
        assert ears.looks == 0


@in_virtual_time
async def test_a_mention_that_could_not_be_stored_at_first_came_late() -> None:
    async with desk() as d:
        root, ears = d.asks(), Ears(d, away=True)
        with pytest.raises(DatabaseDown):
            await ears.hear(ears.event(root))
        follow(d, root)
        ears.away = False
        await ears.hear(ears.event(root))
        await ears.looked()
        assert "and then?" in ears.texts


@in_virtual_time
async def test_a_waking_that_was_cut_off_and_took_effect_all_the_same_came_late() -> None:
    async with desk() as d:
        root, ears = d.asks(), Ears(d, away=True, silence=Silence.ASIDE)
        woken = ears.event(d.theirs.post("ada", root.channel, "unmute", thread_ts=root.ts))
        with pytest.raises(DatabaseDown):
            await ears.hear(woken)
        follow(d, root)
        ears.away = False
        await ears.hear(woken)
        await ears.looked()
        assert "and then?" in ears.texts


@in_virtual_time
async def test_slack_is_asked_once_for_a_mention_however_often_that_comes() -> None:
    async with desk() as d:
        root, ears = d.asks(), Ears(d)
        await asyncio.sleep(LATE + 1)
        await asyncio.gather(*(ears.hear(ears.event(root)) for _ in range(2)))
        await ears.looked()
        assert ears.looks == 1


@in_virtual_time
async def test_a_direct_message_needs_no_mention_and_no_look() -> None:
    async with desk() as d:
        root, ears = d.asks("direct"), Ears(d)
        await ears.hear_late(root)
        await ears.looked()
        assert ears.looks == 0


class OutOfReach(Calls):
    """Slack, once it is back."""

    def __init__(self, desk: Desk, fails: int, code: str) -> None:
        super().__init__(desk.ours.client, desk.ours.calls.governor)
        self._fails = fails
        self._code = code
        self.tried = 0

    async def read(self, method: str, **arguments: object) -> Response:
        self.tried += 1
        if self.tried <= self._fails:
            raise SlackUnwilling(method, self._code)
        return await super().read(method, **arguments)


@in_virtual_time
async def test_a_look_is_repeated_where_slack_is_out_of_reach_and_not_where_it_refuses() -> None:
    async with desk() as d:
        for code, found in (("unreachable", True), ("channel_not_found", False)):
            root, calls = d.asks(), OutOfReach(d, 2, code)
            ears = Ears(d, calls=calls)
            follow(d, root)
            await ears.hear_late(root)
            await ears.looked()
            assert ("and then?" in ears.texts) is found


@in_virtual_time
async def test_what_cannot_be_stored_keeps_nothing_else_from_being_heard() -> None:
    async with desk() as d:
        root, ears = d.asks(), Ears(d)
        follow(d, root)
        await ears.hear_late(root)
        ears.away = True
        await ears.looked()
        ears.away = False
        again = d.asks()
        follow(d, again)
        await ears.hear_late(again)
        await ears.looked()
        assert ears.texts.count("and then?") == 1
