"""What an app hears when somebody presses something in one of its messages."""

from bot.playground.workspace import Message, Parcel, Person, Workspace
from bot.playground.workspace.messages import JSON


def press(workspace: Workspace, person: Person, message: Message, action: JSON) -> Parcel:
    """Send the app a `block_actions` payload. Slack does not redeliver it: the person can press again."""
    app, team = workspace.app, workspace.team
    channel = team.channel(message.channel)
    container: JSON = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts is not None:
        container["thread_ts"] = message.thread_ts
    payload: JSON = {
        "type": "block_actions",
        "api_app_id": app.app_id,
        "token": "verification-token",
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id},
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "container": container,
        "message": workspace.record.payloads.message(message, with_metadata=True),
        "state": {"values": {}},
        "trigger_id": workspace.surfaces.issue_trigger(person.id),
        "actions": [{**action, "action_ts": workspace.record.history.mint_ts()}],
    }
    return workspace.delivery.send(Parcel("interactive", payload, retries=False))
