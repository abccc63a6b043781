"""Confab at work: the playground as people start it, with a model that says what a test wants said."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, ViewportSize, expect

from tests.browser.tabs import DESKTOP, PHONE, Tab, open_tab
from tests.playground.supervised import Supervised, running

DEPLOYMENTS = "gpt-5.4-mini::::images,smollm2:chatml:8192:bytes"
"""The first one, which #general has, sees pictures; #xbox-support has the second."""
HELD = {"text": "Late, but here.", "stuck_after": -1}
"""An answer that waits for `release`."""

both_widths = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])

_KEY = "a-key-of-this-test"
_PICTURES = os.environ.get("CONFAB_SCREENSHOTS")


@dataclass(frozen=True)
class AtWork:
    """A playground that is up, and the model behind it."""

    playground: Supervised
    model: str

    @property
    def address(self) -> str:
        return self.playground.address

    def says(self, *answers: Any) -> None:
        """What the model says from now on, one after the other; its `control` says what an answer may be."""
        _told(f"{self.model}/control", method="DELETE")
        _told(f"{self.model}/control/answers", list(answers))

    def release(self) -> None:
        """Let what is stuck go on."""
        _told(f"{self.model}/control/release", {})

    @property
    def asked(self) -> list[Any]:
        """What people said in each request since `says`, oldest first."""
        found = _told(f"{self.model}/control/requests")["requests"]
        return [[turn["text"] for turn in each["turns"] if turn["role"] == "user"] for each in found]

    @property
    def bodies(self) -> list[Any]:
        """The bodies of the same."""
        return [each["body"] for each in _told(f"{self.model}/control/requests")["requests"]]

    @asynccontextmanager
    async def tab(self, browser: Browser, viewport: ViewportSize, **place: str) -> AsyncIterator[Tab]:
        """Somebody's tab in #general, or where `place` says; it meets no error and asks nobody elsewhere."""
        tab = await open_tab(browser, self.address, viewport, **{"where": "general"} | place)
        yield tab
        await tab.page.context.close()
        assert tab.errors == []
        assert tab.hosts == {"127.0.0.1"}


def _told(address: str, content: Any = None, method: str | None = None) -> Any:
    data = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


@contextmanager
def at_work(folder: Path) -> Iterator[AtWork]:
    """Start both; they are gone when the block is left."""
    command = [sys.executable, "-m", "bot.playground.model", "scripted"]
    environ = os.environ | {"AZURE_OPENAI_API_KEY": _KEY}
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            model = f"http://127.0.0.1:{json.loads(process.stdout.readline())['port']}"
            azure = {
                "AZURE_OPENAI_ENDPOINT": model,
                "AZURE_OPENAI_API_KEY": _KEY,
                "AZURE_OPENAI_DEPLOYMENTS": DEPLOYMENTS,
            }
            with running(folder, environ=azure) as playground:
                yield AtWork(playground, model)
        finally:
            process.terminate()


async def answered(tab: Tab, text: str) -> Locator:
    """The whole answer with these words in the thread that is open: it has its row."""
    found = tab.thread.locator(".message:has(.badge)").filter(has_text=text)
    await expect(found.get_by_role("button", name="Regenerate")).to_be_visible()
    await expect(tab.thread.locator(".message.is-live")).to_have_count(0)
    return found


async def ask(tab: Tab, question: str, answer: str, channel: str = "#general") -> Locator:
    """Ask in a channel, and wait for the whole answer."""
    await tab.say(question, f"Message {channel}")
    return await answered(tab, answer)


async def reply(tab: Tab, text: str) -> None:
    await tab.say(text, "Reply in the thread")


async def said(tab: Tab, text: str | re.Pattern[str]) -> Locator:
    """A message in the thread that is open, once it is there."""
    found = tab.thread.locator(".message").filter(has_text=text)
    await expect(found.last).to_be_visible()
    return found.last


async def begin_thread(tab: Tab, text: str) -> None:
    """Open the thread under a message in the channel that has no replies yet."""
    message = tab.message(text, tab.channel)
    await message.hover()
    await message.get_by_role("button", name="Reply in thread").click()
    await expect(tab.reply_box).to_be_visible()


async def leave_thread(tab: Tab) -> None:
    """Back to the channel: on a phone by the arrow, on a desk by the cross."""
    ways = tab.thread.locator(".head").get_by_role("button", name=re.compile("^(Back|Close)$"))
    await ways.click()


async def modal(tab: Tab, title: str) -> Locator:
    """The view on top, once it is the one with that title."""
    found = tab.page.locator(".modal")
    await expect(found.locator(".dialog-title")).to_have_text(title)
    return found


async def leave(tab: Tab) -> None:
    """Close every view."""
    await tab.page.locator(".modal").get_by_role("button", name="Close").first.click()
    await expect(tab.page.locator(".modal")).to_have_count(0)


async def choose(tab: Tab, answer: Locator, choice: str) -> None:
    """Something in the menu of an answer's row."""
    await answer.get_by_label("More options").click()
    await tab.page.locator(".q-menu").get_by_text(choice, exact=True).click()


async def fits(tab: Tab) -> bool:
    """Whether nothing stands out of the screen's side."""
    return bool(await tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


async def look(tab: Tab, name: str) -> None:
    """A picture for somebody to look at, where CONFAB_SCREENSHOTS names a folder for them."""
    if _PICTURES:
        await tab.page.wait_for_timeout(400)  # what fades is still
        width = (tab.page.viewport_size or DESKTOP)["width"]
        await tab.shoot(Path(_PICTURES) / f"{name}-{width}.png")
