"""Files and pictures that people share, and whom they are shared by."""

import base64

import pytest
from playwright.async_api import Browser, FilePayload, expect

from tests.browser.conftest import Served
from tests.browser.stand_in import StandIn
from tests.browser.tabs import DESKTOP, PHONE, Tab, open_tab

pytestmark = [pytest.mark.asyncio(loop_scope="module")]

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NOTES: FilePayload = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"Series X: 4K at 60 frames\n"}
PICTURE: FilePayload = {"name": "console.png", "mimeType": "image/png", "buffer": DOT}


async def attach(tab: Tab, *files: FilePayload) -> None:
    box = tab.channel.locator(".composer")
    await box.locator(".attach-upload input[type=file]").set_input_files(list(files))
    for file in files:
        await expect(box.get_by_role("button", name=f"Remove {file['name']}")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_files_are_shared_with_a_question_and_shown_with_words(
    browser: Browser, served: Served, bot: StandIn, viewport: object
) -> None:
    tab = await open_tab(browser, served.address, DESKTOP if viewport is DESKTOP else PHONE)
    await attach(tab, NOTES, PICTURE)
    await tab.page.get_by_label("What console.png shows").fill("A console, from above")
    await tab.say("@Confab what is in these?")
    event = await bot.heard("what is in these?")
    assert [file["name"] for file in event["files"]] == ["notes.txt", "console.png"]
    assert event["files"][1]["alt_txt"] == "A console, from above"
    shown = tab.message("what is in these?", tab.thread)
    await expect(shown.locator(".file-preview")).to_contain_text("4K at 60 frames")
    picture = shown.get_by_role("button", name="Enlarge: A console, from above")
    await expect(picture.get_by_role("img")).to_have_js_property("naturalWidth", 1)
    await picture.press("Enter")
    await expect(tab.page.get_by_role("dialog").get_by_role("img")).to_be_visible()
    await tab.page.keyboard.press("Escape")
    await expect(tab.page.get_by_role("dialog")).to_have_count(0)
    assert await tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await tab.page.context.close()


async def test_a_file_can_be_taken_away_before_it_is_sent(tab: Tab, bot: StandIn) -> None:
    await attach(tab, NOTES, PICTURE)
    await tab.channel.get_by_role("button", name="Remove notes.txt").click()
    await expect(tab.channel.locator(".attached-name")).to_have_text(["console.png"])
    await tab.say("Only the picture")
    assert [file["name"] for file in (await bot.heard("Only the picture"))["files"]] == ["console.png"]
    await expect(tab.channel.locator(".attached-file")).to_have_count(0)


async def test_a_pasted_file_is_attached_and_may_go_without_words(tab: Tab) -> None:
    await tab.box().focus()
    await tab.box().evaluate(
        """(box) => {
            const data = new DataTransfer();
            data.items.add(new File(["pasted"], "pasted.txt", { type: "text/plain" }));
            box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }"""
    )
    await expect(tab.channel.locator(".attached-name")).to_have_text("pasted.txt")
    await tab.box().press("Enter")
    await expect(tab.message("pasted.txt").locator(".file-preview")).to_have_text("pasted")


async def test_one_may_speak_as_a_guest_and_as_somebody_from_elsewhere(tab: Tab, bot: StandIn) -> None:
    await tab.sidebar.get_by_role("button", name="Speak as Joan, guest").click()
    links = tab.sidebar.locator(".side-link")
    await expect(links.filter(has_text="xbox-support")).to_have_count(1)
    await expect(links.filter(has_text="general")).to_have_count(0)
    await tab.say("A guest was here")
    await expect(tab.message("A guest was here").locator(".message-name")).to_have_text("Joan")
    await tab.sidebar.get_by_role("button", name="Speak as Alan, from elsewhere").click()
    await expect(tab.channel.locator(".head-name")).to_contain_text("with-partners")
    await tab.say("@Confab hello from afar", "Message #with-partners")
    event = await bot.heard("hello from afar")
    alan = (await bot.web.users_info(user=event["user"]))["user"]
    assert alan["team_id"] != (await bot.web.auth_test())["team_id"]
