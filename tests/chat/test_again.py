"""Who may have another answer, or more of one; and what is not offered in a muted thread."""

from typing import Any, cast

import pytest

from bot.chat.again import Regenerating
from bot.chat.hearing import amend
from bot.chat.messages import Edited, Reworded
from bot.chat.regenerating import NotAgain, Replaceable
from bot.chat.rights import NoRight, Standing
from bot.chat.setup import Access, Configurers, Setup
from bot.chat.threads import ThreadKey, Us
from tests.chat.answers import THREAD


class Outside:
    """A turn that UADA asked, in a channel that only its creator configures."""

    def __init__(self, *, member: bool = True, refusals: tuple[NotAgain, ...] = ()) -> None:
        self.member = member
        self.refusals = list(refusals)
        self.reopened: list[tuple[int, str, bool]] = []

    async def replaceable(self, team_id: str, channel_id: str, ts: str) -> Replaceable | None:
        return Replaceable(7, THREAD, frozenset({"UADA"}))

    async def reopen(
        self, turn_id: int, person_id: str, *, goes_on: bool = False, at: str = ""
    ) -> NotAgain | None:
        if self.refusals:
            return self.refusals.pop(0)
        self.reopened.append((turn_id, person_id, goes_on))
        return None

    async def standing(self, team_id: str, channel_id: str, person_id: str) -> Standing:
        return Standing(person_id, True, False, self.member, person_id == "UBOSS")

    async def current(self, team_id: str, channel_id: str) -> Setup:
        return Setup(access=Access(Configurers.LISTED))

    async def is_quiet(self, thread: ThreadKey) -> bool:
        return thread.root_ts == "muted"


def regenerating(outside: Outside) -> Regenerating:
    port = cast("Any", outside)
    return Regenerating("T1", port, port, port, port)


async def test_whoever_asked_and_whoever_may_configure_have_it_go_on_and_nobody_else() -> None:
    outside = Outside()
    verb = regenerating(outside)
    assert await verb.regenerate("C1", "2.0", "UADA", goes_on=True) is None
    assert await verb.regenerate("C1", "2.0", "UBOSS") is None
    assert await verb.regenerate("C1", "2.0", "UGRACE") is NoRight.NOT_LISTED
    assert outside.reopened == [(7, "UADA", True), (7, "UBOSS", False)]


async def test_who_has_left_the_channel_has_no_right_to_it_any_more() -> None:
    outside = Outside(member=False)
    assert await regenerating(outside).regenerate("C1", "2.0", "UADA") is NoRight.NOT_MEMBER
    assert outside.reopened == []


async def test_an_answer_that_is_just_being_closed_is_waited_for() -> None:
    outside = Outside(refusals=(NotAgain.UNDER_WAY,))
    assert await regenerating(outside).regenerate("C1", "2.0", "UADA", goes_on=True) is None
    assert outside.reopened == [(7, "UADA", True)]


async def test_who_presses_twice_gets_one() -> None:
    outside = Outside(refusals=(NotAgain.AT_IT,))
    assert await regenerating(outside).regenerate("C1", "2.0", "UADA") is NotAgain.AT_IT
    assert outside.reopened == []


async def test_a_changed_question_is_offered_another_answer_unless_its_thread_is_muted() -> None:
    verb = regenerating(Outside())
    assert await verb.may_offer(Reworded(THREAD, "1.0", "UADA"))
    assert not await verb.may_offer(Reworded(ThreadKey("T1", "C1", "muted"), "1.0", "UADA"))


@pytest.mark.parametrize(("author", "asked"), [("UADA", True), (None, True), ("UGRACE", False)])
async def test_only_whose_question_it_is_can_have_reworded_it(author: str | None, asked: bool) -> None:
    reworded = Reworded(THREAD, "1.0", "UADA")

    class Conversations:
        async def edit(self, *_: str, gone_files: frozenset[str]) -> Reworded:
            assert not gone_files
            return reworded

    change = Edited("C1", "1.0", author, None, "two?")
    found = await amend(change, Us("T1", "UCONFAB", "BCONFAB"), cast("Any", Conversations()))
    assert found == (reworded if asked else True)
