"""Behind the page: the bot's process, and what the model was asked."""

import os
import signal
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.playground.run_folder import ModelNote, RunFolder
from bot.playground.workspace import Message


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to the model and how it went; counts are tokens, times seconds."""

    deployment: str
    prompt: str | None = field(repr=False)
    body: dict[str, Any] = field(repr=False)
    answer: str = field(repr=False)
    is_over: bool
    prompt_tokens: int | None
    answer_tokens: int | None
    finish_reason: str | None
    seconds: float | None


class ModelAway(Exception):
    """The model process does not answer."""


class Backstage:
    """What the page knows of the other processes of its run, by way of the run's folder."""

    def __init__(self, folder: RunFolder, team_id: str) -> None:
        self._folder = folder
        self._team_id = team_id

    @property
    def model(self) -> ModelNote | None:
        """The practice model, where one answers."""
        return self._folder.model()

    def kill_bot(self) -> int | None:
        """Kill -9 to the bot; says which process that was, or None if there is none at the moment."""
        pid = self._folder.bot_pid()
        if pid is None:
            return None
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return None
        return pid

    async def asked(self, turn: str) -> Asked | None:
        """The request behind an answer, or None if the model no longer has it.

        Raises:
            ModelAway: nobody is there to ask.
        """
        note = self.model
        if note is None:
            raise ModelAway
        name = quote(f"{self._team_id}.{turn}", safe="")
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=5)) as session,
                session.get(f"{note.address}/recorded/{name}") as response,
            ):
                return _read(await response.json()) if response.status == 200 else None
        except (ClientError, TimeoutError) as failed:
            raise ModelAway from failed


def turn_of(message: Message) -> str | None:
    """The turn that wrote the message, from the metadata that the bot leaves on its answers."""
    found = (message.metadata or {}).get("event_payload", {}).get("turn")
    return None if found is None else str(found)


def _read(recorded: dict[str, Any]) -> Asked:
    usage = recorded.get("usage") or {}
    return Asked(
        deployment=str(recorded["deployment"]),
        prompt=recorded.get("prompt"),
        body=recorded.get("body") or {},
        answer=recorded.get("text") or "",
        is_over=recorded["outcome"] != "running",
        prompt_tokens=usage.get("prompt_tokens"),
        answer_tokens=usage.get("completion_tokens"),
        finish_reason=recorded.get("finish_reason"),
        seconds=recorded.get("finished_after"),
    )
