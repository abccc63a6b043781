"""A view that shows an older draft than there is changes nothing, and one that is sent twice counts once."""

import asyncio
from dataclasses import replace

from bot.chat.outcomes import Done, Stale
from bot.chat.setup import Persona, Setup
from tests.chat.configuring.desk import Desk, key, opened_desk


async def test_an_older_views_submission_changes_nothing_and_gets_the_draft_as_it_is(desk: Desk) -> None:
    old = (await desk.draft()).mark
    newer = await desk.named("Newer")
    stale = await desk.configuring.set_settings(key(), old, {"temperature": "0"})
    assert stale == Stale(newer)
    assert isinstance(await desk.configuring.add_example(key(), old, "a", "b"), Stale)
    assert isinstance(await desk.configuring.set_settings(key(), newer.mark, {"temperature": "0"}), Done)


async def test_a_submission_that_slack_sends_twice_counts_once(desk: Desk) -> None:
    mark = (await desk.draft()).mark
    for _ in range(2):
        assert isinstance(await desk.configuring.set_settings(key(), mark, {"temperature": "0"}), Done)
    mark = (await desk.draft()).mark
    assert isinstance(await desk.configuring.add_example(key(), mark, "a", "b"), Done)
    assert isinstance(await desk.configuring.add_example(key(), mark, "a", "b"), Stale)
    assert len((await desk.draft()).setup.persona.examples) == 1


async def test_a_view_of_a_published_draft_cannot_change_the_one_begun_after_it(desk: Desk) -> None:
    begun = (await desk.draft()).mark
    first = await desk.named("First")
    await desk.publishing.publish(key(), first.mark)
    assert isinstance(await desk.configuring.set_settings(key(), begun, {"temperature": "0"}), Stale)
    second = await desk.named("Second")
    assert isinstance(await desk.configuring.set_settings(key(), first.mark, {"temperature": "0"}), Stale)
    assert (await desk.draft()) == second


async def test_a_view_of_a_discarded_draft_cannot_change_the_one_begun_after_it(desk: Desk) -> None:
    first = await desk.named("First")
    await desk.configuring.discard(key())
    await desk.named("Second")
    assert isinstance(await desk.configuring.set_settings(key(), first.mark, {"temperature": "0"}), Stale)


async def test_of_two_views_saved_at_once_one_is_told(desk: Desk, database_url: str) -> None:
    """Two processes, the same person on two devices, the same moment."""
    begun = await desk.named("Begun")
    async with opened_desk(database_url, desk.roster) as other:
        saved = await asyncio.gather(
            desk.drafts.save(replace(begun, setup=Setup(Persona("One")))),
            other.drafts.save(replace(begun, setup=Setup(Persona("Two")))),
        )
    kept = [each for each in saved if each]
    assert len(kept) == 1
    assert await desk.drafts.of(key()) == kept[0]


async def test_of_two_views_that_begin_a_draft_at_once_one_is_told(desk: Desk, database_url: str) -> None:
    begun = await desk.draft()
    async with opened_desk(database_url, desk.roster) as other:
        saved = await asyncio.gather(desk.drafts.save(begun), other.drafts.save(begun))
    assert [each is None for each in saved].count(True) == 1
