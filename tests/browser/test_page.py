"""The page in a real browser, with a bot that does as it is told."""

import pytest
from playwright.async_api import Browser, expect

from bot.playground.model import ScriptedAzure
from tests.browser.conftest import Served
from tests.browser.stand_in import StandIn
from tests.browser.tabs import Tab, open_tab
from tests.playground.page.asking import ask

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PROMPT = "<|im_start|>user\nHi\n<|im_end|>\n<|im_start|>assistant\n"


async def test_an_at_sign_offers_confab_first_and_enter_takes_it(tab: Tab) -> None:
    await tab.box().press_sequentially("@")
    await expect(tab.channel.get_by_role("option").first).to_contain_text("Confab")
    await tab.box().press_sequentially("gr")
    await expect(tab.channel.get_by_role("option")).to_have_count(1)
    await tab.box().press("Enter")
    await expect(tab.box()).to_have_value("@Grace ")
    await expect(tab.box()).to_be_focused()


async def test_enter_sends_and_shift_enter_makes_a_line(tab: Tab) -> None:
    await tab.box().press_sequentially("First line")
    await tab.box().press("Shift+Enter")
    await tab.box().press_sequentially("second line")
    await expect(tab.box()).to_have_value("First line\nsecond line")
    await tab.box().press("Enter")
    await expect(tab.message("First line")).to_contain_text("second line")
    await expect(tab.box()).to_have_value("")
    await tab.box().press("Enter")
    await expect(tab.message("First line")).to_have_count(1)


async def test_what_is_typed_right_after_enter_belongs_to_the_next_message(tab: Tab) -> None:
    await tab.box().press_sequentially("One of two")
    await tab.box().press("Enter")
    await tab.box().press_sequentially("Two of two")
    await expect(tab.box()).to_have_value("Two of two")
    await tab.box().press("Enter")
    await expect(tab.message("Two of two")).to_be_visible()


async def test_a_mention_opens_its_thread_where_the_answer_grows_in_place(tab: Tab, bot: StandIn) -> None:
    await tab.say("@Confab which console plays in 4K?")
    question = await bot.heard("in 4K?")
    await expect(tab.reply_box).to_be_focused()
    ts = await bot.start(question, "The **Series X**")
    answer = tab.message("The Series X", tab.thread)
    await expect(answer.locator("strong")).to_have_text("Series X")
    await expect(tab.thread.get_by_role("status")).to_contain_text("Confab is writing")
    await answer.evaluate("element => { element.kept = true }")
    await bot.go_on(question, ts, " does, at 60 frames.")
    await expect(answer).to_contain_text("The Series X does, at 60 frames.")
    assert await answer.evaluate("element => element.kept") is True
    await bot.stop(question, ts)
    await expect(tab.thread.get_by_text("Confab is writing")).to_be_hidden()
    await expect(tab.message("in 4K?", tab.channel).get_by_role("button", name="1 reply")).to_be_visible()


async def test_only_the_models_own_words_have_a_footnote(
    tab: Tab, bot: StandIn, azure: ScriptedAzure
) -> None:
    await tab.say("@Confab who says so?")
    question = await bot.heard("who says so?")
    refusal = {"event_type": "confab_turn", "event_payload": {"turn": 1, "part": 0}}
    await bot.answer(question, "That message is too long for me.", metadata=refusal)
    azure.answers.append("The model says so.")
    words = await ask(azure.endpoint, azure.key, PROMPT, f"{question['team']}.2")
    answer = {"event_type": "confab_turn", "event_payload": {"turn": 2, "part": 0}}
    await bot.answer(question, words, metadata=answer)
    await expect(tab.message("The model says so", tab.thread)).to_contain_text("Written by a stand-in")
    await expect(tab.message("too long for me", tab.thread)).to_be_visible()
    await expect(tab.thread.get_by_role("button", name="See the ChatML it saw")).to_have_count(1)


async def test_a_second_message_in_a_row_shows_who_replied_to_it(tab: Tab, bot: StandIn) -> None:
    await tab.go("general")
    await tab.say("First in a row", "Message #general")
    await tab.say("Second in a row", "Message #general")
    await bot.answer(await bot.heard("Second in a row"), "A reply to the second")
    second = tab.message("Second in a row", tab.channel)
    await expect(second.locator(".message-side .avatar")).to_be_hidden()
    await expect(second.locator(".reply-bar .avatar")).to_be_visible()


async def test_others_see_a_streams_first_words_until_it_ends(
    tab: Tab, bot: StandIn, browser: Browser, served: Served
) -> None:
    await tab.say("@Confab who sees this?")
    question = await bot.heard("who sees this?")
    ts = await bot.start(question, "At first")
    await bot.go_on(question, ts, " only you")
    graces = await open_tab(browser, served.address, who="grace", where="xbox-support", thread=question["ts"])
    await expect(tab.message("At first only you", tab.thread)).to_be_visible()
    await expect(graces.message("At first", graces.thread)).to_be_visible()
    await expect(graces.message("only you", graces.thread)).to_have_count(0)
    await bot.stop(question, ts)
    await expect(graces.message("At first only you", graces.thread)).to_be_visible()


