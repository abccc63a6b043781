"""The page for people who do not see it, or use no mouse, or sit in the dark."""

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.at_work import AtWork, answered, ask, both_widths, choose, leave, look, modal
from tests.browser.tabs import Tab

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NAMED = frozenset(
    {
        *("alert", "article", "button", "checkbox", "combobox", "dialog", "group", "heading", "image"),
        *("link", "listbox", "log", "menuitem", "navigation", "option", "radio", "region", "switch"),
        *("spinbutton", "tab", "textbox"),
    }
)
"""Roles that mean nothing without a name."""
LONG = (
    "A list:\n\n- one\n- two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n[More](https://example.org/) and `code`."
)


async def nameless(tab: Tab) -> list[str]:
    """What a screen reader would meet without a name, by the browser's own account."""
    session = await tab.page.context.new_cdp_session(tab.page)
    nodes: list[dict[str, Any]] = (await session.send("Accessibility.getFullAXTree"))["nodes"]
    await session.detach()
    # What an icon's font calls it is no name for people.
    icons = set(await tab.page.locator(".q-icon").all_inner_texts())
    found = []
    for node in nodes:
        role, name = (str(node.get(key, {}).get("value", "")) for key in ("role", "name"))
        if not node["ignored"] and role in NAMED and (not name.strip() or icons & set(name.split())):
            found.append(f"{role} {name!r}")
    return found


async def is_sound(tab: Tab) -> None:
    """Everything has a name, and every text can be read."""
    assert await nameless(tab) == []
    assert await tab.page.evaluate(CONTRAST) == []
    unique = "(ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(e => e.id))"
    assert await tab.page.evaluate(unique) == 0


async def is_sound_by_day_and_night(tab: Tab, name: str) -> None:
    for scheme in SCHEMES:
        await tab.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await is_sound(tab)
        await look(tab, f"{name}-{scheme}")


@both_widths
async def test_everything_has_a_name_and_every_text_can_be_read_by_day_and_night(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport) as tab:
        confab.says({"text": LONG})
        answer = await ask(tab, f"@Confab anything, at {viewport['width']}", "A list:")
        await is_sound_by_day_and_night(tab, "answer")
        await answer.get_by_label("More options").click()
        await expect(tab.page.get_by_role("menuitem").first).to_be_visible()
        await is_sound_by_day_and_night(tab, "menu")
        await tab.page.keyboard.press("Escape")
        await choose(tab, answer, "Channel settings")
        view = await modal(tab, "Confab here")
        await expect(view.get_by_text("Assistant setup")).to_be_visible()
        await is_sound_by_day_and_night(tab, "settings")
        await leave(tab)


@both_widths
async def test_a_whole_conversation_by_keyboard(
    confab: AtWork, browser: Browser, viewport: ViewportSize
) -> None:
    async with confab.tab(browser, viewport, where="launch-plans") as tab:
        keys = tab.page.keyboard
        confab.says("Of course.", "Any time.")
        await to_the_box(tab, "Message #launch-plans")
        await keys.type(f"@Confab without a mouse, at {viewport['width']}?")
        await keys.press("Enter")
        answer = await answered(tab, "Of course.")
        await expect(tab.reply_box).to_be_focused()
        menu = answer.get_by_role("button", name="More options")
        await tab.walk_to(menu, "Shift+Tab")
        await keys.press("Enter")
        item = tab.page.get_by_role("menuitem").filter(has_text="More")
        await expect(item).to_be_visible()
        await to(tab, item, "ArrowDown")
        await keys.press("Enter")
        view = await modal(tab, "About this answer")
        await to(tab, view.get_by_role("button", name="Earlier versions"), "Tab")
        await keys.press("Escape")
        await expect(tab.page.locator(".modal")).to_have_count(0)
        await expect(menu).to_be_focused()
        await to_the_box(tab, "Reply in the thread")
        await keys.type("thank you")
        await keys.press("Enter")
        await answered(tab, "Any time.")
        await keys.press("Escape")
        await expect(tab.reply_box).to_be_focused()


async def to_the_box(tab: Tab, label: str) -> None:
    await to(tab, tab.box(label), "Tab")


async def to(tab: Tab, target: Any, key: str) -> None:
    """Press the key until the focus is there."""
    for _ in range(200):
        if await target.evaluate("(element) => element.contains(document.activeElement)"):
            return
        await tab.page.keyboard.press(key)
    pytest.fail(f"{key} does not lead there")
