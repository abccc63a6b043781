"""The whole panel in one walk: a persona, settings, a trial, publishing, asking, code, history."""

import json
import os
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.tabs import PHONE, Tab, open_tab
from tests.playground.supervised import Supervised, running

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

FIRST = "I'm interested in buying a new Xbox"
THEN = "What models are available?"
GENERAL = "Message #general"
PICTURES = Path(os.environ.get("CONFAB_SCREENSHOTS", "test-results"))


@pytest.fixture(scope="module")
def playground(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervised]:
    with running(tmp_path_factory.mktemp("walk"), "--scripted") as supervised:
        yield supervised


def asked(playground: Supervised) -> list[Any]:
    """Every request that the model got, oldest first."""
    address = json.loads((playground.folder / "model.json").read_text())["address"]
    with urllib.request.urlopen(f"{address}/recorded", timeout=10) as response:
        return list(json.load(response)["recorded"])


def modal(tab: Tab) -> Locator:
    return tab.page.locator(".modal")


async def titled(tab: Tab, title: str) -> Locator:
    await expect(modal(tab).locator(".dialog-title")).to_have_text(title, timeout=60_000)
    return modal(tab)


async def settings(tab: Tab) -> Locator:
    await tab.say("/confab", GENERAL)
    view = await titled(tab, "Confab here")
    await expect(view.get_by_text("Assistant setup")).to_be_visible(timeout=60_000)
    return view


async def part(tab: Tab, name: str) -> Locator:
    row = modal(tab).locator(".block-section").filter(has_text=name)
    await row.get_by_role("button").click()
    return await titled(tab, name)


async def choose_the_xbox_agent(tab: Tab) -> None:
    view = await part(tab, "Assistant setup")
    menu = view.locator(".block-section select")
    sure = tab.page.locator(".confirm")
    await menu.select_option(label="Hiking guide")
    await sure.get_by_role("button", name="Cancel").click()
    await expect(menu).to_have_value("")  # what was declined can be chosen again
    await menu.select_option(label="Xbox customer support agent")
    await expect(sure).to_contain_text("Update the system message?")
    await sure.get_by_role("button", name="Continue").click()
    await expect(view.get_by_label("Name", exact=True)).to_have_value("Xbox customer support agent")
    await tab.page.wait_for_timeout(300)  # the question fades out
    await tab.shoot(PICTURES / "settings-persona.png")
    await view.get_by_role("button", name="Keep in draft").click()
    await titled(tab, "Confab here")


async def change_settings(browser: Browser, tab: Tab) -> None:
    view = await part(tab, "Settings")
    await view.get_by_label("Past messages included").fill("4")
    await view.get_by_label("Temperature").fill("0.2")
    await view.locator(".modal-body").evaluate("each => { each.scrollTop = 0 }")
    await tab.shoot(PICTURES / "settings.png")
    phone = await open_tab(browser, address(tab), PHONE, where="general")
    await titled(phone, "Settings")
    await phone.page.wait_for_timeout(300)  # it fades in
    await phone.shoot(PICTURES / "settings-phone.png")
    await phone.page.context.close()
    await view.get_by_role("button", name="Keep in draft").click()
    view = await titled(tab, "Confab here")
    await expect(view.get_by_text("0.7 → 0.2")).to_be_visible()


def address(tab: Tab) -> str:
    return tab.page.url.partition("/?")[0]


async def try_it(tab: Tab) -> None:
    await modal(tab).get_by_role("button", name="Try it").click()
    await leave(tab)
    await tab.go("Confab")
    await tab.channel.locator(".message").last.hover()
    await tab.channel.get_by_label("Reply in thread").last.click()
    await tab.say("Do you know the Xbox?", "Reply in the thread")
    await expect(tab.thread.get_by_label("More options")).to_be_visible(timeout=60_000)
    await tab.shoot(PICTURES / "try-it.png")


async def ask(tab: Tab) -> None:
    await tab.say(f"@Confab {FIRST}", GENERAL)
    footnotes = tab.thread.get_by_role("button", name="See the ChatML it saw")
    await expect(footnotes).to_have_count(1, timeout=60_000)
    await tab.say(THEN, "Reply in the thread")
    await expect(footnotes).to_have_count(2, timeout=60_000)
    await expect(tab.thread.locator(".message.is-live")).to_have_count(0)
    await expect(tab.thread.locator(".message").last.get_by_label("More options")).to_be_visible()


