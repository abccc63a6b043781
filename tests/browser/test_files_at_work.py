"""Files that go with a question: read, seen, or named where they can be neither."""

import base64
from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import Browser, FilePayload, ViewportSize, expect

from tests.browser.at_work import AtWork, answered, both_widths, fits, look
from tests.browser.tabs import Tab

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

NOTES: FilePayload = {"name": "shopping.md", "mimeType": "text/markdown", "buffer": b"- milk\n- eggs\n"}
ARCHIVE: FilePayload = {"name": "backup.zip", "mimeType": "application/zip", "buffer": b"PK\x03\x04odd"}


def picture() -> FilePayload:
    drawn = BytesIO()
    Image.new("RGB", (320, 200), "seagreen").save(drawn, "PNG")
    return {"name": "lawn.png", "mimeType": "image/png", "buffer": drawn.getvalue()}


async def share(tab: Tab, text: str, *files: FilePayload, channel: str = "#general") -> None:
    """Ask with files, and give the pictures among them words."""
    box = tab.channel.locator(".composer")
    await box.locator(".attach-upload input[type=file]").set_input_files(list(files))
    for file in files:
        await expect(box.get_by_role("button", name=f"Remove {file['name']}")).to_be_visible()
        if file["mimeType"].startswith("image/"):
            await box.get_by_label(f"What {file['name']} shows").fill("A green lawn")
    await look(tab, "files-before")
    await tab.say(text, f"Message {channel}")


@both_widths
async def test_a_document_is_read_a_picture_seen_and_what_is_neither_is_named(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        confab.says("Milk, eggs, and a lawn.")
        await share(tab, f"@Confab what is in these, at {viewport['width']}?", NOTES, picture(), ARCHIVE)
        answer = await answered(tab, "Milk, eggs, and a lawn.")
        await expect(answer).to_contain_text("Not read: backup.zip (I read text, PDF, Word and pictures)")
        question = tab.message("what is in these", tab.thread)
        await expect(question.locator(".file-preview")).to_contain_text("- milk")
        await expect(question.get_by_role("img", name="A green lawn")).to_have_js_property(
            "naturalWidth", 320
        )
        assert await fits(tab)
        await look(tab, "files")
        words, *pictures = confab.bodies[-1]["messages"][-1]["content"]
        assert "[file shopping.md]\n- milk\n- eggs" in words["text"]
        assert "[file backup.zip, which could not be read]" in words["text"]
        (seen,) = (each["image_url"]["url"] for each in pictures if each["type"] == "image_url")
        content = base64.b64decode(seen.partition(",")[2])
        assert Image.open(BytesIO(content)).size == (320, 200)


@both_widths
async def test_a_picture_for_a_deployment_that_cannot_see_is_named_kindly(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport, where="xbox-support") as tab:
        confab.says("A console, perhaps.")
        await share(tab, f"@Confab what is it, at {viewport['width']}?", picture(), channel="#xbox-support")
        answer = await answered(tab, "A console, perhaps.")
        await expect(answer).to_contain_text("lawn.png (this channel's deployment cannot see pictures)")
        await look(tab, "files-unseen")
