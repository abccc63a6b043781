"""B6: what a long thread costs: the economical window beside the sliding one, as requests were sent."""

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure
from benchmarks.pace import Pace
from benchmarks.rig import Rig
from bot.tokens import counter

TURNS, PAST, ANSWER = 40, 20, 110  # the last ten turns; so many numbered words are about 280 tokens
SYSTEM = "You answer customers about consoles, kindly and in few words. " * 33
QUESTION = (
    "Which of them would you take for a small room, and what else would have to be bought with it? " * 5
)
LEAST, STEP = 1_024, 128  # Azure: a prefix of 1,024 tokens is cached, then every further 128
CACHED_PRICE = 0.5

Messages = Sequence[dict[str, str]]


async def b6(rig: Rig) -> list[Figure]:
    """Billed input-token equivalents of a turn, and how much of the input came from the cache."""
    turns = min(TURNS, 3 * rig.turns)
    found = [await _thread(rig, mode, turns) for mode in ("economical", "exact")]
    (billed, share, alike), (sliding, sliding_share, _) = (_billed(requests) for requests in found)
    return [
        Figure("B6", f"input tokens billed for a turn of {turns} (beside: a sliding window)", billed, sliding,
               "ratio ≤ 0.6", billed / sliding <= 0.6),
        Figure("B6", "share of the input that was cached", share, sliding_share, "≥ 0.75", share >= 0.75),
        Figure("B6", "system messages that were the same byte for byte", alike, None, "1", alike == 1),
    ]  # fmt: skip


async def _thread(rig: Rig, mode: str, turns: int) -> list[Messages]:
    """The messages of each request of one long thread."""
    await rig.pace(Pace(tokens=ANSWER))
    channel = str((await rig.ours.post("written", messages=0))["channel"])
    await _import(rig, channel, mode)
    root, requests = None, []
    for number in range(turns):
        asked = await rig.ours.ask((channel, root), text=f"@Confab {number}. {QUESTION}")
        root = str(asked["seen"][0]["root"])
        requests.append((await rig.ours.post("last_request"))["messages"])
    return requests


async def _import(rig: Rig, channel: str, mode: str) -> None:
    setup = {
        "systemPrompt": SYSTEM,
        "chatParameters": {"pastMessagesToInclude": PAST},
        "confab": {"contextMode": mode},
    }
    with TemporaryDirectory() as folder:
        file = Path(folder) / "setup.json"
        file.write_text(json.dumps(setup))
        importing = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "import", "--channel", channel, str(file)),
            env=rig.ours.environ,
            stdout=asyncio.subprocess.DEVNULL,
        )
        if await importing.wait():
            raise RuntimeError("the setup was not imported")


def _billed(requests: Sequence[Messages]) -> tuple[float, float, float]:
    """Equivalents for each turn, the cached share of all input, the share of equal system messages."""
    count = counter()
    sent = cached = 0
    before: Messages = ()
    for messages in requests:
        sizes = [count(each["content"], "o200k_base") + 4 for each in messages]
        sent += sum(sizes)
        same = 0
        for size, now, then in zip(sizes, messages, before, strict=False):
            if now != then:
                break
            same += size
        cached += same // STEP * STEP if same >= LEAST else 0
        before = messages
    alike = sum(each[0] == requests[0][0] for each in requests) / len(requests)
    return (sent - (1 - CACHED_PRICE) * cached) / len(requests), cached / sent, alike
