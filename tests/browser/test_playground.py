"""`confab playground` as people meet it: the command, then the page, with the real bot behind both."""

import asyncio
import json
import os
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.browser.tabs import PHONE, Tab, open_tab
from tests.playground.supervised import Supervised, running

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

FIRST = "I'm interested in buying a new Xbox"
THEN = "What models are available?"
WHOLE = (
    "The Xbox Series X and the Xbox Series S. The first plays in 4K, the second is smaller and costs less."
)
PICTURES = Path(os.environ.get("CONFAB_SCREENSHOTS", "test-results"))
ANSWERED = 240_000  # milliseconds; a small model on a busy machine takes its time
STREAMS = """() => [...document.querySelectorAll(".thread-pane")].some((thread) =>
    thread.querySelector(".message.is-live")?.checkVisibility()
    && thread.innerText.includes("Confab is writing"))
"""


@pytest.fixture(scope="module")
def playground(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervised]:
    with running(tmp_path_factory.mktemp("real")) as supervised:
        yield supervised


@pytest.fixture(scope="module")
def scripted(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervised]:
    with running(tmp_path_factory.mktemp("scripted"), "--scripted") as supervised:
        yield supervised


def model(playground: Supervised, path: str, content: Any = None) -> Any:
    """Ask the model's process, or tell it something."""
    address = json.loads((playground.folder / "model.json").read_text())["address"]
    data = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(address + path, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


async def ask(tab: Tab, question: str, label: str, answers: int) -> None:
    """Ask, see the answer stream, and wait until it is whole."""
    # A short answer is written within a second: from before the question on, each frame of the page is seen.
    seen = tab.page.wait_for_function(STREAMS, timeout=ANSWERED)
    await asyncio.gather(seen, tab.say(question, label))
    footnotes = tab.thread.get_by_role("button", name="See the ChatML it saw")
    await expect(footnotes).to_have_count(answers, timeout=ANSWERED)
    await expect(tab.thread.locator(".message.is-live")).to_have_count(0)


async def test_the_seeds_walk(playground: Supervised, browser: Browser) -> None:
    tab = await open_tab(browser, playground.address)
    await expect(tab.sidebar.get_by_text("Confab is connected")).to_be_visible()
    await ask(tab, f"@Confab {FIRST}", "Message #xbox-support", answers=1)
    await ask(tab, THEN, "Reply in the thread", answers=2)
    await tab.shoot(PICTURES / "playground.png")

    first, second = model(playground, "/recorded")["recorded"][-2:]
    assert second["prompt"].startswith("<|im_start|>system\nYou are an Xbox customer support agent")
    exchange = (
        f"<|im_start|>user\n{FIRST}\n<|im_end|>\n<|im_start|>assistant\n{first['text'].strip()}\n<|im_end|>\n"
    )
    assert exchange in second["prompt"]
    assert second["prompt"].endswith(f"<|im_start|>user\n{THEN}\n<|im_end|>\n<|im_start|>assistant\n")

    last = tab.thread.locator(".message").last
    await expect(last).to_contain_text("Written by a 135M practice model")
    await last.get_by_role("button", name="See the ChatML it saw").click()
    await expect(tab.page.locator(".chatml")).to_have_text(second["prompt"].strip())
    assert await tab.page.locator(".chatml").evaluate("each => each.textContent") == second["prompt"]
    await expect(tab.page.get_by_text("tokens in the prompt")).to_be_visible()
    await tab.page.wait_for_timeout(300)  # the dialog fades in
    await tab.shoot(PICTURES / "playground-chatml.png")
    assert tab.hosts == {"127.0.0.1"}
    assert tab.errors == []

    phone = await open_tab(browser, tab.page.url.partition("/?")[0], PHONE, **place(tab))
    await expect(phone.thread.get_by_text(THEN)).to_be_visible()
    await phone.shoot(PICTURES / "playground-phone.png")


def place(tab: Tab) -> dict[str, str]:
    """Where a tab is, by its address."""
    query = tab.page.url.partition("?")[2]
    return dict(pair.split("=") for pair in query.split("&"))


async def test_a_bot_killed_while_it_writes_leaves_one_whole_answer(
    scripted: Supervised, browser: Browser
) -> None:
    model(scripted, "/control/answers", [{"text": WHOLE, "delay": 0.05, "stuck_after": 12}, WHOLE])
    tab = await open_tab(browser, scripted.address)
    await tab.say("@Confab which consoles are there?")
    await expect(tab.thread.locator(".message.is-live")).to_contain_text("The Xbox Series")
    await tab.channel.get_by_label("Try the promises").click()
    await tab.page.get_by_role("button", name="Kill the bot").click()
    await expect(tab.page.get_by_text("was killed. It starts again in a moment.")).to_be_visible()
    await expect(tab.sidebar.get_by_text("Confab is away")).to_be_visible()
    await expect(tab.sidebar.get_by_text("Confab is connected")).to_be_visible(timeout=60_000)
    await tab.page.keyboard.press("Escape")
    answers = tab.thread.locator(".message").filter(has=tab.page.locator(".badge"))
    await expect(answers.get_by_role("button", name="See the ChatML it saw")).to_have_count(1, timeout=60_000)
    await expect(answers).to_have_count(1)
    await expect(answers.locator(".prose:visible")).to_have_text(WHOLE)


async def test_a_failure_of_the_model_is_one_sentence_in_the_thread(
    scripted: Supervised, browser: Browser
) -> None:
    model(scripted, "/control/answers", [{"refusal": "filtered_prompt", "category": "violence"}])
    tab = await open_tab(browser, scripted.address)
    await tab.say("@Confab something forbidden")
    answer = tab.thread.locator(".message").filter(has=tab.page.locator(".badge"))
    await expect(answer).to_contain_text("violence")
    await expect(answer).not_to_contain_text("{")
    await expect(answer).not_to_contain_text("Written by")
