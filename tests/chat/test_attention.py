import asyncio
from dataclasses import replace

import pytest

from bot.chat.addressing import Ignored, Silence
from bot.chat.attention import SECOND_LOOK, Attention, Hear
from bot.chat.messages import Deleted, Edited, Heard, Question
from bot.chat.recent import MEMORY
from bot.chat.shared_files import SharedFile
from bot.chat.threads import Place, ThreadKey, Us
from bot.errors import DatabaseDown, NotYetKnown

US = Us("T1", "UCONFAB", "BCONFAB")
ROOT = "100.000001"
FOLLOW_UP = Heard(
    channel_id="C1",
    place=Place.CHANNEL,
    ts="101.000001",
    thread_ts=ROOT,
    author_id="UADA",
    bot_id=None,
    subtype=None,
    text="and then?",
)
MENTION = replace(FOLLOW_UP, ts=ROOT, thread_ts=None, mentions=frozenset({US.user_id}))
UNASKED = Ignored(Silence.NOT_ASKED)
MUTED = Ignored(Silence.MUTED)


def question(heard: Heard) -> Question:
    thread = ThreadKey("T1", heard.channel_id, heard.thread_ts or heard.ts)
    return Question(thread, heard.place, heard.ts, "UADA", None, mentioned=True, text=heard.text)


class Room:
    """Judges with the next of `verdicts`, on a clock of its own."""

    def __init__(self, *verdicts: Question | Ignored | Exception) -> None:
        self.verdicts = list(verdicts)
        self.now = 1_000.0
        self.slept: list[float] = []
        self.texts: list[str] = []
        self.amended: list[Edited | Deleted] = []
        self.attention = self.hears_with(self.hear)

    def hears_with(self, hear: Hear) -> Attention:
        return Attention(US, hear, self.amend, lambda: self.now, sleep=self.sleep)

    async def amend(self, change: Edited | Deleted) -> bool:
        self.amended.append(change)
        return False

    async def hear(self, heard: Heard) -> Question | Ignored:
        self.texts.append(heard.text)
        await asyncio.sleep(0)
        verdict = self.verdicts.pop(0)
        if isinstance(verdict, Exception):
            raise verdict
        return verdict

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


async def both_under_way(attention: Attention) -> list[asyncio.Task[Question | Ignored]]:
    """A mention and the follow-up right behind it, as far as they come at once."""
    tasks = []
    for heard in (MENTION, FOLLOW_UP):
        tasks.append(asyncio.create_task(attention.hear(heard)))
        await asyncio.sleep(0)
    return tasks


async def test_a_follow_up_that_overtook_its_mention_is_found_at_the_second_look() -> None:
    room = Room(UNASKED, question(FOLLOW_UP))
    assert isinstance(await room.attention.hear(FOLLOW_UP), Question)
    assert room.slept == [SECOND_LOOK]


async def test_a_thread_that_is_not_ours_stays_ignored() -> None:
    room = Room(UNASKED, UNASKED)
    assert await room.attention.hear(FOLLOW_UP) == UNASKED


async def test_only_follow_ups_in_threads_get_a_second_look() -> None:
    room = Room(UNASKED, Ignored(Silence.TO_SOMEBODY_ELSE))
    assert await room.attention.hear(MENTION) == UNASKED
    assert await room.attention.hear(FOLLOW_UP) == Ignored(Silence.TO_SOMEBODY_ELSE)
    assert room.slept == []


async def test_a_follow_up_waits_unacknowledged_while_its_mention_could_not_be_stored() -> None:
    room = Room(DatabaseDown("away"), question(MENTION), UNASKED, UNASKED)
    with pytest.raises(DatabaseDown):
        await room.attention.hear(MENTION)
    with pytest.raises(NotYetKnown):
        await room.attention.hear(FOLLOW_UP)
    assert room.attention.waiting.oldest_first == (MENTION, FOLLOW_UP)
    await room.attention.hear(MENTION)
    assert await room.attention.hear(FOLLOW_UP) == UNASKED
    assert not room.attention.waiting.oldest_first


async def test_a_follow_up_waits_for_a_mention_that_is_being_stored() -> None:
    stored = asyncio.Event()

    async def slowly(heard: Heard) -> Question | Ignored:
        if heard == MENTION:
            await stored.wait()
            return question(MENTION)
        return question(heard) if stored.is_set() else UNASKED

    attention = Room().hears_with(slowly)
    mention, follow_up = await both_under_way(attention)
    stored.set()
    assert isinstance(await follow_up, Question)
    assert isinstance(await mention, Question)


