"""Answers given again in their place, and answers that are long or wide."""

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.at_work import (
    AtWork,
    answered,
    ask,
    both_widths,
    choose,
    fits,
    leave,
    look,
    modal,
    reply,
)
from tests.browser.tabs import Tab

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

ROWS = "".join(f"| Game {number} | {number * 10} | Racing and puzzles |\n" for number in range(12))
TABLE = (
    f"Here they are:\n\n| Name | Price | Kind |\n|---|--:|---|\n{ROWS}\nAnd a list:\n\n1. First\n2. Second\n"
)
CODE = "\n".join(f"print('line {number} of a long program, wide enough to scroll')" for number in range(200))


@both_widths
async def test_another_answer_takes_the_place_of_the_latest_one_and_the_earlier_are_read_in_a_modal(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        confab.says("Take the boat.", "Take the train.", "Walk there.")
        first = await ask(tab, f"@Confab how do I get there, at {viewport['width']}?", "Take the boat.")
        await first.get_by_role("button", name="Regenerate").click()
        second = await answered(tab, "Take the train.")
        await expect(tab.thread.get_by_text("Take the boat.")).to_have_count(0)
        await second.get_by_role("button", name="Regenerate").click()
        await look(tab, "regenerated")
        await choose(tab, await answered(tab, "Walk there."), "More")
        await (await modal(tab, "About this answer")).get_by_role("button", name="Earlier versions").click()
        view = await modal(tab, "Earlier versions")
        await expect(view).to_contain_text("Take the train.")
        await look(tab, "earlier-versions")
        await view.get_by_role("button", name="Earlier").click()
        await expect(view).to_contain_text("Take the boat.")
        await leave(tab)
        await answered(tab, "Walk there.")


@both_widths
async def test_a_button_under_an_older_answer_explains_itself(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        confab.says("The first.", "The second.")
        older = await ask(tab, f"@Confab one, at {viewport['width']}", "The first.")
        await reply(tab, "and two")
        await answered(tab, "The second.")
        await older.get_by_role("button", name="Regenerate").click()
        await expect(tab.thread.get_by_text("only its latest answer can be given again")).to_be_visible()
        await look(tab, "older-answer")


@both_widths
async def test_a_table_a_list_and_a_fence_longer_than_a_message_stay_whole(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        program = f"The program:\n\n```python\n{CODE}\n```\n\nThat is [all](https://example.org/)."
        confab.says(TABLE, {"text": program})
        answer = await ask(tab, f"@Confab which games, at {viewport['width']}?", "Here they are:")
        await expect(answer.locator("tr")).to_have_count(13)
        await expect(answer.locator("ol > li")).to_have_count(2)
        assert await fits(tab)
        await look(tab, "table")
        await reply(tab, "and the program?")
        await answered(tab, "That is all.")
        assert await fenced(tab) == CODE
        assert await fits(tab)
        await look(tab, "fence")


async def fenced(tab: Tab) -> str:
    """All code in the thread, however many messages it takes."""
    pieces = await tab.thread.locator(".prose pre code").all_text_contents()
    return "\n".join(piece.strip("\n") for piece in pieces)