async def test_an_ephemeral_message_is_marked_and_shown_to_one_person(
    tab: Tab, bot: StandIn, browser: Browser, served: Served
) -> None:
    graces = await open_tab(browser, served.address, who="grace", where="xbox-support")
    await tab.say("A word for me?")
    question = await bot.heard("A word for me?")
    await bot.web.chat_postEphemeral(
        channel=question["channel"], user=question["user"], text="Between the two of us"
    )
    await expect(tab.message("Between the two of us")).to_contain_text("Only visible to you")
    await expect(graces.message("A word for me?")).to_be_visible()
    await expect(graces.message("Between the two of us")).to_have_count(0)


async def test_nothing_in_an_answer_runs_or_is_fetched(tab: Tab, bot: StandIn) -> None:
    await tab.say("@Confab be careful")
    question = await bot.heard("be careful")
    attack = (
        "Careful <img src=x onerror='window.harmed=1'><script>window.harmed=1</script> "
        "![pixel](https://elsewhere.example/pixel.png) [link](javascript:window.harmed=1)"
    )
    await bot.answer(question, "Careful", blocks=[{"type": "markdown", "text": attack}])
    await expect(tab.message("Careful <img", tab.thread)).to_be_visible()
    assert await tab.page.evaluate("window.harmed") is None
    assert await tab.thread.locator("img").count() == 0


async def test_ones_own_messages_can_be_edited_and_deleted(tab: Tab) -> None:
    await tab.say("Somthing misspelt")
    await tab.do(tab.message("Somthing misspelt"), "Edit message")
    await tab.page.get_by_label("Edit message").fill("Something spelt")
    await tab.page.get_by_role("button", name="Save").click()
    await expect(tab.message("Something spelt")).to_contain_text("(edited)")
    await tab.do(tab.message("Something spelt"), "Delete message")
    await expect(tab.message("Something spelt")).to_have_count(0)


async def test_a_deleted_root_leaves_its_place_behind(tab: Tab, bot: StandIn) -> None:
    await tab.say("@Confab forget this question")
    question = await bot.heard("forget this question")
    await bot.answer(question, "An answer that stays")
    await expect(tab.message("An answer that stays", tab.thread)).to_be_visible()
    await tab.do(tab.message("forget this question", tab.channel), "Delete message")
    await expect(tab.channel.get_by_text("This message was deleted.").first).to_be_visible()
    await expect(tab.message("An answer that stays", tab.thread)).to_be_visible()


async def test_two_tabs_are_two_people_and_news_is_counted(
    tab: Tab, browser: Browser, served: Served
) -> None:
    graces = await open_tab(browser, served.address, who="grace", where="general")
    await graces.say("Morning, @Ada", "Message #general")
    link = tab.sidebar.get_by_role("button").filter(has_text="general")
    await expect(link.locator(".side-count")).to_have_text("1")
    await tab.go("general")
    await expect(tab.message("Morning, @Ada").locator(".message-name")).to_have_text("Grace")
    await expect(link.locator(".side-count")).to_be_hidden()


async def test_one_tab_can_speak_as_the_other_person(tab: Tab) -> None:
    await tab.sidebar.get_by_label("Speak as Grace").click()
    await expect(tab.sidebar.get_by_label("Speak as Grace")).to_have_attribute("aria-pressed", "true")
    await expect(tab.sidebar.get_by_text("launch-plans")).to_have_count(0)
    await tab.say("Grace was here")
    await expect(tab.message("Grace was here").locator(".message-name")).to_have_text("Grace")
    await tab.page.reload()
    await expect(tab.sidebar.get_by_label("Speak as Grace")).to_have_attribute("aria-pressed", "true")


async def test_a_direct_message_needs_no_mention(tab: Tab, bot: StandIn) -> None:
    await tab.go("Confab")
    await tab.say("Hello there", "Message Confab")
    question = await bot.heard("Hello there")
    assert question["channel_type"] == "im"
    await bot.answer(question, "Hello yourself")
    await expect(tab.message("Hello yourself", tab.thread)).to_be_visible()


async def test_buttons_and_menus_in_a_message_reach_the_bot(tab: Tab, bot: StandIn) -> None:
    await tab.say("@Confab give me a choice")
    question = await bot.heard("give me a choice")
    option = {"text": {"type": "plain_text", "text": "View code"}, "value": "code"}
    overflow = {"type": "overflow", "action_id": "more", "options": [option]}
    again = {
        "type": "button",
        "action_id": "again",
        "text": {"type": "plain_text", "text": "Again :repeat:"},
    }
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": "*Choose* one"}},
        {"type": "actions", "block_id": "choices", "elements": [again, overflow]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "A quiet line"}]},
    ]
    await bot.answer(question, "Choose one", blocks=blocks)
    answer = tab.message("Choose one", tab.thread)
    await expect(answer.locator("strong")).to_have_text("Choose")
    await answer.get_by_role("button", name="More options").click()
    await tab.page.get_by_role("menuitem").filter(has_text="View code").click()
    payload = await bot.pressed()
    assert payload["type"] == "block_actions"
    assert payload["actions"][0]["action_id"] == "more"
    assert payload["actions"][0]["block_id"] == "choices"
    assert payload["actions"][0]["selected_option"] == option
    assert payload["user"]["id"] == question["user"]
