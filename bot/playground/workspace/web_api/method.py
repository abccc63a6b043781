"""What a method of the Web API is, and one call of it with its arguments."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.playground.workspace.channels import Channel, ChannelKind
from bot.playground.workspace.errors import SlackError
from bot.playground.workspace.installation import Installation
from bot.playground.workspace.messages import JSON
from bot.playground.workspace.rates import Tier
from bot.playground.workspace.workspace import Workspace

_EVERYWHERE = ("team_id",)  # Bolt's clients add it to every call; Slack heeds it for org-wide tokens alone
_TRUTH = {"1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One call: the workspace, the app that calls, its arguments as they came (JSON or form strings)."""

    workspace: Workspace
    app: Installation
    arguments: dict[str, Any] = field(repr=False)
    base_url: str = ""

    def has(self, name: str) -> bool:
        """Whether the argument was given."""
        return self.arguments.get(name) is not None

    def text(self, name: str) -> str | None:
        """A string argument, None where it was not given."""
        value = self.arguments.get(name)
        if value is not None and not isinstance(value, str):
            raise SlackError("invalid_arguments", f"[ERROR] must be a string [json-pointer:/{name}]")
        return value

    def word(self, name: str) -> str:
        """A required string argument."""
        return self.text(name) or ""

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean argument, in JSON or as `1`, `0`, `true`, `false`."""
        value = self.arguments.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        if str(value).lower() in _TRUTH:
            return _TRUTH[str(value).lower()]
        raise SlackError("invalid_arguments", f"[ERROR] must be a boolean [json-pointer:/{name}]")

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        value = self.arguments.get(name)
        if value is None:
            return default
        try:
            return int(value)
        except (TypeError, ValueError) as fault:
            raise SlackError(
                "invalid_arguments", f"[ERROR] must be a number [json-pointer:/{name}]"
            ) from fault

    def structure(self, name: str, error: str) -> Any:
        """A JSON argument, given as a value or as its text; `error` answers text that is no JSON."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as fault:
            raise SlackError(error) from fault

    def listing(self, name: str, error: str) -> list[JSON] | None:
        """A JSON array of objects; `error` answers anything else."""
        value = self.structure(name, error)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise SlackError(error)
        return value

    def channel(
        self, name: str = "channel", *, joined: bool = False, channel_id: str | None = None
    ) -> Channel:
        """The channel that the app may know of.

        Args:
            name: which argument has its id.
            joined: also refuse a public channel that the app is not in.
            channel_id: its id, where the argument has several.
        """
        ref = channel_id or self.word(name)
        team = self.workspace.team
        found = team.find_channel(ref)
        if found is None and name == "channel" and team.find_person(ref) is not None:
            found = team.direct(ref, self.app.user_id)
        member = found is not None and found.has(self.app.user_id)
        if found is None or (found.kind is not ChannelKind.PUBLIC and not member):
            raise SlackError("channel_not_found")
        if joined and not member:
            raise SlackError("not_in_channel")
        return found

    def need(self, *scopes: str) -> None:
        """The app has one of these scopes.

        Raises:
            SlackError: `missing_scope`, naming what is needed and what there is.
        """
        if scopes and not any(self.app.may(scope) for scope in scopes):
            raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(self.app.scopes))


def origin_of(socket_url: str) -> str:
    """Where the workspace is served, from the address of its sockets."""
    return f"http{socket_url.removeprefix('ws').removesuffix('/link')}"


Handler = Callable[[ApiCall], JSON]


@dataclass(frozen=True, slots=True)
class Method:
    """One method: handler, rate tier, arguments by their real names, and scopes of which one is needed."""

    name: str
    handler: Handler
    tier: Tier
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    app_token: bool = False

    def check_arguments(self, arguments: dict[str, Any]) -> None:
        """Every required argument is there and no other than those that exist.

        Raises:
            SlackError: `invalid_arguments`, naming each.
        """
        missing = [name for name in self.required if arguments.get(name) in (None, "")]
        known = {*self.required, *self.optional, *_EVERYWHERE}
        unknown = [name for name in arguments if name not in known]
        faults = [f"[ERROR] missing required field: {name}" for name in missing]
        faults += [f"[ERROR] unknown argument: {name} [json-pointer:/{name}]" for name in unknown]
        if faults:
            raise SlackError("invalid_arguments", *faults)
