"""Tabs of a real browser that look at the playground's page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 60_000  # milliseconds; reached only by what never comes
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass
class Tab:
    """One tab, with everything that it asked the network for and every error that it met."""

    page: Page
    requested: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def channel(self) -> Locator:
        return self.page.locator(".channel-pane")

    @property
    def thread(self) -> Locator:
        return self.page.locator(".thread-pane")

    @property
    def sidebar(self) -> Locator:
        return self.page.locator(".sidebar")

    def box(self, label: str = "Message #xbox-support") -> Locator:
        return self.page.get_by_label(label, exact=True)

    @property
    def reply_box(self) -> Locator:
        return self.box("Reply in the thread")

    def message(self, text: str, pane: Locator | None = None) -> Locator:
        return (pane or self.page.locator(".shell")).locator(".message").filter(has_text=text)

    async def say(self, text: str, label: str = "Message #xbox-support") -> None:
        await self.box(label).fill(text)
        await self.box(label).press("Enter")

    async def go(self, channel: str) -> None:
        await self.sidebar.get_by_role("button").filter(has_text=channel).click()
        await expect(self.channel.locator(".head-name")).to_contain_text(channel)

    async def do(self, message: Locator, deed: str) -> None:
        """Choose something in a message's menu."""
        await message.hover()
        await message.get_by_label("More actions").get_by_role("button", name="More actions").click()
        await self.page.get_by_role("menuitem").filter(has_text=deed).click()

    async def walk_to(self, target: Locator, key: str = "Tab") -> None:
        """Press the key until the focus is there, and see that it is marked."""
        for _ in range(200):
            await self.page.keyboard.press(key)
            if await target.evaluate("(element) => element === document.activeElement"):
                assert await target.evaluate("(element) => getComputedStyle(element).boxShadow") != "none"
                return
        raise AssertionError("the keyboard does not lead there")

    @property
    def hosts(self) -> set[str | None]:
        return {urlsplit(url).hostname for url in self.requested if not url.startswith(("data:", "blob:"))}

    async def shoot(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=path)


@asynccontextmanager
async def launched(chromium: str) -> AsyncIterator[Browser]:
    """A browser of the machine's own; what is expected of it has the time that a busy machine takes."""
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


async def open_tab(browser: Browser, address: str, viewport: ViewportSize = DESKTOP, **place: str) -> Tab:
    """Open the page, as the person and in the channel that `who` and `where` name."""
    touch = viewport == PHONE
    context = await browser.new_context(viewport=viewport, has_touch=touch, is_mobile=touch)
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    tab = Tab(page)
    page.on("request", lambda request: tab.requested.append(request.url))
    page.on("websocket", lambda socket: tab.requested.append(socket.url))
    page.on("pageerror", lambda error: tab.errors.append(str(error)))
    await page.goto(f"{address}/?{urlencode(place)}")
    await expect(page.locator(".composer textarea:visible").first).to_be_visible()
    return tab
