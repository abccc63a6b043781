"""A whole Confab that a plain test can send payloads to, one after another."""

import asyncio
import logging
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import Confab
from bot.playground.model import running_scripted_azure
from bot.playground.workspace import DeliveryState, Limits, Parcel
from bot.playground.workspace.serving import running_workspace
from bot.slack.governor import Governor
from bot.slack.rates import RATES, Rate
from tests.hostile.payloads import SECRET, Payload
from tests.scenarios.scene import MANIFEST, Scene, environ_for

PATIENCE = 120.0
REDELIVERED = 8
LIMITS = Limits(ack_within=15.0, retry_after=(0.0,) * REDELIVERED)
"""A slow machine may miss an ack; what is refused every time is given up in the end, and found."""

FILES = ("files.info", "files.getUploadURLExternal", "files.completeUploadExternal")
UNHURRIED = dict.fromkeys((*RATES, *FILES), Rate(100_000, 100_000))
"""At Slack's rates most of what a payload asks for would still wait when all is over."""

UNPAIRED = """
SELECT 'a message without its turn' FROM message m LEFT JOIN turn t ON t.id = m.turn_id WHERE t.id IS NULL
UNION ALL
SELECT 'a turn without a message' FROM turn t LEFT JOIN message m ON m.turn_id = t.id WHERE m.id IS NULL
UNION ALL
SELECT 'a turn without its thread' FROM turn t LEFT JOIN conversation c ON c.id = t.conversation_id
WHERE c.id IS NULL
"""

_FOREIGN = re.compile(
    r"\b(?!TimeoutError)[A-Z]\w+ at (?:[\w.]+\.py:\d+|unknown)|was never retrieved|Traceback"
)


@dataclass(slots=True)
class Stage:
    """The scene, and the loop that it lives in."""

    runner: asyncio.Runner
    scene: Scene
    confab: Confab
    file: Path

    def deliver(self, payloads: Sequence[tuple[str, Payload]]) -> list[Parcel]:
        """Send them all at once, and wait until each was acknowledged or given up."""
        return self.runner.run(self._deliver(payloads))

    async def _deliver(self, payloads: Sequence[tuple[str, Payload]]) -> list[Parcel]:
        slack = self.scene.slack
        for _, payload in payloads:
            self._renew(payload)
        parcels = [
            slack.delivery.send(Parcel(kind, payload, accepts_response=kind != "events_api"))
            for kind, payload in payloads
        ]
        async with asyncio.timeout(PATIENCE):
            for parcel in parcels:
                await parcel.settled.wait()
        return parcels

    def _renew(self, payload: Payload) -> None:
        """Each trigger opens one view, for three seconds: what is sent again would open none."""
        surfaces, old = self.scene.slack.surfaces, payload.get("trigger_id")
        if isinstance(old, str) and (issued := surfaces.triggers.get(old)):
            payload["trigger_id"] = surfaces.issue_trigger(issued.person, issued.view)

    def refused(self, parcels: Sequence[Parcel]) -> list[Parcel]:
        """Those that Confab never acknowledged."""
        return [each for each in parcels if each.state is not DeliveryState.ACKNOWLEDGED]

    def half_written(self) -> list[object]:
        """What the database holds only a part of."""
        connection = sqlite3.connect(self.file)
        try:
            return [
                *connection.execute(UNPAIRED).fetchall(),
                *connection.execute("PRAGMA foreign_key_check").fetchall(),
                *(row for row in connection.execute("PRAGMA integrity_check") if row != ("ok",)),
            ]
        finally:
            connection.close()

    def said(self) -> list[str]:
        """All that Confab has put before people."""
        history = self.scene.slack.record.history.everything()
        ours = [each.text for each in history if each.user == self.scene.slack.confab.id]
        views = [*self.scene.slack.surfaces.modals.values(), *self.scene.slack.surfaces.homes.values()]
        return [*ours, *(str(view.content) + str(view.errors) + view.trouble for view in views)]

    def answers_still(self) -> bool:
        """Whether a mention is answered, after all that."""
        return self.runner.run(self._answers())

    async def _answers(self) -> bool:
        self.scene.azure.replies["are you there?"] = "Still here."
        # A place of its own: elsewhere a long queue may wait for Slack's rates.
        async with asyncio.timeout(PATIENCE), self.scene.slack.changes.subscribe() as changes:
            root = self.scene.ask("@Confab are you there?", self.scene.slack.xbox_support)
            async for _ in changes:
                if self.scene.answers(root) == ["Still here."]:
                    return True
        return False


class Ear(logging.Handler):
    """Every line that is logged, at whatever level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self._loud: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        self.lines.append(line)
        if record.levelno >= logging.WARNING:
            self._loud.append(line)

    def heard(self, word: str = SECRET) -> list[str]:
        """The lines of Confab's own, or of its libraries, with that word in them."""
        return [line[:200] for line in self.lines if word in line]

    def faults(self) -> list[str]:
        """The warnings of an error that is neither Confab's own nor a slow machine's."""
        return sorted({line[-300:] for line in self._loud if _FOREIGN.search(line)})


@contextmanager
def listening() -> Iterator[Ear]:
    """An ear for all of Confab's own lines, and for what its libraries say from INFO on."""
    ear = Ear()
    ours, everybody = logging.getLogger("bot"), logging.getLogger()
    levels = ours.level, everybody.level
    ours.setLevel(logging.DEBUG)
    everybody.setLevel(logging.INFO)
    everybody.addHandler(ear)
    try:
        yield ear
    finally:
        everybody.removeHandler(ear)
        ours.setLevel(levels[0])
        everybody.setLevel(levels[1])


@contextmanager
def staged(file: Path) -> Iterator[Stage]:
    """A workspace, a model and Confab on that database, for as long as the block lasts."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()

        async def open_all() -> tuple[Scene, Confab]:
            running = await stack.enter_async_context(running_workspace(MANIFEST, limits=LIMITS))
            azure = await stack.enter_async_context(running_scripted_azure())
            scene = Scene(running, azure, environ_for(running, azure, f"sqlite:///{file}"))
            confab = await stack.enter_async_context(scene.confab())
            confab.workspace.calls.governor = Governor(rates=UNHURRIED)
            return scene, confab

        try:
            yield Stage(runner, *runner.run(open_all()), file)
        finally:
            runner.run(stack.aclose())
