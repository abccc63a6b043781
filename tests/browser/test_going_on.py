"""An answer that was cut goes on, one that failed is tried again, and a changed question answered anew."""

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.at_work import AtWork, answered, ask, both_widths, look, reply, said

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

CUT = {"text": "There are two models. The first", "ends": "length"}
BUSY = {"refusal": "rate_limited", "retry_after": 86_400}


@both_widths
async def test_a_cut_answer_goes_on_in_its_place(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        confab.says(CUT, " is small, the second is large.")
        cut = await ask(tab, f"@Confab which are there, at {viewport['width']}?", "The first")
        await expect(cut).to_contain_text("Press Continue and I go on.")
        await look(tab, "cut")
        await cut.get_by_role("button", name="Continue").click()
        whole = await answered(tab, "The first is small, the second is large.")
        await expect(whole).not_to_contain_text("Press Continue")
        await expect(whole.get_by_role("button", name="Continue")).to_have_count(0)
        await expect(tab.thread.locator(".message:has(.badge)")).to_have_count(1)
        await look(tab, "gone-on")


@both_widths
async def test_what_failed_is_tried_again_in_its_place(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        confab.says(BUSY, "There are two models.")
        await tab.say(f"@Confab how many, at {viewport['width']}?", "Message #general")
        sentence = await said(tab, "Please ask again in 24 hours")
        await expect(sentence.get_by_role("button", name="Try again")).to_be_visible()
        await look(tab, "failed")
        await sentence.get_by_role("button", name="Try again").click()
        await answered(tab, "There are two models.")
        await expect(tab.thread.get_by_text("Please ask again in 24 hours")).to_have_count(0)


@both_widths
async def test_who_changes_the_latest_question_is_offered_another_answer(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        confab.says("A blue one.", "A green one.", "You are welcome.")
        await ask(tab, f"@Confab which is blue, at {viewport['width']}?", "A blue one.")
        await tab.do(await said(tab, "which is blue"), "Edit message")
        await tab.page.get_by_label("Edit message").fill(f"@Confab which is green, at {viewport['width']}?")
        await tab.page.get_by_role("button", name="Save").click()
        offer = await said(tab, "You changed your question. Answer it anew?")
        await look(tab, "offer")
        await offer.get_by_role("button", name="Answer anew").click()
        await answered(tab, "A green one.")
        await expect(tab.thread.get_by_text("A blue one.")).to_have_count(0)
        await said(tab, "I answer your changed question now")
        await expect(tab.thread.get_by_role("button", name="Answer anew")).to_have_count(0)
        await look(tab, "answered-anew")
        await reply(tab, "thank you")
        await answered(tab, "You are welcome.")
        assert confab.asked[-1] == [f"which is green, at {viewport['width']}?", "thank you"]
