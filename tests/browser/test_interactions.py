"""Commands, modals, the home tab, shortcuts and files on the page, with a bot that answers them."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.browser.conftest import Served
from tests.browser.interactive_bot import InteractiveBot, interactive_bot
from tests.browser.tabs import PHONE, Tab, open_tab

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PICTURES = Path(os.environ.get("CONFAB_SCREENSHOTS", "test-results"))


@pytest.fixture(scope="module")
def manifest() -> str:
    return str(Path(__file__).with_name("manifest.yml"))


@pytest_asyncio.fixture(loop_scope="module")
async def app(served: Served) -> AsyncIterator[InteractiveBot]:
    async with interactive_bot(f"{served.address}/api/", served.bot_token, served.app_token) as bot:
        yield bot


@pytest_asyncio.fixture(loop_scope="module")
async def tab(tab: Tab) -> AsyncIterator[Tab]:
    """Ada's tab, which leaves no modal open behind it."""
    tab.page.set_default_timeout(60_000)
    yield tab
    for _ in range(5):
        if await dialog(tab).count():
            await tab.page.keyboard.press("Escape")
            await tab.page.wait_for_timeout(200)
    await expect(dialog(tab)).to_have_count(0)


def dialog(tab: Tab) -> Locator:
    return tab.page.locator(".modal")


async def opened(tab: Tab) -> Locator:
    await expect(tab.sidebar.get_by_text("Confab is connected")).to_be_visible()
    await tab.say("/confab settings")
    await expect(dialog(tab)).to_be_visible()
    await expect(dialog(tab).locator(".dialog-title")).to_have_text("Channel settings")
    return dialog(tab)


async def pushed(tab: Tab) -> Locator:
    modal = await opened(tab)
    await modal.get_by_role("button", name="Open").click()
    await expect(modal.locator(".dialog-title")).to_have_text("Assistant setup")
    return modal


async def test_a_slash_offers_the_manifests_commands_with_their_hints(tab: Tab) -> None:
    await tab.box().press_sequentially("/")
    offer = tab.channel.get_by_role("option").first
    await expect(offer).to_contain_text("/confab [settings | persona")
    await expect(offer).to_contain_text("Settings, personas")
    await tab.box().press("Enter")
    await expect(tab.box()).to_have_value("/confab ")


async def test_a_command_opens_its_modal_which_leaves_by_its_x(tab: Tab, app: InteractiveBot) -> None:
    modal = await opened(tab)
    await tab.page.wait_for_timeout(300)  # it fades in
    await tab.shoot(PICTURES / "modal.png")
    await modal.get_by_role("button", name="Close").first.click()
    await expect(dialog(tab)).to_have_count(0)
    assert (await app.told(lambda body: body.get("type") == "view_closed"))["is_cleared"]


async def test_pushed_views_go_back_and_escape_closes_the_top_one(tab: Tab, app: InteractiveBot) -> None:
    modal = await pushed(tab)
    await modal.get_by_role("button", name="Back").first.click()
    await expect(modal.locator(".dialog-title")).to_have_text("Channel settings")
    await modal.get_by_role("button", name="Open").click()
    await expect(modal.locator(".dialog-title")).to_have_text("Assistant setup")
    await tab.page.keyboard.press("Escape")
    await expect(modal.locator(".dialog-title")).to_have_text("Channel settings")
    await tab.page.keyboard.press("Escape")
    await expect(dialog(tab)).to_have_count(0)


