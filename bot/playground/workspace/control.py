"""The control API: the verbs and faults of the workspace for tests that drive other processes.

Every verb is `POST /control/<verb>` with a JSON object of its arguments and answers a JSON object; a verb
that goes wrong answers 400 with the reason. `GET /control/state` and `GET /control/calls` tell how things
stand. It knows no tokens, so whoever serves it keeps it on loopback.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.playground.workspace import snapshot
from bot.playground.workspace.faults import Hold, Moment
from bot.playground.workspace.messages import JSON, Message
from bot.playground.workspace.workspace import Workspace

Verb = Callable[..., Any]


def control_routes(workspace: Workspace) -> list[BaseRoute]:
    """The routes under `/control`, to be given to `workspace_app`."""
    verbs = Verbs(workspace)

    async def act(request: Request) -> Response:
        verb = getattr(verbs, request.path_params["verb"].replace("-", "_"), None)
        if verb is None or request.path_params["verb"].startswith("_"):
            return JSONResponse({"error": "unknown verb"}, 404)
        try:
            arguments = await request.json() if await request.body() else {}
            answer = verb(**arguments)
            answer = await answer if isinstance(answer, Awaitable) else answer
        except (KeyError, TypeError, ValueError, IndexError) as fault:
            return JSONResponse({"error": f"{type(fault).__name__}: {fault}"}, 400)
        return JSONResponse(answer or {})

    async def state(_request: Request) -> Response:
        return JSONResponse(snapshot.state(workspace))

    async def calls(request: Request) -> Response:
        methods = request.query_params.getlist("method")
        return JSONResponse(snapshot.calls(workspace, *methods))

    return [
        Route("/control/state", state, methods=["GET"]),
        Route("/control/calls", calls, methods=["GET"]),
        Route("/control/{verb}", act, methods=["POST"]),
    ]


class Verbs:
    """What can be asked for over the control API; the arguments are the JSON object's fields."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._holds: list[Hold] = []

    def post(self, person: str, channel: str, text: str, **more: Any) -> JSON:
        """Say something as a person; in `direct`, in their direct message with the app."""
        place = (
            self._workspace.direct(person) if channel == "direct" else self._workspace.team.channel(channel)
        )
        message = self._workspace.post(person, place, text, **more)
        return {"channel": message.channel, "ts": message.ts}

    def edit(self, channel: str, ts: str, text: str) -> JSON:
        """Change what a message says, as its author."""
        self._workspace.edit(self._message(channel, ts), text)
        return {}

    def delete(self, channel: str, ts: str) -> JSON:
        """Delete a message."""
        self._workspace.delete(self._message(channel, ts))
        return {}

    def react(self, person: str, channel: str, ts: str, name: str) -> JSON:
        """Put an emoji on a message."""
        self._workspace.react(person, self._message(channel, ts), name)
        return {}

    def join(self, person: str, channel: str) -> JSON:
        """Become a member."""
        self._workspace.join(person, channel)
        return {}

    def invite(self, person: str, channel: str) -> JSON:
        """Bring the app into a channel."""
        self._workspace.invite(person, channel)
        return {}

    def open_home(self, person: str, tab: str = "home") -> JSON:
        """Look at the app's home or messages tab."""
        self._workspace.open_home(person, tab)
        return {}

    def stop(self, person: str, channel: str, thread_ts: str) -> JSON:
        """Press Slack's Stop in a thread."""
        return {"stopped": list(self._workspace.stop(person, channel, thread_ts))}

    def see(self, channel: str, thread_ts: str | None = None, viewer: str | None = None) -> JSON:
        """What is on the screen of a channel or a thread."""
        return {"messages": snapshot.shown(self._workspace, channel, thread_ts, viewer)}

    def hold(self, method: str, moment: str = "before") -> JSON:
        """Hold the next call of a method; the answer's number names the hold."""
        self._holds.append(self._workspace.faults.hold(method, Moment(moment)))
        return {"hold": len(self._holds) - 1}

    async def wait_for_hold(self, hold: int) -> JSON:
        """Wait until a call is held there."""
        await self._holds[hold].arrived.wait()
        return {}

    def release(self, hold: int, *, drop: bool = False) -> JSON:
        """Let a held call go on, answered or not."""
        self._holds[hold].release(drop=drop)
        return {}

    def drop_answer(self, method: str, times: int = 1, moment: str = "after") -> JSON:
        """Cut the connection instead of answering."""
        self._workspace.faults.drop_answer(method, times, Moment(moment))
        return {}

    def answer_error(self, method: str, error: str, times: int | None = 1, every: int = 1) -> JSON:
        """Answer an error to the next calls, or to every n-th."""
        self._workspace.faults.answer_error(method, error, times=times, every=every)
        return {}

    def limit(self, method: str, retry_after: int, times: int | None = 1, every: int = 1) -> JSON:
        """Answer 429."""
        self._workspace.faults.limit(method, retry_after, times=times, every=every)
        return {}

    def refuse(self, method: str, error: str = "unknown_method") -> JSON:
        """Refuse a method for good."""
        self._workspace.faults.refuse(method, error)
        return {}

    def clear_faults(self) -> JSON:
        """End every fault."""
        self._workspace.faults.clear()
        self._workspace.connections.recover()
        self._workspace.delivery.delay = (0.0, 0.0)
        self._workspace.delivery.twice = False
        self._workspace.delivery.resume()
        return {}

    def settings(self, **wanted: Any) -> JSON:
        """Switch `rates`, `refuse_connections`, `duplicates`; set `delay` (from, to), `latency` (seconds)."""
        switches: dict[str, Callable[[Any], None]] = {
            "rates": lambda on: setattr(self._workspace.rates, "enforced", bool(on)),
            "refuse_connections": lambda on: setattr(self._workspace.faults, "refuses_connections", bool(on)),
            "duplicates": lambda on: setattr(self._workspace.delivery, "twice", bool(on)),
            "delay": lambda span: setattr(
                self._workspace.delivery, "delay", (float(span[0]), float(span[1]))
            ),
            "latency": lambda seconds: setattr(self._workspace.faults, "answers_in", float(seconds)),
        }
        for name, value in wanted.items():
            switches[name](value)
        return {}

    def redeliver(self, event_id: str | None = None) -> JSON:
        """Send an event again: the one named, or the last."""
        parcels = [each for each in self._workspace.parcels if event_id in (None, each.event_id)]
        self._workspace.delivery.redeliver(parcels[-1])
        return {"event_id": parcels[-1].event_id}

    def drop_sockets(self) -> JSON:
        """Cut every socket hard."""
        return {"dropped": self._workspace.connections.drop_all()}

    def disconnect(self, reason: str = "refresh_requested") -> JSON:
        """Announce a disconnect to every socket."""
        self._workspace.connections.announce_disconnect(reason)
        return {}

    def black_hole(self) -> JSON:
        """Make the sockets deaf and dumb."""
        self._workspace.connections.go_deaf()
        return {}

    def _message(self, channel: str, ts: str) -> Message:
        found = self._workspace.record.history.get(self._workspace.team.channel(channel).id, ts)
        if found is None:
            raise KeyError(ts)
        return found
