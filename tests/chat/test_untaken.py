"""Messages that could not be stored, and who hears them again."""

import asyncio
from dataclasses import replace

import pytest

from bot.chat.addressing import Ignored, Silence
from bot.chat.attention import Attention, Hear
from bot.chat.messages import Deleted, Edited, Heard, Question
from bot.chat.recent import MEMORY
from bot.chat.untaken import AGAIN, MOST_TRIES, Untaken
from bot.chat.waiting import MOST_WAITING
from bot.errors import DatabaseDown, OperatorFault
from tests.chat.test_attention import MENTION, US

FIRST = replace(MENTION, ts="101.000001", text="which one?")
SECOND = replace(FIRST, ts="102.000001", text="and why?")
THIRD = replace(FIRST, ts="103.000001", text="and when?")
SEEN = Ignored(Silence.ASIDE)


class Room:
    """A store that fails as it is told to, on a clock of its own; it sleeps until the test has it wake."""

    def __init__(self) -> None:
        self.fails: dict[Heard, Exception] = {}
        self.asked: list[str] = []
        self.taken: list[str] = []
        self.now = 1_000.0
        self.asleep = asyncio.Event()
        self.wakes = asyncio.Event()
        self.untaken = self.hears_with(self.hear)

    def hears_with(self, hear: Hear) -> Untaken:
        return Untaken(Attention(US, hear, self.amend, lambda: self.now), sleep=self.sleep)

    async def amend(self, _change: Edited | Deleted) -> bool:
        return False

    async def hear(self, heard: Heard) -> Question | Ignored:
        self.asked.append(heard.text)
        if error := self.fails.get(heard):
            raise error
        self.taken.append(heard.text)
        return SEEN

    async def sleep(self, seconds: float) -> None:
        assert seconds == AGAIN
        self.asleep.set()
        await self.wakes.wait()
        self.wakes.clear()

    async def misses(self, *each: Heard, error: Exception | None = None) -> None:
        for heard in each:
            self.fails[heard] = error or DatabaseDown("away")
            with pytest.raises(type(self.fails[heard])):
                await self.untaken.hear(heard)
        self.asked.clear()

    async def looks(self, times: int = 1) -> None:
        """Let it look that often."""
        for _ in range(times):
            await asyncio.wait_for(self.asleep.wait(), 60)
            self.asleep.clear()
            self.wakes.set()
        for _ in range(2 * MOST_WAITING):  # whoever looks now comes to the next sleep, or to its end
            await asyncio.sleep(0)


@pytest.fixture
async def room() -> Room:
    return Room()


@pytest.fixture(autouse=True)
async def hearing(room: Room) -> object:
    """What hears again, beside the test."""
    return asyncio.create_task(room.untaken.keep_hearing())


async def test_what_was_taken_is_not_heard_again(room: Room) -> None:
    assert await room.untaken.hear(FIRST) is SEEN
    await asyncio.sleep(0)
    assert not room.asleep.is_set()


async def test_what_could_not_be_stored_is_heard_again_in_order(room: Room) -> None:
    await room.misses(SECOND, FIRST)
    room.fails.clear()
    await room.looks()
    assert room.taken == ["which one?", "and why?"]
    assert not room.asleep.is_set()


async def test_a_database_that_stays_away_is_asked_once_a_look(room: Room) -> None:
    await room.misses(FIRST, SECOND, THIRD)
    await room.looks(3)
    assert room.asked == ["which one?"] * 3
    assert not room.taken


async def test_what_slack_brought_again_meanwhile_is_done(room: Room) -> None:
    await room.misses(FIRST)
    room.fails.clear()
    await room.untaken.hear(FIRST)
    await room.looks()
    assert room.taken == ["which one?"]


async def test_what_fails_by_itself_keeps_nobody_else_waiting_and_is_left_to_slack(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    await room.misses(FIRST, error=OperatorFault("odd"))
    await room.misses(SECOND)
    del room.fails[SECOND]
    await room.looks(MOST_TRIES)
    assert room.asked.count("which one?") == MOST_TRIES
    assert room.taken == ["and why?"]
    assert not room.asleep.is_set()
    assert "left to Slack" in caplog.text
    assert "which one?" not in caplog.text


async def test_after_an_hour_a_message_is_worth_no_answer(room: Room) -> None:
    await room.misses(FIRST)
    room.fails.clear()
    room.now += MEMORY + 1
    await room.looks()
    assert room.taken == []
    assert not room.asleep.is_set()


async def test_a_thread_is_heard_again_in_its_order(room: Room) -> None:
    mute = replace(FIRST, ts="105.000001", thread_ts=FIRST.ts, text="quiet")
    line = replace(mute, ts="106.000001", text="among ourselves")
    await room.misses(THIRD, mute)
    await room.misses(line, error=OperatorFault("odd"))
    room.fails.clear()
    await room.looks()
    assert [text for text in room.taken if text != THIRD.text] == ["quiet", "among ourselves"]


async def test_what_was_deleted_meanwhile_is_not_heard_again(room: Room) -> None:
    await room.misses(FIRST, SECOND)
    room.fails.clear()
    await room.untaken.amend(Deleted(FIRST.channel_id, FIRST.ts))
    await room.looks()
    assert room.taken == ["and why?"]


async def test_no_more_is_kept_than_memory_has_room_for(room: Room) -> None:
    await room.misses(
        *(replace(FIRST, ts=f"{number}.000001") for number in range(1000, 1000 + MOST_WAITING + 5))
    )
    room.fails.clear()
    await room.looks()
    assert len(room.taken) == MOST_WAITING


async def test_what_took_too_long_is_heard_again(room: Room) -> None:
    never = asyncio.Event()
    first = True

    async def slow(heard: Heard) -> Question | Ignored:
        nonlocal first
        if first:
            first = False
            await never.wait()
        room.taken.append(heard.text)
        return SEEN

    untaken = room.hears_with(slow)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await untaken.hear(FIRST)
    hearing = asyncio.create_task(untaken.keep_hearing())
    await room.looks()
    assert room.taken == ["which one?"]
    hearing.cancel()
