"""Where a real browser comes from. A machine without one skips these tests; CI must have one."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.playground.model import ScriptedAzure, running_scripted_azure
from bot.playground.run_folder import ModelNote, RunFolder
from tests.browser.at_work import AtWork, at_work
from tests.browser.stand_in import StandIn, standing_in
from tests.browser.tabs import Tab, launched, open_tab

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_on(search_path: str, *, ci: bool) -> str:
    """The browser's path. Where there is none the test is skipped, and under CI it fails."""
    for name in NAMES:
        if found := shutil.which(name, path=search_path):
            return found
    absent = "There is no Chromium here, so nothing was tried in a browser: apt-get install chromium"
    if ci:
        pytest.fail(absent, pytrace=False)
    pytest.skip(absent)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    return chromium_on(os.environ.get("PATH", ""), ci=os.environ.get("CI") == "true")


@pytest.fixture(scope="session")
def confab(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    """The real bot on the local workspace; every test asks in threads of its own."""
    with at_work(tmp_path_factory.mktemp("at-work")) as confab:
        yield confab


@dataclass(frozen=True)
class Served:
    """The page and its workspace, as their process reported them."""

    address: str
    folder: RunFolder
    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)


@pytest.fixture(scope="module")
def manifest() -> str:
    """The app that is installed; a module may have one of its own."""
    return "manifest.yml"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, manifest: str) -> Iterator[Served]:
    """The page's own process, without a bot and without a model."""
    folder = tmp_path_factory.mktemp("page")
    command = [sys.executable, "-m", "bot.playground.page", "--manifest", manifest, "--port", "0"]
    with subprocess.Popen(
        [*command, "--run-folder", str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        address = f"http://127.0.0.1:{said['port']}"
        yield Served(address, RunFolder(folder), said["bot_token"], said["app_token"])
        process.terminate()


@pytest_asyncio.fixture(loop_scope="module")
async def bot(served: Served) -> AsyncIterator[StandIn]:
    async with standing_in(f"{served.address}/api/", served.bot_token, served.app_token) as stand_in:
        yield stand_in


@pytest_asyncio.fixture(loop_scope="module")
async def azure(served: Served) -> AsyncIterator[ScriptedAzure]:
    """A model for the page to know of, for as long as the test lasts."""
    async with running_scripted_azure() as azure:
        served.folder.note_model(ModelNote(f"http://127.0.0.1:{azure.port}", "a stand-in"))
        yield azure
    (served.folder.path / "model.json").unlink()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    async with launched(chromium_path) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def tab(browser: Browser, served: Served) -> AsyncIterator[Tab]:
    """Ada's tab. Whatever happens in it, it asks nobody else for anything and meets no error."""
    tab = await open_tab(browser, served.address)
    yield tab
    await tab.page.context.close()
    assert tab.hosts == {"127.0.0.1"}
    assert tab.errors == []
