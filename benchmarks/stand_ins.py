"""The stand-ins in a process of their own: a workspace for each bot, one model, and the stop-watch.

`python -m benchmarks.stand_ins` says on stdout where everything is, and serves until stdin is closed.
"""

import asyncio
import json
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from benchmarks.flood import flood
from benchmarks.pace import REPLY, Pace
from benchmarks.watching import Watcher
from bot.playground.model import ScriptedAzure, running_scripted_azure
from bot.playground.workspace import Installation, Limits, Workspace
from bot.playground.workspace.messages import Message
from bot.playground.workspace.routes import workspace_app
from bot.playground.workspace.serving import serve_app

MANIFEST = Path(__file__).parents[1] / "manifest.yml"
SIDES = ("ours", "peer")
LIMITS = Limits(retry_after=(0.0, 0.0, 0.0))
"""Slack's own, but that it tries again after three seconds and not after minutes."""

VERBS = ("paced", "connected", "ask", "written", "flooded", "calls", "last_request")


@dataclass(slots=True)
class StandIns:
    """What the routes act on."""

    azure: ScriptedAzure
    pace: Pace = field(default_factory=Pace)
    workspaces: dict[str, Workspace] = field(default_factory=dict)

    def set(self, pace: Pace) -> None:
        """From now on."""
        self.pace = pace
        self.azure.brain = pace.brain
        for workspace in self.workspaces.values():
            workspace.faults.answers_in = pace.slack
            workspace.faults.latency["conversations.replies"] = REPLY if pace.slack else 0.0
            workspace.rates.enforced = pace.rates

    def routes(self, workspace: Workspace) -> list[Route]:
        """What the benchmark itself asks for, beside Slack's own routes."""

        def route(name: str, act: Any) -> Route:
            async def answer(request: Request) -> Response:
                given = json.loads(await request.body() or b"{}")
                return JSONResponse(await act(workspace, **given))

            return Route(f"/bench/{name}", answer, methods=["POST"])

        return [route(name, getattr(self, name)) for name in VERBS]

    async def paced(self, _workspace: Workspace, **figures: Any) -> dict[str, object]:
        """Another pace, for both sides."""
        self.set(Pace(**figures))
        return {}

    async def connected(self, workspace: Workspace) -> dict[str, object]:
        """How many sockets the app has open."""
        return {"sockets": len(workspace.connections.open)}

    async def ask(
        self, workspace: Workspace, places: list[list[str | None]], text: str, patience: float
    ) -> dict[str, object]:
        """Ask in all places at once; a new channel for each that names none, a direct message by `direct`."""
        named = [(self._place(workspace, channel), thread) for channel, thread in places]
        seen = await Watcher(workspace, self.pace.tokens).ask(named, text, patience)
        return {"seen": [each.as_json() for each in seen], "places": named}

    async def written(
        self, workspace: Workspace, messages: int, place: str | None = None
    ) -> dict[str, object]:
        """A thread of so many messages that the app hears nothing of."""
        channel, history = self._place(workspace, place), workspace.record.history
        root = ""
        for number in range(messages):
            ours = number % 2 == 1
            who = workspace.confab if ours else workspace.ada
            ts = history.mint_ts()
            root = root or ts
            history.add(
                Message(
                    channel,
                    ts,
                    who.id,
                    f"Message {number} of a long thread, as long as people write them.",
                    thread_ts=None if ts == root else root,
                    bot_id=who.bot_id,
                    app_id=who.app_id,
                )
            )
        return {"channel": channel, "root": root}

    async def flooded(
        self, workspace: Workspace, events: int, threads: int, per_second: float | None = None
    ) -> dict[str, object]:
        """Events, and the acknowledgements that came."""
        found = await flood(workspace, events, threads, per_second=per_second)
        return {"seconds": found.seconds, "acks": list(found.acks), "lost": found.lost}

    async def calls(self, workspace: Workspace) -> dict[str, object]:
        """The calls since the last look, by method, and how many were refused for their rate."""
        made: dict[str, int] = {}
        for call in workspace.calls.of():
            made[call.method] = made.get(call.method, 0) + 1
        limited = workspace.calls.limited()
        workspace.calls.clear()
        return {"made": made, "limited": limited}

    async def last_request(self, _workspace: Workspace) -> dict[str, object]:
        """The messages that the model got last."""
        return {"messages": self.azure.requests[-1].body["messages"]}

    def _place(self, workspace: Workspace, named: str | None) -> str:
        if named == "direct":
            return workspace.direct(workspace.ada).id
        if named is not None:
            return named
        number = len(workspace.team.channels)
        return workspace.team.add_channel(f"room-{number}", (workspace.ada, workspace.confab)).id


async def _serve() -> None:
    async with AsyncExitStack() as stack:
        azure = await stack.enter_async_context(running_scripted_azure())
        stand_ins = StandIns(azure)
        told: dict[str, dict[str, str]] = {}
        for side in SIDES:
            workspace = Workspace(Installation.from_manifest(MANIFEST), limits=LIMITS)
            stand_ins.workspaces[side] = workspace
            app = workspace_app(workspace, *stand_ins.routes(workspace))
            url = await stack.enter_async_context(serve_app(app))
            told[side] = {
                "url": url,
                "bot_token": workspace.app.bot_token,
                "app_token": workspace.app.app_token,
                "azure": azure.endpoint,
                "azure_key": azure.key,
            }
        stand_ins.set(Pace())
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