async def test_every_input_is_filled_in_and_submitted(tab: Tab, app: InteractiveBot) -> None:
    modal = await pushed(tab)
    await modal.get_by_label("System message").fill('You are "kind"\nand brief.')
    await modal.get_by_label("Temperature").fill("0.2")
    await modal.get_by_label("Deployment").select_option("qwen3")
    await modal.get_by_label("Grace").check()
    await modal.get_by_label("everyone").check()
    await modal.get_by_label("Show the icon").check()
    await modal.get_by_label("Setup file").set_input_files(
        {"name": "setup.json", "mimeType": "application/json", "buffer": b"{}"}
    )
    await expect(modal.get_by_text("setup.json, 2 bytes")).to_be_visible()
    await tab.shoot(PICTURES / "modal-inputs.png")
    await modal.get_by_role("button", name="Save draft").click()
    await expect(modal.locator(".dialog-title")).to_have_text("Channel settings")
    values = {name: inner["value"] for name, inner in (await app.submitted("setup")).items()}
    assert values["system"]["value"] == 'You are "kind"\nand brief.'
    assert values["temperature"]["value"] == "0.2"
    assert values["model"]["selected_option"]["value"] == "qwen3"
    assert len(values["who"]["selected_users"]) == 1
    assert values["when"]["selected_option"]["value"] == "all"
    assert [each["value"] for each in values["more"]["selected_options"]] == ["icon"]
    assert values["setup"]["files"][0]["name"] == "setup.json"


async def test_a_bad_value_is_refused_at_its_field_by_the_page_and_by_the_app(
    tab: Tab, app: InteractiveBot
) -> None:
    modal = await pushed(tab)
    await modal.get_by_label("Temperature").fill("3")
    await modal.get_by_role("button", name="Save draft").click()
    await expect(modal.get_by_role("alert").filter(has_text="no more than 2")).to_be_visible()
    await expect(modal.get_by_label("Temperature")).to_be_focused()
    app.errors = {"temperature": "Use 0 to 2, as in 0.7."}
    await modal.get_by_label("Temperature").fill("2")
    await modal.get_by_label("Temperature").press("Enter")
    await expect(modal.get_by_role("alert").filter(has_text="Use 0 to 2")).to_be_visible()
    await expect(modal.get_by_label("Temperature")).to_have_value("2")
    await tab.shoot(PICTURES / "modal-error.png")
    await modal.get_by_role("button", name="Save draft").click()
    await expect(modal.locator(".dialog-title")).to_have_text("Channel settings")


async def test_an_external_select_asks_the_app_and_a_confirmation_asks_the_person(
    tab: Tab, app: InteractiveBot
) -> None:
    modal = await opened(tab)
    await modal.get_by_role("combobox").press_sequentially("xb")
    await modal.get_by_role("option", name="Xbox support agent").click()
    sure = tab.page.locator(".confirm")
    await expect(sure.get_by_text("are replaced")).to_be_visible()
    await tab.page.wait_for_timeout(300)  # it fades in
    await tab.shoot(PICTURES / "modal-confirm.png")
    await sure.get_by_role("button", name="Update").click()
    assert (await app.acted("preset"))["actions"][0]["selected_option"]["value"] == "xbox"
    await modal.get_by_role("combobox").fill("pi")
    await modal.get_by_role("option", name="Pirate").click()
    await sure.get_by_role("button", name="Keep mine").click()
    await expect(modal.get_by_role("combobox")).to_have_value("Xbox support agent")
    await modal.get_by_role("button", name="Reset").click()
    await sure.get_by_role("button", name="Keep mine").click()
    await expect(sure).to_have_count(0)
    assert not any(each.get("actions", [{}])[0].get("action_id") == "reset" for each in app.heard)


async def test_the_focus_stays_inside_a_modal(tab: Tab, app: InteractiveBot) -> None:
    modal = await pushed(tab)
    for _ in range(40):
        await tab.page.keyboard.press("Tab")
        assert await modal.evaluate("element => element.contains(document.activeElement)")


async def test_the_home_tab_stands_beside_the_messages(tab: Tab, app: InteractiveBot) -> None:
    await tab.go("Confab")
    await tab.channel.get_by_role("tab", name="Home").click()
    await expect(tab.channel.get_by_text("Xbox support agent")).to_be_visible()
    await tab.shoot(PICTURES / "home.png")
    await tab.channel.get_by_label("Sort").select_option("qwen3")
    assert (await app.acted("sort"))["view"]["type"] == "home"
    await tab.channel.get_by_role("button", name="Open settings").click()
    await expect(dialog(tab)).to_be_visible()
    await tab.page.keyboard.press("Escape")
    await tab.channel.get_by_role("tab", name="Messages").click()
    await expect(tab.box("Message Confab")).to_be_visible()


