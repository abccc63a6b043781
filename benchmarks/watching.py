"""When people see what: each question is timed from the moment in which it is delivered."""

import asyncio
import time
from dataclasses import asdict, dataclass

from benchmarks.pace import FIRST, last_word
from bot.playground.workspace import Workspace
from bot.playground.workspace.changes import Change


@dataclass(slots=True)
class Seen:
    """Seconds after the question: any sign of life, the answer's first words, the whole answer.

    `root` is the thread; `complete` stays None where the answer had not come in time.
    """

    root: str
    sign: float | None = None
    first: float | None = None
    complete: float | None = None

    def as_json(self) -> dict[str, object]:
        """For the control route."""
        return asdict(self)


class Watcher:
    """Follows the threads of some questions until each has its answer."""

    def __init__(self, workspace: Workspace, tokens: int) -> None:
        self._workspace = workspace
        self._last = last_word(tokens)
        self._asked: dict[tuple[str, str], tuple[float, Seen]] = {}
        self._since: dict[tuple[str, str], str] = {}

    async def ask(self, places: list[tuple[str, str | None]], text: str, patience: float) -> list[Seen]:
        """Ask in each channel (and thread, if there is one) at once; what was seen within `patience`."""
        async with self._workspace.changes.subscribe() as changes:
            for channel, thread_ts in places:
                began = time.perf_counter()
                posted = self._workspace.post(self._workspace.ada, channel, text, thread_ts=thread_ts)
                where = (posted.channel, posted.root_ts)
                self._asked[where] = (began, Seen(posted.root_ts))
                self._since[where] = posted.ts
            try:
                async with asyncio.timeout(patience):
                    async for change in changes:
                        self._look(change)
                        if all(seen.complete is not None for _, seen in self._asked.values()):
                            break
            except TimeoutError:
                pass
        return [seen for _, seen in self._asked.values()]

    def _look(self, change: Change) -> None:
        if change.channel is None or change.what not in ("message", "session"):
            return
        message = None
        if change.what == "message" and change.ts:
            message = self._workspace.record.history.get(change.channel, change.ts)
        root = message.root_ts if message else (change.thread_ts or "")
        where = (change.channel, root)
        if where not in self._asked:
            return
        began, seen = self._asked[where]
        now = time.perf_counter() - began
        if message is None:
            if change.what == "session":
                seen.sign = seen.sign or now
            return
        if message.user != self._workspace.confab.id or message.ts <= self._since[where]:
            return
        seen.sign = seen.sign or now
        if FIRST in message.text:
            seen.first = seen.first or now
        live = message.stream is not None and message.stream.is_live
        if self._last in message.text and not live:
            seen.complete = seen.complete or now
