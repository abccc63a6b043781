"""The folder of one run of the playground: its logs, its database, and who is at work."""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

_BOT = "bot.json"
_MODEL = "model.json"


@dataclass(frozen=True, slots=True)
class ModelNote:
    """The model process of this run: where it answers, and what it is called under its answers."""

    address: str
    written_by: str


class RunFolder:
    """What the supervisor writes down and the page reads. Every start has a folder of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def fresh(cls, beside: Path) -> "RunFolder":
        """A new folder under `.playground` in `beside`, or a temporary one if that is read-only."""
        stamp = time.strftime("%Y%m%d-%H%M%S")
        try:
            folder = beside / ".playground" / f"{stamp}-{os.getpid()}"
            folder.mkdir(parents=True)
        except OSError:
            folder = Path(mkdtemp(prefix=f"confab-playground-{stamp}-"))
        return cls(folder)

    def log(self, name: str) -> Path:
        """Where that process's log goes."""
        return self.path / f"{name}.log"

    def note_bot(self, pid: int) -> None:
        """Write down which process the bot is: a child of this one."""
        self._write(_BOT, {"pid": pid, "supervisor": os.getpid()})

    def bot_pid(self) -> int | None:
        """The bot's process id. None while there is none, or if that id belongs to somebody else by now."""
        note = self._read(_BOT)
        return note["pid"] if note and _parent(note["pid"]) == note["supervisor"] else None

    def note_model(self, note: ModelNote) -> None:
        """Write down where the model answers."""
        self._write(_MODEL, {"address": note.address, "written_by": note.written_by})

    def model(self) -> ModelNote | None:
        """The model process, or None if somebody else answers (Azure)."""
        note = self._read(_MODEL)
        return ModelNote(**note) if note else None

    def _write(self, name: str, content: dict[str, object]) -> None:
        whole = self.path / f".{name}"
        whole.write_text(json.dumps(content), encoding="utf-8")
        whole.replace(self.path / name)  # a reader never meets half a note

    def _read(self, name: str) -> dict[str, Any] | None:
        try:
            found = json.loads((self.path / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return found if isinstance(found, dict) else None


def _parent(pid: int) -> int | None:
    """The parent of a living process. A dead one that nobody has waited for yet has none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return None
    state, parent = stat.rpartition(")")[2].split()[:2]
    return None if state == "Z" else int(parent)
