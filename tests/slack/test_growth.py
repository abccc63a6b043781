"""Nobody can stop Confab with a message: four times the text takes about four times as long, not sixteen."""

import time
from collections.abc import Callable

import pytest

from bot.chat.characters import is_visible
from bot.slack.fences import fence_after
from bot.slack.markup import leading_mentions, mentions, readable
from bot.slack.mentions import neutralised
from bot.slack.pages import PageLimits, pages
from bot.slack.wide_tables import showable

SIZE = 10_000
RUNS = [
    " ",
    "\t",
    "\n",
    "\n ",
    " \n",
    "\n\n ",
    "\r\n",
    "\u00a0",
    "\u200b",
    "<",
    "@",
    "<@",
    "<@U1|",
    "<@UBOT",
    "<@UBOT> ",
    "<!here",
    "<!here|",
    "<!subteam^S1|",
    "&lt;",
    "|",
    "| a |\n",
    "| a |\n|-|\n",
    "`",
    "```\n",
    "```",
    "~",
    "\n```",
    "\n| ",
    ".)",
    ". ",
    "\u200d",
    "[",
    "[a](",
    "![a](b(",
    "https://",
    "`` ` ",
    "- ",
    " - a\n",
    "1. a\n   ",
    "a",
]


def read(text: str) -> object:
    return readable(text, "UBOT"), mentions(text), leading_mentions(text)


def cut(text: str) -> object:
    """As one page, and so that the whole text lies between the soft limit and the hard one."""
    near, size = len(text) // 10, 4 * len(text)
    for soft in (len(text) // 2, near):
        pages(text, PageLimits(soft=soft, hard=len(text) - 1, size=size))
    showable(text)
    return pages(text, PageLimits(soft=near, hard=len(text) - 1, size=size), complete=False)


def seconds(work: Callable[[str], object], text: str) -> float:
    """In time of this process: whatever else the machine does is left out."""
    before = time.process_time()
    work(text)
    return time.process_time() - before


@pytest.mark.parametrize("work", [read, neutralised, is_visible, cut, fence_after])
@pytest.mark.parametrize("run", RUNS, ids=repr)
def test_time_grows_with_the_text_and_no_faster(work: Callable[[str], object], run: str) -> None:
    for frame in ("{}", "x{}y", "x {}\ny", "```\n{}x", "<@UBOT> {}<@UBOT>"):
        short, long = (frame.format(run * (size // len(run))) for size in (SIZE, 4 * SIZE))
        # Below a fifth of a second nothing is worth a quarrel with the clock.
        limit = max(0.2, 9 * min(seconds(work, short) for _ in range(3)))
        assert any(seconds(work, long) < limit for _ in range(3))
