"""The environments that the playground's processes run in, and the commands that start them."""

import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.playground.run_folder import RunFolder

PRACTICE_DEPLOYMENT = "smollm2:chatml:8192:bytes"
XBOX_SETUP = Path(__file__).parent / "setups" / "xbox-support.json"

_PRACTICE_MODEL = "a 135M practice model"
_OWN_MODEL = "{name}, on this machine"
_SCRIPTED_MODEL = "a scripted stand-in"
_PACKAGE = Path(__file__).parents[1]
_OURS = ("SLACK_", "DATABASE_URL")
_DRAIN_SECONDS = "2"  # nobody wants to wait for the end of a playground


def manifest() -> Path:
    """The app's manifest: in the package once it is installed, beside it in a checkout."""
    packed = _PACKAGE / "manifest.yml"
    return packed if packed.is_file() else _PACKAGE.parent / "manifest.yml"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What one run is made of: who answers, where things are kept, what was in the environment."""

    folder: RunFolder
    outer: Mapping[str, str] = field(repr=False)
    cwd: Path
    scripted: bool = False
    model_key: str = field(default_factory=lambda: secrets.token_urlsafe(16), repr=False)

    @property
    def azure_answers(self) -> bool:
        """Whether the environment names an endpoint and a deployment, so that no model is needed here."""
        names = ("AZURE_OPENAI_DEPLOYMENTS", "AZURE_OPENAI_DEPLOYMENT")
        return bool(self.outer.get("AZURE_OPENAI_ENDPOINT")) and any(self.outer.get(name) for name in names)

    @property
    def written_by(self) -> str:
        """Who answers, for the line under each answer."""
        if self.scripted:
            return _SCRIPTED_MODEL
        own = self.outer.get("MODEL")
        return _OWN_MODEL.format(name=Path(own).name) if own else _PRACTICE_MODEL

    def page(self, port: int) -> list[str]:
        """The command for the workspace and its page."""
        return [
            *_python("bot.playground.page"),
            *("--manifest", str(manifest())),
            *("--run-folder", str(self.folder.path)),
            *("--port", str(port)),
        ]

    def model(self) -> list[str]:
        """The command for the model."""
        if self.scripted:
            return [*_python("bot.playground.model"), "scripted"]
        own = self.outer.get("MODEL")
        return [
            *_python("bot.playground.model"),
            "local",
            *(("--model-path", str(self.cwd / own)) if own else ()),
        ]

    def bot(self, *command: str) -> list[str]:
        """The command for one of the bot's own commands."""
        return [*_python("bot"), *command]

    def base(self) -> dict[str, str]:
        """The environment that all of them start from: nothing of it reaches a real workspace."""
        kept = {name: value for name, value in self.outer.items() if not name.startswith(_OURS)}
        if not self.azure_answers:
            kept = {name: value for name, value in kept.items() if not name.startswith("AZURE_OPENAI_")}
        return kept | {
            "PYTHONPATH": str(_PACKAGE.parent),
            "PYTHONUNBUFFERED": "1",
            "NICEGUI_STORAGE_PATH": str(self.folder.path / "page"),
            "DATABASE_URL": f"sqlite:///{self.folder.path / 'confab.db'}",
        }

    def for_model(self) -> dict[str, str]:
        """The model's environment."""
        return self.base() | {"AZURE_OPENAI_API_KEY": self.model_key}

    def for_bot(self, workspace: Mapping[str, Any], model_port: int | None) -> dict[str, str]:
        """The bot's environment, from what the workspace reported and where a model answers, if one does."""
        azure = {
            "AZURE_OPENAI_ENDPOINT": f"http://127.0.0.1:{model_port}",
            "AZURE_OPENAI_API_KEY": self.model_key,
            "AZURE_OPENAI_DEPLOYMENTS": PRACTICE_DEPLOYMENT,
        }
        return (
            self.base()
            | (azure if model_port else {})
            | {
                "SLACK_API_URL": f"http://127.0.0.1:{workspace['port']}/api/",
                "SLACK_BOT_TOKEN": workspace["bot_token"],
                "SLACK_APP_TOKEN": workspace["app_token"],
                "CONFAB_ADMINS": workspace["admin"],
                "CONFAB_DRAIN_SECONDS": _DRAIN_SECONDS,
            }
        )


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]
