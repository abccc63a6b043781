"""Addresses of the workspace's own, which an app makes by itself: they lead to places on this page."""

import pytest
from playwright.async_api import expect

from tests.browser.stand_in import StandIn
from tests.browser.tabs import Tab
from tests.browser.views import button, mrkdwn

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_link_and_a_button_lead_to_a_thread_and_a_channel(tab: Tab, bot: StandIn) -> None:
    await expect(tab.sidebar.get_by_text("Confab is connected")).to_be_visible()
    await tab.say("@Confab which way?")
    asked = await bot.heard("which way?")
    await tab.go("general")
    await tab.say("Another place", "Message #general")
    ours = f"{(await bot.web.auth_test())['url']}archives/"
    link = f"{ours}{asked['channel']}/p{asked['ts'].replace('.', '')}"
    visit = button("visit", "Visit") | {"url": f"{ours}{(await bot.heard('Another place'))['channel']}"}
    way = {"type": "section", "text": mrkdwn(f"<{link}|The thread>"), "accessory": visit}
    await bot.web.chat_postMessage(channel=asked["channel"], text="Ways", blocks=[way])
    await tab.go("xbox-support")
    await tab.channel.get_by_role("button", name="Visit").click()
    await expect(tab.channel.locator(".head-name")).to_contain_text("general")
    await tab.go("xbox-support")
    await tab.channel.get_by_role("link", name="The thread").click()
    await expect(tab.message("which way?", tab.thread)).to_be_visible()
    assert len(tab.page.context.pages) == 1