async def test_shortcuts_stand_in_a_messages_menu_and_at_the_box(tab: Tab, app: InteractiveBot) -> None:
    await tab.say("A message to start from")
    await tab.do(tab.message("A message to start from"), "Channel settings")
    await expect(dialog(tab)).to_be_visible()
    assert (await app.told(lambda body: body.get("type") == "message_action"))["message"]["text"] == (
        "A message to start from"
    )
    await tab.page.keyboard.press("Escape")
    await tab.channel.get_by_label("Shortcuts and commands").click()
    await tab.page.get_by_role("menuitem").filter(has_text="Start a session").click()
    await expect(dialog(tab)).to_be_visible()


async def test_what_is_for_one_person_can_be_pressed_and_dismissed(tab: Tab, app: InteractiveBot) -> None:
    await tab.say("/confab help")
    answer = tab.message("Try /confab settings.")
    await expect(answer).to_contain_text("Only visible to you")
    said = await app.told(lambda body: body.get("command") == "/confab")
    await app.offer(said["channel_id"], said["user_id"])
    await tab.page.get_by_role("button", name="Set up").click()
    assert (await app.acted("reset"))["container"]["is_ephemeral"]
    await answer.get_by_role("button", name="Dismiss").click()
    await expect(answer).to_have_count(0)


async def test_commands_are_refused_in_threads(tab: Tab, app: InteractiveBot) -> None:
    await tab.say("@Confab a thread")
    await tab.say("/confab settings", "Reply in the thread")
    await expect(tab.message("is not supported in threads", tab.thread)).to_be_visible()
    await expect(dialog(tab)).to_have_count(0)


async def test_a_file_is_previewed_and_downloaded(tab: Tab, app: InteractiveBot) -> None:
    await tab.say("/confab help")
    said = await app.told(lambda body: body.get("command") == "/confab")
    content = "\n".join(f"line {number}: <b>&amp;</b>" for number in range(30))
    await app.web.files_upload_v2(channel=said["channel_id"], content=content, filename="request.py")
    message = tab.message("request.py")
    await expect(message.locator(".file-preview")).to_contain_text("line 11: <b>&amp;</b>")
    await expect(message.locator(".file-preview")).not_to_contain_text("line 12")
    await message.get_by_role("button", name="Show all 30 lines").click()
    await expect(message.locator(".file-preview")).to_contain_text("line 29")
    async with tab.page.expect_download() as download:
        await message.get_by_label("Download request.py").click()
    assert (await (await download.value).path()).read_text() == content


async def test_a_link_to_a_message_opens_it_here(tab: Tab, app: InteractiveBot) -> None:
    await tab.say("@Confab where am I?")
    asked = await app.told(lambda body: "where am I?" in body.get("event", {}).get("text", ""))
    event = asked["event"]
    link = (await app.web.chat_getPermalink(channel=event["channel"], message_ts=event["ts"]))["permalink"]
    await app.web.chat_postMessage(channel=event["channel"], text=f"Over <{link}|there>")
    await tab.go("general")
    await tab.go("xbox-support")
    await tab.message("Over there").get_by_role("link").click()
    await expect(tab.message("where am I?", tab.thread)).to_be_visible()


async def test_a_modal_fills_a_phone(browser: Browser, served: Served, app: InteractiveBot) -> None:
    tab = await open_tab(browser, served.address, PHONE)
    await tab.say("/confab")
    modal = dialog(tab)
    await expect(modal).to_be_visible()
    await modal.get_by_role("button", name="Open").tap()
    await expect(modal.locator(".dialog-title")).to_have_text("Assistant setup")
    await tab.page.wait_for_timeout(300)  # it fades in
    await tab.shoot(PICTURES / "modal-phone.png")
    box = await modal.bounding_box()
    assert box is not None
    assert (box["x"], box["width"], box["height"]) == (0, PHONE["width"], PHONE["height"])
    assert await tab.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert tab.hosts == {"127.0.0.1"}
