"""The page as a whole in a real browser: its link to the bot, its widths, its names, its keys."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import Served
from tests.browser.stand_in import StandIn
from tests.browser.tabs import PHONE, Tab, open_tab

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_the_page_says_whether_the_bot_is_there_and_a_cut_socket_comes_back(
    tab: Tab, bot: StandIn
) -> None:
    connection = tab.sidebar.locator(".side-connection")
    await expect(connection).to_contain_text("Confab is connected")
    await tab.channel.get_by_label("Try the promises").click()
    await tab.page.get_by_role("button", name="Drop the connection").click()
    await expect(tab.page.get_by_text("The connection was cut.")).to_be_visible()
    await expect(connection).to_contain_text("Confab is away")
    await expect(connection).to_contain_text("Confab is connected", timeout=60_000)
    await tab.page.keyboard.press("Escape")
    await tab.say("@Confab are you back?")
    await bot.heard("are you back?")


async def test_a_redelivery_reaches_the_bot_as_a_retry_of_the_same_event(tab: Tab, bot: StandIn) -> None:
    await tab.say("@Confab once or twice?")
    await bot.heard("once or twice?")
    await tab.channel.get_by_label("Try the promises").click()
    await tab.page.get_by_role("button", name="Redeliver the last event").click()
    await expect(tab.page.get_by_text("Sent again, as a retry")).to_be_visible()
    again = await bot.retried("once or twice?")
    assert again.retry_attempt == 1
    assert [each.payload["event_id"] for each in bot.envelopes].count(again.payload["event_id"]) == 2


async def test_at_a_phones_width_there_is_one_pane_and_a_way_back(browser: Browser, served: Served) -> None:
    tab = await open_tab(browser, served.address, PHONE, where="general")
    panes = (tab.sidebar, tab.channel, tab.thread)
    assert [await pane.is_visible() for pane in panes] == [False, True, False]
    await tab.say("@Confab on a phone", "Message #general")
    await expect(tab.reply_box).to_be_visible()
    assert [await pane.is_visible() for pane in panes] == [False, False, True]
    await tab.thread.get_by_label("Back").tap()
    await expect(tab.channel).to_be_visible()
    await tab.channel.get_by_label("Back").tap()
    await expect(tab.sidebar).to_be_visible()
    width = await tab.page.evaluate("document.documentElement.scrollWidth")
    assert width == PHONE["width"]
    await tab.sidebar.get_by_role("button").filter(has_text="xbox-support").tap()
    await expect(tab.channel).to_be_visible()


async def test_every_button_and_box_has_a_name(tab: Tab, bot: StandIn) -> None:
    await tab.say("@Confab names for all")
    await bot.answer(await bot.heard("names for all"), "All have names")
    await expect(tab.message("All have names", tab.thread)).to_be_visible()
    nameless = await tab.page.evaluate(
        """() => [...document.querySelectorAll('button, textarea')]
            .filter(each => each.checkVisibility() && !each.getAttribute('aria-label'))
            .filter(each => {
                const icons = [...each.querySelectorAll('.q-icon')].map(icon => icon.innerText.trim());
                return icons.includes(each.innerText.trim()) || !each.innerText.trim();
            })
            .map(each => each.outerHTML.slice(0, 300))"""
    )
    assert nameless == []


async def test_the_whole_walk_is_possible_by_keyboard(tab: Tab, bot: StandIn) -> None:
    await tab.sidebar.get_by_role("button").filter(has_text="general").focus()
    await tab.page.keyboard.press("Enter")
    await tab.box("Message #general").focus()
    await tab.page.keyboard.type("@conf")
    await expect(tab.channel.get_by_role("option")).to_have_count(1)
    await tab.page.keyboard.press("Tab")
    await tab.page.keyboard.type("by keyboard")
    await tab.page.keyboard.press("Enter")
    await bot.heard("by keyboard")
    await expect(tab.reply_box).to_be_focused()
    await tab.page.keyboard.type("and on")
    await tab.page.keyboard.press("Enter")
    await bot.heard("and on")
