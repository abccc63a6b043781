"""What Confab knows of a thread: who said what, what was changed since, what was there before it came."""

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.at_work import (
    AtWork,
    answered,
    ask,
    begin_thread,
    both_widths,
    leave,
    leave_thread,
    look,
    modal,
    reply,
    said,
)
from tests.browser.tabs import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@both_widths
async def test_what_was_edited_or_deleted_is_remembered_as_it_is_now(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        confab.says("Noted.", "Noted, too.", "As it is now.")
        await ask(tab, f"@Confab my cat is Tom, at {viewport['width']}", "Noted.")
        await reply(tab, "and my dog is Rex")
        await answered(tab, "Noted, too.")
        await tab.do(await said(tab, "my cat is Tom"), "Edit message")
        await tab.page.get_by_label("Edit message").fill(f"@Confab my cat is Tim, at {viewport['width']}")
        await tab.page.get_by_role("button", name="Save").click()
        await expect(await said(tab, "my cat is Tim")).to_contain_text("(edited)")
        await tab.do(await said(tab, "my dog is Rex"), "Delete message")
        await expect(tab.thread.get_by_text("my dog is Rex")).to_have_count(0)
        await reply(tab, "what do you know?")
        await answered(tab, "As it is now.")
        assert confab.asked[-1] == [f"my cat is Tim, at {viewport['width']}", "what do you know?"]
        await look(tab, "edited")


@both_widths
async def test_a_conversation_ends_with_its_root(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        confab.says("Here I am.", "Somewhere else.")
        await ask(tab, f"@Confab a root, at {viewport['width']}", "Here I am.")
        await tab.do(await said(tab, f"a root, at {viewport['width']}"), "Delete message")
        await said(tab, "This message was deleted.")
        await reply(tab, "are you still there?")
        await said(tab, "are you still there?")
        await look(tab, "root-deleted")
        await leave_thread(tab)
        await ask(tab, f"@Confab elsewhere, at {viewport['width']}", "Somewhere else.")
        assert confab.asked[-1] == [f"elsewhere, at {viewport['width']}"]
        assert all("are you still there?" not in each for each in confab.asked)


async def test_the_mention_that_called_confab_into_a_channel_is_answered_once_it_is_there(
    confab: AtWork, browser: Browser
) -> None:
    async with (
        confab.tab(browser, DESKTOP, where="random", who="grace") as desk,
        confab.tab(browser, PHONE, where="random") as phone,
    ):
        confab.says("Thank you for asking me in.")
        await desk.say("@Confab can you help here?", "Message #random")
        await expect(phone.message("can you help here?", phone.channel)).to_be_visible()
        await look(phone, "not-invited")
        await phone.channel.get_by_role("button", name="Invite Confab").click()
        for tab in (desk, phone):
            root = tab.message("can you help here?", tab.channel)
            await root.get_by_role("button", name="1 reply").click()
            await answered(tab, "Thank you for asking me in.")
            await expect(tab.channel.get_by_role("button", name="Invite Confab")).to_have_count(0)
            await look(tab, "invited")


@both_widths
async def test_a_bare_mention_in_a_thread_of_people_is_answered_in_the_light_of_what_they_said(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    lake = f"the lake, at {viewport['width']}"
    async with confab.tab(browser, viewport, who="grace") as grace:
        await grace.say(f"Shall we go to {lake}?", "Message #general")
        await begin_thread(grace, lake)
        await reply(grace, "I can bring cake")
        async with confab.tab(browser, viewport) as ada:
            await ada.message(lake, ada.channel).get_by_role("button", name="1 reply").click()
            await reply(ada, "I have a boat")
            confab.says("Go by boat, and eat the cake there.")
            await reply(ada, "@Confab")
            await answered(ada, "Go by boat")
            await look(ada, "invited-late")
        await answered(grace, "Go by boat")
    told = confab.asked[-1]
    assert told[:-1] == [f"Grace: Shall we go to {lake}?", "Grace: I can bring cake", "Ada: I have a boat"]
    assert told[-1].startswith("Ada: ")


@both_widths
async def test_of_several_people_in_a_thread_confab_knows_who_says_what_and_pings_nobody(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as ada:
        confab.says("Good plan.", "@Grace is right, <@U123> too.")
        await ask(ada, f"@Confab I sail, at {viewport['width']}", "Good plan.")
        async with confab.tab(browser, viewport, who="grace") as grace:
            root = grace.message(f"I sail, at {viewport['width']}", grace.channel)
            await root.get_by_role("button", name="1 reply").click()
            await reply(grace, "@Confab and I swim, @Ada knows")
            answer = await answered(ada, "Grace is right")
            assert await answer.locator(".mention").count() == 0
            await look(grace, "several-people")
    said_by = confab.bodies[-1]["messages"]
    spoken = [each["content"] for each in said_by if each["role"] != "system"]
    assert spoken == [f"Ada: I sail, at {viewport['width']}", "Good plan.", "Grace: and I swim, @Ada knows"]


@both_widths
async def test_a_thread_is_summarised_for_one_person_who_posts_it(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        await tab.say(f"The boat leaks, at {viewport['width']}", "Message #general")
        await begin_thread(tab, f"The boat leaks, at {viewport['width']}")
        await reply(tab, "I will mend it")
        await said(tab, "I will mend it")
        confab.says("The boat leaks; Ada mends it.")
        await tab.do(await said(tab, "I will mend it"), "Summarise thread")
        view = await modal(tab, "Summary")
        await expect(view).to_contain_text("Ada mends it.")
        await look(tab, "summary")
        await view.get_by_role("button", name="Post").click()
        await expect(view).to_contain_text("the summary stands in the thread now")
        await leave(tab)
        posted = await said(tab, "The boat leaks; Ada mends it.")
        await expect(posted).to_contain_text("Summarised for @Ada")
        await look(tab, "summary-posted")
