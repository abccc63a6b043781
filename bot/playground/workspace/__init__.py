"""A stand-in for Slack that speaks Slack's protocols, strict where Slack is strict."""

from bot.playground.workspace.changes import Change
from bot.playground.workspace.channels import Channel, ChannelKind
from bot.playground.workspace.control import control_routes
from bot.playground.workspace.delivery import DeliveryState, Parcel
from bot.playground.workspace.faults import Hold, Moment
from bot.playground.workspace.files import StoredFile
from bot.playground.workspace.installation import Installation
from bot.playground.workspace.limits import Limits
from bot.playground.workspace.messages import File, Message, StreamState
from bot.playground.workspace.people import Person
from bot.playground.workspace.routes import workspace_app, workspace_routes
from bot.playground.workspace.serving import ExposedTransport, RunningWorkspace, running_workspace, serve_app
from bot.playground.workspace.sight import Ping, Shown
from bot.playground.workspace.surfaces import View
from bot.playground.workspace.workspace import Workspace

__all__ = [
    "Change",
    "Channel",
    "ChannelKind",
    "DeliveryState",
    "ExposedTransport",
    "File",
    "Hold",
    "Installation",
    "Limits",
    "Message",
    "Moment",
    "Parcel",
    "Person",
    "Ping",
    "RunningWorkspace",
    "Shown",
    "StoredFile",
    "StreamState",
    "View",
    "Workspace",
    "control_routes",
    "running_workspace",
    "serve_app",
    "workspace_app",
    "workspace_routes",
]
