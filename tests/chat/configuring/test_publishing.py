"""A published change is a version: who, when, what; never over somebody else's unseen."""

import asyncio
from dataclasses import replace

from bot.chat.changes import Change
from bot.chat.outcomes import (
    Gone,
    HistoryPage,
    NotAllowed,
    Overtaken,
    Published,
    Refused,
    Stale,
    Unchanged,
)
from bot.chat.rights import NoRight
from bot.chat.setup import Access, ChannelSettings, Configurers, Persona, Setup
from bot.chat.versions import WORKSPACE
from tests.chat.configuring.desk import Desk, key, opened_desk
from tests.chat.configuring.roster import CHANNEL, TEAM


async def history(desk: Desk, before: int | None = None, limit: int = 10) -> HistoryPage:
    page = await desk.publishing.history(key(), before=before, limit=limit)
    assert isinstance(page, HistoryPage)
    return page


async def test_publishing_makes_one_version_and_ends_the_draft(desk: Desk) -> None:
    draft = await desk.named("Xbox")
    published = await desk.publishing.publish(key(), draft.mark)
    assert published == Published(Setup(), replace(draft.setup, version=1))
    assert await desk.current() == replace(draft.setup, version=1)
    assert await desk.drafts.of(key()) is None


async def test_a_submission_of_publish_that_slack_sends_twice_makes_one_version(desk: Desk) -> None:
    draft = await desk.named("Xbox")
    await desk.publishing.publish(key(), draft.mark)
    assert isinstance(await desk.publishing.publish(key(), draft.mark), Unchanged)
    assert (await desk.current()).version == 1


async def test_who_presses_publish_twice_at_once_is_not_told_of_somebody_else(desk: Desk) -> None:
    draft = await desk.named("Xbox")
    twice = await asyncio.gather(*(desk.publishing.publish(key(), draft.mark) for _ in range(2)))
    assert {type(each) for each in twice} <= {Published, Unchanged}
    assert (await desk.current()).version == 1


async def test_publishing_what_is_published_already_makes_no_version(desk: Desk) -> None:
    await desk.published("Xbox")
    await desk.configuring.set_settings(key(), None, {"temperature": "0"})
    await desk.configuring.set_settings(key(), None, {"temperature": "0.7"})
    assert isinstance(await desk.publishing.publish(key(), None), Unchanged)
    assert await desk.drafts.of(key()) is None


async def test_publishing_from_an_older_view_is_noticed(desk: Desk) -> None:
    old = await desk.named("Old")
    new = await desk.named("New")
    assert await desk.publishing.publish(key(), old.mark) == Stale(new)
    assert (await desk.current()).version == 0


async def test_somebody_elses_newer_version_is_noticed_and_not_overwritten(desk: Desk) -> None:
    await desk.published("First")
    mine = await desk.named("Mine")
    theirs = await desk.published("Theirs", "grace")
    assert (await desk.opened()).overtaken
    outcome = await desk.publishing.publish(key(), mine.mark)
    assert isinstance(outcome, Overtaken)
    assert (outcome.newest.by, outcome.newest.setup) == ("grace", theirs)
    assert await desk.current() == theirs
    assert await desk.draft() == mine


async def test_who_has_seen_the_newer_version_may_publish_over_it(desk: Desk) -> None:
    mine = await desk.named("Mine")
    theirs = await desk.published("Theirs", "grace")
    outcome = await desk.publishing.publish(key(), mine.mark, over=theirs.version)
    assert outcome == Published(theirs, replace(mine.setup, version=2))
    third = await desk.published("Third", "grace")
    again = await desk.named("Again")
    await desk.published("Fourth", "grace")
    assert isinstance(await desk.publishing.publish(key(), again.mark, over=third.version), Overtaken)


async def test_of_two_who_publish_at_once_one_is_told(desk: Desk, database_url: str) -> None:
    async with opened_desk(database_url, desk.roster) as other:
        for number in range(1, 6):
            await asyncio.gather(desk.named(f"A{number}", "ada"), other.named(f"G{number}", "grace"))
            outcomes = await asyncio.gather(
                desk.publishing.publish(key("ada"), None), other.publishing.publish(key("grace"), None)
            )
            told = [each for each in outcomes if isinstance(each, Overtaken)]
            done = [each for each in outcomes if isinstance(each, Published)]
            assert (len(told), len(done)) == (1, 1)
            assert told[0].newest.setup == done[0].after == await desk.current()
            assert done[0].after.version == number
            for person in ("ada", "grace"):
                await desk.configuring.discard(key(person))


async def test_a_draft_that_names_a_deployment_that_is_gone_is_refused_at_its_field(desk: Desk) -> None:
    draft = await desk.named("Mine")
    gone = replace(draft.setup, settings=ChannelSettings(deployment="retired"))
    await desk.drafts.save(replace(draft, setup=gone))
    outcome = await desk.publishing.publish(key(), None)
    assert isinstance(outcome, Refused)
    assert set(outcome.fields) == {"deployment"}


async def test_history_says_who_when_and_what(desk: Desk) -> None:
    await desk.published("First")
    desk.clock.pass_(60)
    await desk.configuring.set_settings(key("grace"), None, {"temperature": "0.2", "past_messages": "4"})
    await desk.publishing.publish(key("grace"), None)
    newest, first = (await history(desk)).entries
    assert (newest.version.by, newest.version.at - first.version.at) == ("grace", 60)
    assert newest.changes == (
        Change("Temperature", "0.7", "0.2"),
        Change("Past messages included", "10", "4"),
    )
    assert first.version.by == "ada"
    assert [each.what for each in first.changes] == ["Name", "System message"]


