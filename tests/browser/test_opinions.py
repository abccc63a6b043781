"""What people think of answers: thumbs and a word, Not for you, and threads that are to be quiet."""

import pytest
from playwright.async_api import Browser, Locator, ViewportSize, expect

from tests.browser.at_work import (
    AtWork,
    answered,
    ask,
    both_widths,
    choose,
    leave,
    look,
    modal,
    reply,
)
from tests.browser.tabs import Tab

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

QUIET = "I am quiet in this thread now, as @Ada asked. Mention me, and I am back."


@both_widths
async def test_a_thumb_with_a_word_becomes_a_share_in_the_history(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport, where="xbox-support") as tab:
        confab.says("The Series X.")
        answer = await ask(
            tab, f"@Confab which one, at {viewport['width']}?", "The Series X.", "#xbox-support"
        )
        await answer.get_by_role("button", name="Rate this answer of Confab as good").click()
        view = await modal(tab, "Thank you")
        await expect(view).to_contain_text("you liked this answer")
        await view.get_by_label("Would you like to add a word?").fill("Short and right.")
        await look(tab, "thumb")
        await view.get_by_role("button", name="Send").click()
        await expect(tab.page.locator(".modal")).to_have_count(0)
        await answer.get_by_role("button", name="Rate this answer of Confab as good").click()
        again = await modal(tab, "Thank you")
        await expect(again.get_by_label("Would you like to add a word?")).to_have_value("Short and right.")
        await leave(tab)
        await choose(tab, answer, "More")
        await (await modal(tab, "About this answer")).get_by_role("button", name="History").click()
        await expect(await modal(tab, "History")).to_contain_text("100 % of")
        await look(tab, "history-share")
        await leave(tab)


@both_widths
async def test_an_answer_that_is_not_for_you_goes_and_the_thread_is_quiet_until_a_mention(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        confab.says("The secret is tuna.", "I know of no secret.")
        answer = await ask(tab, f"@Confab the secret, at {viewport['width']}", "The secret is tuna.")
        await tab.do(answer, "Not for you")
        await expect(await modal(tab, "Not for you")).to_contain_text("I have deleted this answer")
        await look(tab, "not-for-you")
        await leave(tab)
        await expect(answer).to_have_count(0)
        await reply(tab, "are you there?")
        await reply(tab, "@Confab what is the secret?")
        await answered(tab, "I know of no secret.")
        assert confab.asked[-1] == ["what is the secret?"]
        await look(tab, "not-for-you-after")


async def by_word(tab: Tab, _answer: Locator) -> None:
    await reply(tab, "mute")


async def by_menu(tab: Tab, answer: Locator) -> None:
    await choose(tab, answer, "More")
    await (await modal(tab, "About this answer")).get_by_role("button", name="Mute this thread").click()
    await expect(tab.page.locator(".modal")).to_contain_text("stay quiet there until somebody mentions me")
    await leave(tab)


async def by_reaction(tab: Tab, answer: Locator) -> None:
    await answer.hover()
    await answer.get_by_role("button", name="React").click()
    await tab.page.locator(".q-menu").get_by_text("mute").click()
    await expect(answer.get_by_role("button", name="mute, by Ada")).to_be_visible()


@both_widths
async def test_a_muted_thread_says_so_once_and_wakes_at_a_mention(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        confab.says("Here I am.", *(f"Back, number {count}." for count in (1, 2, 3)))
        answer = await ask(tab, f"@Confab are you here, at {viewport['width']}?", "Here I am.")
        for count, mute in enumerate((by_word, by_menu, by_reaction), start=1):
            await mute(tab, answer)
            await expect(tab.thread.get_by_text(QUIET)).to_have_count(count)
            await reply(tab, f"between us, {count}")
            await reply(tab, f"@Confab and now, {count}?")
            answer = await answered(tab, f"Back, number {count}.")
            assert confab.asked[-1][-1] == f"and now, {count}?"
            assert f"between us, {count}" not in confab.asked[-1]
        await look(tab, "muted")
