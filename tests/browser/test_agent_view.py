"""What Slack's agent view shows: prompts, that Confab is at work, the thread's title, and Stop."""

from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.at_work import (
    HELD,
    AtWork,
    answered,
    ask,
    at_work,
    both_widths,
    fits,
    leave_thread,
    look,
    reply,
)

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

STORY = "Once upon a time there was a boat. " * 40


@pytest.fixture(scope="module")
def confab(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    """One of its own: a busy workspace has no room for every title (Slack: fifty a minute)."""
    with at_work(tmp_path_factory.mktemp("agent-view")) as confab:
        yield confab


@both_widths
async def test_what_is_suggested_is_asked_with_a_press_and_the_session_shows_its_work_and_title(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport, where="confab") as tab:
        prompts = tab.channel.get_by_role("group", name="What can I help you with?")
        await look(tab, "agent-prompts")
        confab.says(HELD)
        await prompts.get_by_role("button", name="Draft something").click()
        status = tab.thread.get_by_role("status")
        await expect(status).to_contain_text("Confab is thinking")
        title = "Draft a short, friendly note that moves our meeting to"
        await expect(tab.thread.get_by_role("heading", level=2)).to_contain_text(title)
        await look(tab, "agent-thinking")
        confab.release()
        await answered(tab, "Late, but here.")
        await expect(status).to_be_hidden()
        assert await fits(tab)
        await look(tab, "agent-answered")


@both_widths
async def test_stop_keeps_the_half_answer_says_so_and_the_conversation_goes_on_from_it(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        confab.says({"text": STORY, "stuck_after": 30}, "The boat sailed on.")
        await tab.say(f"@Confab a long story, at {viewport['width']}", "Message #general")
        await expect(tab.thread.locator(".message.is-live")).to_contain_text("there was a boat")
        await look(tab, "stop-writing")
        await tab.thread.get_by_role("button", name="Stop").click()
        stopped = await answered(tab, "there was a boat")
        await expect(stopped).to_contain_text("stopped", ignore_case=True)
        await expect(tab.thread.get_by_role("status")).to_be_hidden()
        await look(tab, "stop-stopped")
        await reply(tab, "and then?")
        await answered(tab, "The boat sailed on.")
        remembered = confab.bodies[-1]["messages"][-2]
        assert remembered["role"] == "assistant"
        assert 0 < len(remembered["content"]) < len(STORY)


@both_widths
async def test_a_thread_keeps_the_title_that_people_give_it_and_the_home_tab_knows_it(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport, where="confab") as tab:
        confab.says("Good morning.", "Good night.")
        await ask(tab, f"Hello, at {viewport['width']}", "Good morning.", "Confab")
        await tab.thread.get_by_role("button", name="Rename this thread").click()
        title = f"Greetings at {viewport['width']}"
        await tab.page.get_by_label("Title of this thread").fill(title)
        await look(tab, "rename")
        await tab.page.keyboard.press("Enter")
        await expect(tab.thread.get_by_role("heading", name=title)).to_be_visible()
        await expect(tab.thread.get_by_role("button", name="Rename this thread")).to_be_focused()
        await reply(tab, "And good night")
        await answered(tab, "Good night.")
        await expect(tab.thread.get_by_role("heading", name=title)).to_be_visible()
        await look(tab, "renamed")
        await leave_thread(tab)
        root = tab.message(f"Hello, at {viewport['width']}", tab.channel)
        await root.get_by_role("button", name="3 replies").click()
        await expect(tab.thread.get_by_role("heading", name=title)).to_be_visible()
        await leave_thread(tab)
        await tab.channel.get_by_role("tab", name="Home").click()
        await expect(tab.channel.locator(".home").get_by_text(title)).to_be_visible()
        await look(tab, "home-title")
