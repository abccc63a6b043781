"""The state of the workspace as JSON, for the control API."""

from dataclasses import asdict
from typing import Any

from bot.playground.workspace.messages import JSON
from bot.playground.workspace.workspace import Workspace


def state(workspace: Workspace) -> JSON:
    """Team, people, channels with their threads, deliveries, sockets, counts of calls."""
    team = workspace.team
    return {
        "team_id": team.id,
        "people": [asdict(person) for person in team.people],
        "channels": [
            {"id": channel.id, "name": channel.name, "kind": channel.kind.value, "members": channel.members}
            for channel in team.channels
        ],
        "messages": [
            _message(workspace, each.channel, each.ts) for each in workspace.record.history.everything()
        ],
        "pings": [asdict(ping) for ping in workspace.pings],
        "deliveries": [
            {
                "event_id": parcel.event_id,
                "type": parcel.event.get("type", parcel.kind),
                "ts": parcel.event.get("ts"),
                "state": parcel.state.value,
                "attempt": parcel.attempt,
                "envelopes": len(parcel.envelopes),
            }
            for parcel in workspace.parcels
        ],
        "sockets": {"open": len(workspace.connections.open), "opened": workspace.connections.opened},
        "limited": workspace.calls.limited(),
    }


def shown(workspace: Workspace, channel: str, thread_ts: str | None, viewer: str | None) -> list[JSON]:
    """What is on the screen."""
    return [asdict(each) for each in workspace.see(channel, thread_ts, viewer)]


def calls(workspace: Workspace, *methods: str) -> JSON:
    """The calls of those methods, or of all."""
    found: list[dict[str, Any]] = [asdict(call) for call in workspace.calls.of(*methods)]
    return {"calls": found}


def _message(workspace: Workspace, channel: str, ts: str) -> JSON:
    found = workspace.record.history.get(channel, ts)
    if found is None:
        return {}
    return {"channel": channel, **workspace.record.payloads.message(found, with_metadata=True)}
