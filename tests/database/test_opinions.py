"""Ratings are kept once for a person and an answer, count for its version, and go when the answer goes."""

import pytest
from sqlalchemy import Connection, select

from bot.chat.opinions import Rated, StandingAnswer, Thumb
from bot.chat.versions import WORKSPACE
from bot.database.again import StoredAgain
from bot.database.opinions import StoredOpinions
from bot.database.quiet import StoredQuiet
from bot.database.rating_table import rating
from tests.database.rooms import CHANNEL, TEAM, Room, question, slack_ts, thread


@pytest.fixture
def opinions(room: Room) -> StoredOpinions:
    return StoredOpinions(room.database, room.clock)


async def standing(room: Room, opinions: StoredOpinions, number: float = 1) -> StandingAnswer:
    """An answer in one message, by its place."""
    await room.store(question(number, author="UADA"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(number + 0.5))
    await room.answer(turn)
    found = await opinions.answer_at(TEAM, CHANNEL, slack_ts(number + 0.5))
    assert found is not None
    return found


async def test_an_answer_is_known_by_the_place_of_its_messages(room: Room, opinions: StoredOpinions) -> None:
    found = await standing(room, opinions)
    assert (found.thread, found.parts) == (thread(), (slack_ts(1.5),))
    assert found.askers == {"UADA"}
    assert (found.setup_version, found.open, found.gone) == (0, False, False)
    assert await opinions.answer_at(TEAM, CHANNEL, slack_ts(1)) is None
    assert await opinions.answer_at("T2", CHANNEL, slack_ts(1.5)) is None


async def test_each_person_has_one_thumb_which_they_may_turn(room: Room, opinions: StoredOpinions) -> None:
    found = await standing(room, opinions)
    for person, liked in (("UADA", False), ("UGRACE", True), ("UADA", True), ("UADA", True)):
        assert await opinions.rate(found, person, liked=liked, version=3)
    await opinions.rate(found, "UTRIAL", liked=False, version=None)
    assert await opinions.shares(TEAM, CHANNEL, [3, 4]) == {3: Rated(2, 2)}
    assert await opinions.shares(TEAM, "C2", [3]) == {}
    assert await opinions.shares("T2", CHANNEL, [3]) == {}


async def test_a_thumb_stays_with_the_answer_that_another_one_replaced(
    room: Room, opinions: StoredOpinions
) -> None:
    found, again = await standing(room, opinions), StoredAgain(room.database, room.clock)
    await opinions.rate(found, "UADA", liked=False, version=3)
    for number, version in ((1, 4), (2, 5)):
        assert await again.reopen(found.turn_id, "UADA") is None
        await room.answer(await room.claim())
        assert await opinions.rate(found, "UADA", liked=True, version=version) == Thumb(True)
        assert await room.database.read(_replaced) == [*range(1, number + 1), 0]
    assert await opinions.shares(TEAM, CHANNEL, [3, 4, 5]) == {3: Rated(0, 1), 4: Rated(1, 1), 5: Rated(1, 1)}
    assert await opinions.add_word(found, "UADA", "better")
    words = select(rating.c.word).order_by(rating.c.setup_version)
    assert await room.database.read(lambda connection: connection.scalars(words).all()) == ["", "", "better"]


async def test_the_workspaces_versions_are_rated_in_all_channels(
    room: Room, opinions: StoredOpinions
) -> None:
    found = await standing(room, opinions)
    await opinions.rate(found, "UADA", liked=True, version=-2)
    assert await opinions.shares(TEAM, WORKSPACE, [2]) == {2: Rated(1, 1)}
    assert await opinions.shares(TEAM, CHANNEL, [2]) == {}


async def test_a_word_stays_while_its_thumb_does(room: Room, opinions: StoredOpinions) -> None:
    found = await standing(room, opinions)
    assert not await opinions.add_word(found, "UADA", "first a thumb")
    await opinions.rate(found, "UADA", liked=True, version=1)
    assert await opinions.add_word(found, "UADA", "clear")
    assert await opinions.rate(found, "UADA", liked=True, version=1) == Thumb(True, "clear")
    assert await opinions.rate(found, "UADA", liked=False, version=1) == Thumb(False)


async def test_the_words_of_a_version_are_listed_newest_first_and_with_the_way_to_their_answer(
    room: Room, opinions: StoredOpinions
) -> None:
    found = await standing(room, opinions)
    for person, liked, word in (("UADA", True, "clear"), ("UGRACE", False, "too short"), ("UBOB", True, "")):
        await opinions.rate(found, person, liked=liked, version=3)
        await opinions.add_word(found, person, word)
        room.clock.now += 10
    assert await opinions.shares(TEAM, CHANNEL, [3]) == {3: Rated(2, 3, words=2)}
    said = await opinions.words(TEAM, CHANNEL, 3, limit=9)
    assert [(each.liked, each.text) for each in said] == [(False, "too short"), (True, "clear")]
    assert {(each.thread, each.ts) for each in said} == {(thread(), slack_ts(1.5))}
    assert said[0].at > said[1].at
    assert len(await opinions.words(TEAM, CHANNEL, 3, limit=1)) == 1
    for elsewhere in ((TEAM, CHANNEL, 4), (TEAM, "C2", 3), ("T2", CHANNEL, 3)):
        assert await opinions.words(*elsewhere, limit=9) == ()


async def test_a_deleted_answer_keeps_its_share_and_no_word(room: Room, opinions: StoredOpinions) -> None:
    found = await standing(room, opinions)
    await opinions.rate(found, "UADA", liked=True, version=1)
    await opinions.add_word(found, "UADA", "clear")
    await room.conversations.delete(TEAM, CHANNEL, slack_ts(1.5))
    assert await opinions.shares(TEAM, CHANNEL, [1]) == {1: Rated(1, 1)}
    assert await opinions.rate(found, "UADA", liked=True, version=1) is None
    words = select(rating.c.word)
    assert await room.database.read(lambda connection: connection.scalars(words).all()) == [""]


async def test_an_erased_chat_has_no_ratings(room: Room, opinions: StoredOpinions) -> None:
    found = await standing(room, opinions)
    await opinions.rate(found, "UADA", liked=True, version=1)
    await room.conversations.clear(thread(), erase=False)
    assert await opinions.shares(TEAM, CHANNEL, [1]) == {1: Rated(1, 1)}
    await room.conversations.clear(thread(), erase=True)
    assert await opinions.shares(TEAM, CHANNEL, [1]) == {}
    assert await opinions.rate(found, "UADA", liked=True, version=1) is None


async def test_what_is_taken_back_is_forgotten_with_its_question_and_its_thread_is_quiet(
    room: Room, opinions: StoredOpinions
) -> None:
    await room.exchange(1, "My name is Ada.", "Hello Ada.")
    found = await standing(room, opinions, 2)
    assert await opinions.retract(found, "UADA", slack_ts(3))
    assert await opinions.retract(found, "UADA", slack_ts(4)), "again, for what Slack did not delete"
    assert await room.past() == ["My name is Ada.", "Hello Ada."]
    assert await StoredQuiet(room.database).is_quiet(thread())


async def test_an_answer_under_way_is_not_taken_back(room: Room, opinions: StoredOpinions) -> None:
    await room.store(question(1))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(1.5))
    found = await opinions.answer_at(TEAM, CHANNEL, slack_ts(1.5))
    assert found is not None
    assert found.open
    assert not await opinions.retract(found, "U1", slack_ts(3))
    assert not await StoredQuiet(room.database).is_quiet(thread())


@pytest.mark.parametrize(("liked", "of", "percent"), [(10, 12, 83), (0, 3, 0), (3, 3, 100), (999, 1_000, 99)])
def test_a_share_is_rounded_but_never_to_all_or_none(liked: int, of: int, percent: int) -> None:
    assert Rated(liked, of).percent == percent


def _replaced(connection: Connection) -> list[int]:
    return list(connection.scalars(select(rating.c.replaced).order_by(rating.c.setup_version)))