async def from_the_row(tab: Tab, choice: str) -> Locator:
    await tab.thread.get_by_label("More options").last.click()
    await tab.page.get_by_role("menuitem").filter(has_text=choice).click()
    return await titled(tab, choice)


async def leave(tab: Tab) -> None:
    await modal(tab).get_by_role("button", name="Close").first.click()
    await expect(modal(tab)).to_have_count(0)


async def publish(tab: Tab, version: int) -> None:
    view = await titled(tab, "Confab here")
    await view.get_by_role("button", name="Publish").click()
    await expect(view.get_by_text(f"Published as version {version}")).to_be_visible(timeout=60_000)
    await leave(tab)


async def look_at_the_code(tab: Tab) -> None:
    view = await from_the_row(tab, "View code")
    await expect(view.locator("pre")).to_contain_text("temperature=0.2", timeout=60_000)
    await expect(view.locator("pre")).to_contain_text(THEN)
    await tab.page.wait_for_timeout(300)  # the menu fades out
    await tab.shoot(PICTURES / "view-code.png")
    await view.get_by_role("button", name="curl").click()
    await expect(view.locator("pre")).to_contain_text("curl", timeout=60_000)
    await leave(tab)


async def look_at_the_raw_syntax(tab: Tab) -> None:
    view = await from_the_row(tab, "Show raw syntax")
    await expect(view.locator("pre").first).to_contain_text("<|im_start|>system", timeout=60_000)
    await expect(view.get_by_text("tokens", exact=False).first).to_be_visible()
    await tab.page.wait_for_timeout(300)  # it fades in
    await tab.shoot(PICTURES / "raw-syntax.png")
    await leave(tab)


async def clear(tab: Tab) -> None:
    view = await from_the_row(tab, "Clear chat")
    await view.locator(".closes-view + .q-btn").click()
    await expect(tab.thread.get_by_text("This chat starts anew here")).to_be_visible(timeout=60_000)
    await leave(tab)


async def restore_the_first_version(tab: Tab) -> None:
    await settings(tab)
    view = await part(tab, "Settings")
    await view.get_by_label("Temperature").fill("0.9")
    await view.get_by_role("button", name="Keep in draft").click()
    await publish(tab, 2)
    await settings(tab)
    view = await part(tab, "History")
    await view.get_by_role("button", name="Restore").first.click()
    sure = tab.page.locator(".confirm")
    await expect(sure).to_contain_text("Restore version 1?")
    await sure.get_by_role("button", name="Restore").click()
    await expect(view.get_by_text("brought back version 1")).to_be_visible(timeout=60_000)
    await tab.page.wait_for_timeout(300)  # the question fades out
    await tab.shoot(PICTURES / "history.png")
    await tab.page.keyboard.press("Escape")
    await titled(tab, "Confab here")
    await leave(tab)


async def test_the_walk_through_the_panel(playground: Supervised, browser: Browser) -> None:
    tab = await open_tab(browser, playground.address, where="general")
    await expect(tab.sidebar.get_by_text("Confab is connected")).to_be_visible()
    await settings(tab)
    await choose_the_xbox_agent(tab)
    await change_settings(browser, tab)
    await try_it(tab)
    assert asked(playground)[-1]["body"]["temperature"] == 0.2

    await tab.go("general")
    await settings(tab)
    await publish(tab, 1)
    await ask(tab)
    last = asked(playground)[-1]
    assert last["body"]["temperature"] == 0.2
    assert last["prompt"].endswith(f"<|im_start|>user\n{THEN}\n<|im_end|>\n<|im_start|>assistant\n")
    assert FIRST in last["prompt"]

    await look_at_the_code(tab)
    await look_at_the_raw_syntax(tab)
    await clear(tab)
    await tab.say("And what do you remember?", "Reply in the thread")
    await expect(tab.thread.get_by_role("button", name="See the ChatML it saw")).to_have_count(
        3, timeout=60_000
    )
    assert FIRST not in asked(playground)[-1]["prompt"]

    await restore_the_first_version(tab)
    await tab.say("@Confab once more", GENERAL)
    await expect(tab.thread.get_by_role("button", name="See the ChatML it saw")).to_have_count(
        1, timeout=60_000
    )
    assert asked(playground)[-1]["body"]["temperature"] == 0.2
    assert tab.hosts == {"127.0.0.1"}
    assert tab.errors == []
