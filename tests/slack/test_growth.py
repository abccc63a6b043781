"""Nobody can stop Confab with a message: four times the text takes about four times as long, not sixteen."""

import time
from collections.abc import Callable

import pytest

from bot.chat.characters import is_visible
from bot.slack.fences import fence_after
from bot.slack.markup import leading_mentions, mentions, readable
from bot.slack.mentions import neutralised
from bot.slack.pages import PageLimits, pages

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
    "`",
    "```\n",
    "```",
    "~",
    "\n```",
    "\n| ",
    ".)",
    ". ",
    "\u200d",
    "a",
]


def read(text: str) -> object:
    return readable(text, "UBOT"), mentions(text), leading_mentions(text)


def cut(text: str) -> object:
    """As one page, and so that the whole text lies between the soft limit and the hard one."""
    near, size = len(text) // 10, 4 * len(text)
    for soft in (len(text) // 2, near):
        pages(text, PageLimits(soft=soft, hard=len(text) - 1, size=size))
    return pages(text, PageLimits(soft=near, hard=len(text) - 1, size=size), complete=False)


def seconds(work: Callable[[str], object], text: str) -> float:
    """The best of a few runs, in time of this process: whatever else the machine does is left out."""
    taken = []
    for _ in range(3):
        before = time.process_time()
        work(text)
        taken.append(time.process_time() - before)
    return min(taken)


@pytest.mark.parametrize("work", [read, neutralised, is_visible, cut, fence_after])
@pytest.mark.parametrize("run", RUNS, ids=repr)
def test_time_grows_with_the_text_and_no_faster(work: Callable[[str], object], run: str) -> None:
    for frame in ("{}", "x{}y", "x {}\ny", "```\n{}x", "<@UBOT> {}<@UBOT>"):
        short, long = (frame.format(run * (size // len(run))) for size in (SIZE, 4 * SIZE))
        # Below a fifth of a second nothing is worth a quarrel with the clock.
        assert seconds(work, long) < max(0.2, 9 * seconds(work, short))
