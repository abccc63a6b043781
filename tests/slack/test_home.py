"""App Home, help for the admins, and what confab check says about Slack."""

import asyncio
import json

from bot.slack.home.tab import Home, home_view
from bot.slack.inbound import HomeOpened
from tests.slack.desk import Desk, desk
from tests.slack.virtual_time import in_virtual_time


async def opened(d: Desk, tab: str) -> None:
    home = Home(d.ours.calls)
    await home.opened(HomeOpened(d.theirs.ada.id, d.theirs.direct("ada").id, tab))
    await asyncio.sleep(1)
    await home.close()


@in_virtual_time
async def test_the_home_tab_says_what_confab_is_and_how_to_ask() -> None:
    async with desk() as d:
        await opened(d, "home")
        published = json.dumps(d.theirs.surfaces.homes[d.theirs.ada.id].content)
        assert "threads" in published
        assert "How to ask" in published


@in_virtual_time
async def test_the_messages_tab_offers_something_to_ask() -> None:
    async with desk() as d:
        await opened(d, "messages")
        assert len(d.theirs.surfaces.prompts[d.theirs.direct("ada").id]["prompts"]) == 2


@in_virtual_time
async def test_a_home_tab_that_slack_refuses_disturbs_nobody() -> None:
    async with desk() as d:
        d.theirs.faults.refuse("views.publish", "not_enabled")
        await opened(d, "home")
        assert d.methods() == ["views.publish"]


def test_the_home_tab_is_within_slacks_limits() -> None:
    view = home_view()
    assert len(json.dumps(view)) < 10_000
