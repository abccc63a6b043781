"""A draft that somebody overtook goes on top of the newer version, and then publishes like any other."""

import pytest

from bot.chat.outcomes import Done, Gone, NotAllowed, OnTop, Overtaken, Published, Stale
from bot.chat.rights import NoRight
from bot.chat.setup import Access, Configurers
from tests.chat.configuring.desk import Desk, key


async def overtaken(desk: Desk) -> str:
    """Ada changes the temperature while Grace publishes another name and temperature; Ada's mark."""
    mine = await desk.configuring.set_settings(key("ada"), None, {"temperature": "0.1", "top_p": "0.5"})
    assert isinstance(mine, Done)
    await desk.configuring.set_settings(key("grace"), None, {"temperature": "0.9", "max_response": "400"})
    await desk.published("Theirs", "grace")
    assert isinstance(await desk.publishing.publish(key("ada"), None), Overtaken)
    return mine.draft.mark


async def test_my_changes_go_on_top_of_theirs_and_are_published_then(desk: Desk) -> None:
    mark = await overtaken(desk)
    done = await desk.publishing.keep_on_top(key("ada"), mark)
    assert isinstance(done, OnTop)
    assert done.both == ("Temperature",)
    assert (await desk.current()).settings.temperature == 0.9, "nothing is published by it"
    assert not (await desk.opened("ada")).overtaken
    published = await desk.publishing.publish(key("ada"), done.draft.mark)
    assert isinstance(published, Published)
    setup = await desk.current()
    assert (setup.version, setup.persona.name) == (2, "Theirs")
    assert (setup.settings.temperature, setup.settings.top_p, setup.settings.max_response) == (0.1, 0.5, 400)


async def test_a_draft_that_moved_on_is_not_put_on_top_unseen(small_desk: Desk) -> None:
    mark = await overtaken(small_desk)
    await small_desk.configuring.set_settings(key("ada"), None, {"past_messages": "3"})
    assert isinstance(await small_desk.publishing.keep_on_top(key("ada"), mark), Stale)


async def test_without_a_draft_there_is_nothing_to_put_on_top(small_desk: Desk) -> None:
    await small_desk.published("Theirs", "grace")
    assert isinstance(await small_desk.publishing.keep_on_top(key("ada"), None), Gone)


@pytest.mark.parametrize("person", ["ada", "guest"])
async def test_who_may_not_publish_any_more_puts_nothing_on_top(small_desk: Desk, person: str) -> None:
    desk = small_desk
    await overtaken(desk)
    before = await desk.drafts.of(key("ada"))
    shut = await desk.configuring.set_access(
        key("grace"), None, configurers=Configurers.LISTED, people=(), open_to_read=True
    )
    assert isinstance(shut, Done)
    assert shut.draft.setup.access == Access(Configurers.LISTED)
    await desk.publishing.publish(key("grace"), None)
    done = await desk.publishing.keep_on_top(key(person), None)
    assert done == NotAllowed(NoRight.NOT_FULL if person == "guest" else NoRight.NOT_LISTED)
    assert await desk.drafts.of(key("ada")) == before