async def test_what_follows_a_mention_that_took_too_long_is_not_yet_known() -> None:
    """Reads go on while SQLite is locked: the follow-up alone looks like nobody's."""

    async def locked(heard: Heard) -> Question | Ignored:
        if heard == MENTION:
            await asyncio.Event().wait()
        return UNASKED

    attention = Room().hears_with(locked)
    mention, follow_up = await both_under_way(attention)
    mention.cancel()
    with pytest.raises(NotYetKnown):
        await follow_up
    assert attention.waiting.oldest_first == (MENTION, FOLLOW_UP)


async def test_a_doubt_ends_when_its_message_is_worth_no_answer_any_more() -> None:
    room = Room(DatabaseDown("away"), UNASKED, UNASKED)
    with pytest.raises(DatabaseDown):
        await room.attention.hear(MENTION)
    room.now += MEMORY + 1
    assert await room.attention.hear(FOLLOW_UP) == UNASKED


async def test_a_message_that_was_deleted_while_it_was_heard_is_not_kept() -> None:
    room = Room(DatabaseDown("away"))
    hearing = asyncio.create_task(room.attention.hear(MENTION))
    await asyncio.sleep(0)
    await room.attention.amend(Deleted("C1", ROOT))
    with pytest.raises(DatabaseDown):
        await hearing
    assert not room.attention.waiting.oldest_first


async def test_a_message_that_was_deleted_before_it_arrived_is_no_question() -> None:
    room = Room(question(MENTION))
    await room.attention.amend(Deleted("C1", ROOT))
    assert await room.attention.hear(MENTION) == Ignored(Silence.DELETED)
    room.now += MEMORY + 1
    assert isinstance(await room.attention.hear(MENTION), Question)


async def test_a_mention_that_comes_as_two_events_at_once_is_judged_once() -> None:
    room = Room(question(MENTION))
    found = await asyncio.gather(*(room.attention.hear(MENTION) for _ in range(2)))
    assert found == [question(MENTION)] * 2


async def test_what_could_not_be_stored_is_tried_by_its_twin() -> None:
    room = Room(DatabaseDown("away"), question(MENTION))
    found = await asyncio.gather(*(room.attention.hear(MENTION) for _ in range(2)), return_exceptions=True)
    assert isinstance(found[0], DatabaseDown)
    assert found[1] == question(MENTION)


async def test_a_twin_is_heard_although_nobody_waits_for_the_first_any_more() -> None:
    room = Room(UNASKED, question(FOLLOW_UP))
    looking = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        looking.set()
        await asyncio.Event().wait()

    attention = Attention(US, room.hear, room.amend, lambda: room.now, sleep=sleep)
    first = asyncio.ensure_future(attention.hear(FOLLOW_UP))
    await looking.wait()
    twin = asyncio.ensure_future(attention.hear(FOLLOW_UP))
    await asyncio.sleep(0)
    first.cancel()
    assert await twin == question(FOLLOW_UP)


async def test_what_comes_again_later_is_judged_anew() -> None:
    room = Room(UNASKED, UNASKED, question(FOLLOW_UP))
    assert await room.attention.hear(FOLLOW_UP) == UNASKED
    assert await room.attention.hear(FOLLOW_UP) == question(FOLLOW_UP)


async def test_three_of_one_message_are_heard_one_after_the_other() -> None:
    room = Room(DatabaseDown("away"), question(MENTION))
    found = await asyncio.gather(*(room.attention.hear(MENTION) for _ in range(3)), return_exceptions=True)
    assert isinstance(found[0], DatabaseDown)
    assert found[1:] == [question(MENTION)] * 2
    assert not room.attention.waiting.oldest_first


async def test_what_overtook_the_mention_that_wakes_its_thread_is_found_at_the_second_look() -> None:
    room = Room(MUTED, question(FOLLOW_UP))
    assert isinstance(await room.attention.hear(FOLLOW_UP), Question)


async def test_mentioning_a_colleague_does_not_take_a_follow_up_out_of_doubt() -> None:
    room = Room(DatabaseDown("away"))
    with pytest.raises(DatabaseDown):
        await room.attention.hear(MENTION)
    with pytest.raises(NotYetKnown):
        await room.attention.hear(replace(FOLLOW_UP, mentions=frozenset({"UGRACE"})))


