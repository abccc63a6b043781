"""An app as it is installed in this workspace: read from its manifest, with what the installer granted."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from bot.playground.workspace.team import new_id


class ManifestError(Exception):
    """The manifest does not describe an app that could be installed; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Installation:
    """An installed app: who it is, what it may do, what it hears.

    `scopes` are the ones granted, in the manifest's order. `events` are the bot events that it subscribed to.
    """

    name: str
    scopes: tuple[str, ...]
    events: frozenset[str]
    user_id: str = field(default_factory=lambda: new_id("U"))
    bot_id: str = field(default_factory=lambda: new_id("B"))
    app_id: str = field(default_factory=lambda: new_id("A"))
    bot_token: str = field(default_factory=lambda: f"xoxb-{secrets.token_hex(20)}", repr=False)
    app_token: str = field(default_factory=lambda: f"xapp-1-{secrets.token_hex(24)}", repr=False)
    is_agent: bool = False
    home_tab: bool = False
    messages_tab: bool = True
    interactive: bool = False
    commands: tuple[dict[str, Any], ...] = ()
    shortcuts: tuple[dict[str, Any], ...] = ()
    suggested_prompts: tuple[dict[str, str], ...] = ()

    def hears(self, event: str) -> bool:
        """Whether the app subscribed to that event."""
        return event in self.events

    def may(self, scope: str) -> bool:
        """Whether that scope was granted."""
        return scope in self.scopes

    def without(self, *scopes: str) -> "Installation":
        """The same app, installed again with those scopes declined."""
        return replace(self, scopes=tuple(scope for scope in self.scopes if scope not in scopes))

    @classmethod
    def from_manifest(
        cls, path: Path, *, optional_scopes: bool = True, declined: Collection[str] = ()
    ) -> "Installation":
        """Install the app that a manifest describes.

        Args:
            path: the manifest, YAML or JSON.
            optional_scopes: whether the installer grants what stands under `bot_optional`.
            declined: scopes left out, required or not.

        Raises:
            ManifestError: it names no app, no bot user or no scopes.
        """
        manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
        try:
            scopes = manifest["oauth_config"]["scopes"]
            wanted = list(scopes["bot"])
            bot_name = manifest["features"]["bot_user"]["display_name"]
        except (KeyError, TypeError) as missing:
            raise ManifestError(f"The manifest has no {missing}, so there is no bot to install.") from missing
        if optional_scopes:
            wanted += scopes.get("bot_optional", [])
        return cls(
            name=bot_name,
            scopes=tuple(scope for scope in dict.fromkeys(wanted) if scope not in declined),
            **_features(manifest),
        )


def _features(manifest: dict[str, Any]) -> dict[str, Any]:
    features = manifest["features"]
    home = features.get("app_home", {})
    agent = features.get("agent_view") or {}
    subscriptions = manifest.get("settings", {}).get("event_subscriptions", {})
    return {
        "events": frozenset(subscriptions.get("bot_events", ())),
        "is_agent": "agent_view" in features,
        "home_tab": bool(home.get("home_tab_enabled")),
        "messages_tab": bool(home.get("messages_tab_enabled", True)),
        "interactive": bool(manifest.get("settings", {}).get("interactivity", {}).get("is_enabled")),
        "commands": tuple(features.get("slash_commands", ())),
        "shortcuts": tuple(features.get("shortcuts", ())),
        "suggested_prompts": tuple(agent.get("suggested_prompts", ())),
    }
