"""What is typed is in the draft before it is submitted, and stands in nobody's way."""

import asyncio
from dataclasses import replace

import pytest

from bot.chat.noting import Noting
from bot.chat.outcomes import Done, Published, Stale
from bot.chat.setup import Access, Setup
from tests.chat.configuring.desk import DEPLOYMENTS, Desk, key


def noting(desk: Desk) -> Noting:
    return Noting(desk.setups, desk.drafts, DEPLOYMENTS, "gpt")


def called(name: str, setup: Setup) -> Setup:
    return replace(setup, persona=replace(setup.persona, name=name))


async def note(desk: Desk, name: str, seen: str, values: dict[str, str] | None = None) -> bool:
    return await noting(desk).note(key(), seen, lambda setup: called(name, setup), values or {})


async def test_what_is_noted_is_in_the_draft_and_leaves_its_mark_as_it_is(desk: Desk) -> None:
    begun = await desk.draft()
    assert begun.revision == 0
    for name in ("X", "Xb", "Xbox"):
        assert await note(desk, name, begun.mark)
    draft = await desk.draft()
    assert (draft.setup.persona.name, draft.mark) == ("Xbox", begun.mark)
    assert (await desk.opened()).changed
    submitted = await desk.configuring.set_settings(key(), begun.mark, {"temperature": "0.1"})
    assert isinstance(submitted, Done)
    assert submitted.draft.setup.persona.name == "Xbox"
    assert submitted.draft.mark != begun.mark
    assert await note(desk, "Xbox 2", submitted.draft.mark)
    assert (await desk.draft()).mark == submitted.draft.mark


async def test_a_note_that_comes_late_undoes_nothing(desk: Desk) -> None:
    old = await desk.draft()
    await desk.named("New")
    assert not await note(desk, "Old", old.mark)
    named = await desk.draft()
    assert named.setup.persona.name == "New"
    assert not await desk.drafts.note(replace(named, setup=called("Old", named.setup), revision=0))
    assert not await desk.drafts.note(
        replace(named, setup=called("Old", named.setup), revision=named.revision - 1)
    )
    assert (await desk.draft()) == named


async def test_a_note_from_before_a_publication_begins_no_draft(desk: Desk) -> None:
    old = await desk.draft()
    await desk.published("New")
    assert not await note(desk, "Old", old.mark)
    assert await desk.drafts.of(key()) is None


async def test_of_two_who_save_over_a_noted_draft_the_second_is_told(desk: Desk) -> None:
    begun = await desk.draft()
    await note(desk, "Noted", begun.mark)
    noted = await desk.draft()
    saved = await asyncio.gather(*(desk.drafts.save(noted) for _ in range(2)))
    assert [each is None for each in saved].count(True) == 1


async def test_what_was_only_noted_can_be_published_and_discarded(desk: Desk) -> None:
    await note(desk, "Xbox", (await desk.draft()).mark)
    published = await desk.publishing.publish(key(), None)
    assert isinstance(published, Published)
    assert published.after.persona.name == "Xbox"
    assert await desk.drafts.of(key()) is None
    await note(desk, "Other", (await desk.draft()).mark)
    assert await desk.configuring.discard(key())


async def test_half_a_value_is_left_out_until_it_is_whole(small_desk: Desk) -> None:
    mark = (await small_desk.draft()).mark
    assert await note(small_desk, "Confab", mark, {"temperature": "1.", "max_response": "5x", "top_p": "0.4"})
    settings = (await small_desk.draft()).setup.settings
    assert (settings.temperature, settings.max_response, settings.top_p) == (1.0, 800, 0.4)
    assert not await note(small_desk, "", mark)
    assert await note(small_desk, "Confab", mark, {"max_response": "5"})
    assert (await small_desk.draft()).setup.settings.max_response == 5


async def test_more_people_than_may_be_listed_are_not_noted(small_desk: Desk) -> None:
    access = Access(people=tuple(f"U{number}" for number in range(101)))
    mark = (await small_desk.draft()).mark
    assert not await noting(small_desk).note(key(), mark, lambda setup: replace(setup, access=access), {})


@pytest.mark.parametrize("revisions", [0, 1])
async def test_an_old_submission_is_noticed_with_notes_or_without(small_desk: Desk, revisions: int) -> None:
    for number in range(revisions):
        await small_desk.named(f"Before {number}")
    old = (await small_desk.draft()).mark
    await note(small_desk, "Noted", old)
    await small_desk.named("Newer")
    assert isinstance(await small_desk.configuring.set_settings(key(), old, {"temperature": "0.1"}), Stale)