async def test_history_comes_page_by_page_with_changes_across_the_edge(desk: Desk) -> None:
    for number in range(1, 8):
        await desk.published(f"Name {number}")
    shown: list[int] = []
    before = None
    while True:
        page = await history(desk, before, limit=3)
        shown += [each.version.setup.version for each in page.entries]
        for each in page.entries:
            assert [change.after for change in each.changes if change.what == "Name"] == [
                f"Name {each.version.setup.version}"
            ]
        if page.older is None:
            break
        before = page.older
    assert shown == [7, 6, 5, 4, 3, 2, 1]
    assert (await history(desk, limit=7)).older is None


async def test_an_earlier_version_is_brought_back_as_a_new_one(desk: Desk) -> None:
    first = await desk.published("First")
    second = await desk.published("Second")
    outcome = await desk.publishing.restore(key("grace"), 1, over=2)
    assert outcome == Published(second, replace(first, version=3))
    version = await desk.setups.version(TEAM, CHANNEL, 3)
    assert version is not None
    assert (version.by, version.restored, version.setup.persona.name) == ("grace", 1, "First")
    assert isinstance(await desk.publishing.restore(key(), 3, over=3), Unchanged)


async def test_restoring_over_a_version_that_was_not_seen_is_noticed(desk: Desk) -> None:
    for name in ("First", "Second", "Third"):
        await desk.published(name)
    outcome = await desk.publishing.restore(key(), 1, over=2)
    assert isinstance(outcome, Overtaken)
    assert outcome.newest.setup.persona.name == "Third"
    assert await desk.publishing.restore(key(), 9, over=3) == Gone()
    assert await desk.publishing.restore(key(), 0, over=3) == Gone()


async def test_a_restored_view_that_slack_sends_twice_counts_once(desk: Desk) -> None:
    await desk.published("First")
    await desk.published("Second")
    await desk.publishing.restore(key(), 1, over=2)
    assert isinstance(await desk.publishing.restore(key(), 1, over=2), Unchanged)
    assert (await desk.current()).version == 3


async def test_reset_publishes_the_usual_settings_and_nothing_else(desk: Desk) -> None:
    await desk.configuring.set_settings(key(), None, {"temperature": "0"})
    before = await desk.published("Xbox")
    draft = await desk.named("In the works", "grace")
    outcome = await desk.publishing.reset_settings(key())
    assert outcome == Published(before, replace(before, settings=ChannelSettings(), version=2))
    assert isinstance(await desk.publishing.reset_settings(key()), Unchanged)
    assert await desk.draft("grace") == draft


async def test_a_channel_without_a_setup_has_the_workspaces(desk: Desk) -> None:
    ours = await desk.published("Ours", "boss", WORKSPACE)
    assert ours.version == 1
    assert await desk.current("C2") == replace(ours, version=-1)
    second = await desk.published("Ours again", "root", WORKSPACE)
    assert await desk.current("C2") == replace(second, version=-2)
    own = await desk.published("Own")
    assert (own.version, (await desk.current()).persona.name) == (1, "Own")


async def test_a_version_that_an_answer_names_can_always_be_found_again(desk: Desk) -> None:
    await desk.published("Ours", "boss", WORKSPACE)
    await desk.published("Ours again", "boss", WORKSPACE)
    await desk.published("Own")
    found = {number: await desk.setups.version(TEAM, CHANNEL, number) for number in (-3, -2, -1, 0, 1, 2)}
    names = {number: each and (each.setup.persona.name, each.setup.version) for number, each in found.items()}
    assert names == {
        -3: None,
        -2: ("Ours again", -2),
        -1: ("Ours", -1),
        0: ("Confab", 0),
        1: ("Own", 1),
        2: None,
    }


async def test_a_draft_over_the_workspaces_default_becomes_the_channels_first_version(desk: Desk) -> None:
    await desk.published("Ours", "boss", WORKSPACE)
    mine = await desk.named("Mine")
    assert mine.setup.version == -1
    await desk.published("Ours again", "boss", WORKSPACE)
    assert not (await desk.opened()).overtaken
    assert isinstance(await desk.publishing.publish(key(), mine.mark), Published)
    assert (await desk.current()).version == 1


async def test_everything_that_a_setup_has_comes_back_from_the_database(desk: Desk) -> None:
    setup = Setup(
        Persona("Xbox", "Sell.", icon=":video_game:", greeting="Hello"),
        ChannelSettings(stop=("a", "\n"), turn_cap=3, announces=False),
        access=Access(Configurers.LISTED, ("ada",), open_to_read=False),
        foreign='{"mine": 1.0}',
    )
    assert await desk.setups.publish(TEAM, CHANNEL, setup, "ada", restored=4) == 1
    version = await desk.setups.version(TEAM, CHANNEL, 1)
    assert version is not None
    assert version.setup == replace(setup, version=1)
    assert (version.restored, version.at) == (4, desk.clock())


async def test_who_lost_the_right_cannot_publish_the_draft_they_have(desk: Desk) -> None:
    mine = await desk.named("Mine")
    desk.roster.members[CHANNEL].discard("ada")
    assert await desk.publishing.publish(key(), mine.mark) == NotAllowed(NoRight.NOT_MEMBER)
    assert (await desk.current()).version == 0