async def test_what_a_bot_says_waits_for_nobody() -> None:
    room = Room(DatabaseDown("away"), Ignored(Silence.OTHER_BOT))
    with pytest.raises(DatabaseDown):
        await room.attention.hear(MENTION)
    bots = replace(FOLLOW_UP, bot_id="BOTHER")
    assert await room.attention.hear(bots) == Ignored(Silence.OTHER_BOT)


async def test_what_waits_gets_its_second_look_without_a_pause_for_those_behind_it() -> None:
    room = Room(DatabaseDown("away"), UNASKED, UNASKED, question(FOLLOW_UP), UNASKED)
    chatter = replace(FOLLOW_UP, ts="100.500000", text="among ourselves")
    with pytest.raises(DatabaseDown):
        await room.attention.hear(chatter)
    with pytest.raises(NotYetKnown):
        await room.attention.again(chatter)
    room.now += SECOND_LOOK / 2
    with pytest.raises(NotYetKnown):
        await room.attention.again(chatter)
    assert isinstance(await room.attention.hear(FOLLOW_UP), Question)
    room.now += SECOND_LOOK / 2
    assert await room.attention.again(chatter) == UNASKED
    assert room.slept == []


async def test_an_edit_that_overtook_its_message_is_what_is_asked() -> None:
    room = Room(question(MENTION))
    edit = Edited("C1", ROOT, "UADA", None, "list all", "100.000002")
    await room.attention.amend(edit)
    await room.attention.amend(replace(edit, text="delete all", edited_ts="100.000001"))
    await room.attention.hear(MENTION)
    assert room.texts == ["list all"]
    assert room.amended[-1] == edit


async def test_an_edit_at_the_moment_of_storing_reaches_what_is_stored() -> None:
    room = Room(question(MENTION))
    hearing = asyncio.create_task(room.attention.hear(MENTION))
    await asyncio.sleep(0)
    edit = Edited("C1", ROOT, "UADA", None, "list all", "100.000002")
    await room.attention.amend(edit)
    await hearing
    assert room.amended == [edit, edit]


async def test_files_that_are_gone_stay_gone_whatever_was_edited_after() -> None:
    heard: list[Heard] = []

    async def hear(message: Heard) -> Question | Ignored:
        heard.append(message)
        return question(message)

    attention = Room().hears_with(hear)
    without = Edited("C1", ROOT, "UADA", None, "read it", "100.000001", frozenset({"F1"}))
    await attention.amend(without)
    await attention.amend(Edited("C1", ROOT, "UADA", None, "read this", "100.000002"))
    files = tuple(SharedFile(id_, "a.txt", "text/plain", 1, "") for id_ in ("F1", "F2"))
    await attention.hear(replace(MENTION, files=files))
    assert [(each.text, [file.id for file in each.files]) for each in heard] == [("read this", ["F2"])]


async def test_a_message_that_was_deleted_while_it_waited_for_its_second_look_is_no_question() -> None:
    room = Room(UNASKED, question(FOLLOW_UP))

    async def sleep(_seconds: float) -> None:
        await attention.amend(Deleted("C1", FOLLOW_UP.ts))

    attention = Attention(US, room.hear, room.amend, lambda: room.now, sleep=sleep)
    assert await attention.hear(FOLLOW_UP) == Ignored(Silence.DELETED)


async def test_a_deletion_is_repeated_where_its_message_comes_late() -> None:
    """A store that was cut off may have come to its end after the deletion found nothing."""
    room = Room()
    gone = Deleted("C1", ROOT)
    await room.attention.amend(gone)
    await room.attention.hear(MENTION)
    assert room.amended == [gone, gone]


async def test_an_edit_makes_no_message_a_word_that_mutes() -> None:
    room = Room(question(FOLLOW_UP))
    await room.attention.amend(Edited("C1", FOLLOW_UP.ts, "UADA", None, "mute", "101.000002"))
    await room.attention.hear(FOLLOW_UP)
    assert room.texts == [FOLLOW_UP.text]


async def test_an_edit_without_a_date_is_not_put_over_a_dated_one() -> None:
    """Slack dates no edit that only took files away."""
    room = Room(question(MENTION))
    dated = Edited("C1", ROOT, "UADA", None, "list all", "100.000002")
    await room.attention.amend(dated)
    await room.attention.amend(Edited("C1", ROOT, "UADA", None, "delete all", "", frozenset({"F1"})))
    await room.attention.hear(MENTION)
    assert room.texts == ["list all"]
    assert room.amended[-1] == replace(dated, gone_files=frozenset({"F1"}))
