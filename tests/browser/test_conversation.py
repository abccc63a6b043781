"""A conversation as people have it on a desk and on a phone, and by the keyboard alone."""

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.conftest import Served
from tests.browser.stand_in import StandIn
from tests.browser.tabs import DESKTOP, PHONE, Tab, open_tab

pytestmark = [pytest.mark.asyncio(loop_scope="module")]

both_widths = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])

ROWS = "".join(f"| Game {number} | {number * 10} | Racing and puzzles |\n" for number in range(40))
TABLE = (
    f"Here they are:\n\n| Name | Price | Kind |\n|---|--:|---|\n{ROWS}\n1. First\n   - *nested*\n2. Second"
)
BUTTON = {"type": "button", "action_id": "again", "text": {"type": "plain_text", "text": "Again"}}
OPTION = {"text": {"type": "plain_text", "text": "View code"}, "value": "code"}
ROW = {
    "type": "actions",
    "elements": [BUTTON, {"type": "overflow", "action_id": "more", "options": [OPTION]}],
}


async def fits(tab: Tab) -> bool:
    """Whether nothing stands out of the screen's side."""
    return bool(await tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@both_widths
async def test_two_people_talk_in_one_thread_and_a_long_table_stays_within_it(
    browser: Browser, served: Served, bot: StandIn, viewport: ViewportSize
) -> None:
    ada = await open_tab(browser, served.address, viewport)
    asked = f"@Confab which games, at {viewport['width']}?"
    await ada.say(asked)
    question = await bot.heard(asked.removeprefix("@Confab "))
    await bot.answer(question, "Here they are", blocks=[{"type": "markdown", "text": TABLE}])
    answer = ada.message("Here they are", ada.thread)
    await expect(answer.locator("tr")).to_have_count(41)
    await expect(answer.locator("ol > li > ul > li")).to_have_text("nested")
    assert await fits(ada)
    grace = await open_tab(
        browser, served.address, viewport, who="grace", where="xbox-support", thread=question["ts"]
    )
    await grace.reply_box.fill("And what do they cost?")
    await grace.reply_box.press("Enter")
    heard = await bot.heard("And what do they cost?")
    assert heard["thread_ts"] == question["ts"]
    await expect(ada.message("And what do they cost?", ada.thread)).to_contain_text("Grace")
    await grace.page.context.close()
    await ada.page.context.close()


@both_widths
async def test_a_message_is_edited_and_deleted(
    browser: Browser, served: Served, bot: StandIn, viewport: ViewportSize
) -> None:
    tab = await open_tab(browser, served.address, viewport)
    width = viewport["width"]
    await tab.say(f"Frist at {width}")
    await tab.do(tab.message(f"Frist at {width}"), "Edit message")
    await tab.page.get_by_label("Edit message").fill(f"First at {width}")
    await tab.page.get_by_role("button", name="Save").click()
    await expect(tab.message(f"First at {width}")).to_contain_text("(edited)")
    await bot.answer(await bot.heard(f"Frist at {width}"), "An answer")
    await expect(tab.message(f"First at {width}").get_by_role("button", name="1 reply")).to_be_visible()
    await tab.do(tab.message(f"First at {width}"), "Delete message")
    await expect(tab.message(f"First at {width}")).to_have_count(0)
    await expect(tab.channel.get_by_text("This message was deleted.").last).to_be_visible()
    await tab.page.context.close()


async def test_the_keyboard_alone_asks_opens_menus_and_presses(tab: Tab, bot: StandIn) -> None:
    await tab.box().focus()
    await tab.page.keyboard.type("@Confab by keyboard?")
    await tab.page.keyboard.press("Enter")
    question = await bot.heard("by keyboard?")
    words = {"type": "markdown", "text": "Without a mouse"}
    await bot.answer(question, "Without a mouse", blocks=[words, ROW])
    answer = tab.message("Without a mouse", tab.thread)
    await expect(answer.get_by_role("button", name="Again")).to_be_visible()
    await expect(tab.reply_box).to_be_focused()
    more = answer.get_by_role("button", name="More options")
    await tab.walk_to(more, "Shift+Tab")
    await tab.page.keyboard.press("Enter")
    await expect(tab.page.get_by_role("menuitem").filter(has_text="View code")).to_be_visible()
    await tab.page.keyboard.press("Escape")
    await expect(more).to_be_focused()
    await tab.walk_to(answer.get_by_role("button", name="Again"), "Shift+Tab")
    await tab.page.keyboard.press("Enter")
    assert (await bot.pressed())["actions"][0]["action_id"] == "again"
    await tab.walk_to(tab.thread.get_by_role("button", name="Close"), "Shift+Tab")
    await tab.page.keyboard.press("Enter")
    await expect(tab.thread).to_be_hidden()
    await tab.walk_to(tab.message("by keyboard?", tab.channel).get_by_role("button", name="1 reply"))
    await tab.page.keyboard.press("Enter")
    await expect(answer).to_be_visible()


async def test_an_emoji_is_put_under_a_message_and_taken_off(tab: Tab, bot: StandIn) -> None:
    await tab.say("@Confab is it so?")
    await bot.answer(await bot.heard("is it so?"), "Certainly")
    answer = tab.message("Certainly", tab.thread)
    await answer.hover()
    await answer.get_by_role("button", name="React").click()
    await tab.page.get_by_role("menuitem").filter(has_text="mute").click()
    reaction = answer.get_by_role("button", name="mute, by Ada")
    await expect(reaction).to_have_attribute("aria-pressed", "true")
    await reaction.click()
    await expect(reaction).to_have_count(0)


async def test_what_the_app_suggests_is_asked_with_a_press_and_the_thread_bears_its_title(
    tab: Tab, bot: StandIn
) -> None:
    await tab.go("Confab")
    await tab.say("Which channel is this?", "Message Confab")
    question = await bot.heard("Which channel is this?")
    prompts = [{"title": "A haiku", "message": "Write a haiku about autumn"}]
    await bot.web.assistant_threads_setSuggestedPrompts(channel_id=question["channel"], prompts=prompts)
    await tab.channel.get_by_role("group", name="Try asking").get_by_role("button", name="A haiku").click()
    asked = await bot.heard("haiku about autumn")
    await bot.web.api_call(
        "agents.sessions.setStatus",
        json={
            "channel_id": asked["channel"],
            "thread_ts": asked["ts"],
            "status": "processing",
            "title": "Autumn haiku",
        },
    )
    await expect(tab.thread.get_by_role("heading", name="Autumn haiku")).to_be_visible()
    await expect(tab.thread.get_by_role("status")).to_contain_text("Confab is thinking")
