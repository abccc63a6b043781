"""The book of results: one line for each trial, so that a run can be broken off and taken up again."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

HEAD = ("fault", "database", "runs", "lost", "doubled", "slowest recovery", "pass")
UNKNOWN = "an unknown revision"


class Results:
    """What was tried, by fault, trial, database and seed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        lines = file.read_text().splitlines() if file.exists() else []
        self._lines: dict[tuple[str, ...], dict[str, Any]] = {}
        for line in map(json.loads, lines):
            self._lines[_key(line)] = line

    def has(self, fault: str, trial: str, database: str, seed: int) -> bool:
        """Whether that was tried, and passed; what failed is tried again."""
        line = self._lines.get((fault, trial, database, str(seed)))
        return line is not None and not line["failed"]

    def add(self, line: dict[str, Any]) -> None:
        """Keep one result."""
        self._lines[_key(line)] = line
        self._file.parent.mkdir(exist_ok=True)
        with self._file.open("a") as book:
            book.write(json.dumps(line) + "\n")

    def failures(self) -> list[dict[str, Any]]:
        """What broke a promise."""
        return [line for line in self._lines.values() if line["failed"]]

    @property
    def minutes(self) -> float:
        """How long all of that took, one after the other."""
        return float(sum(line.get("took", 0.0) for line in self._lines.values())) / 60

    @property
    def revisions(self) -> dict[str, int]:
        """Of Confab, the number of trials that were played at each; what an older one did may not hold."""
        return Counter(line.get("revision", UNKNOWN) for line in self._lines.values())

    def not_played(self, trials: Iterable[tuple[str, str, str]]) -> list[str]:
        """Of these, each by fault, name and database, those without a line: fault by fault, in words."""
        wanted: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for fault, trial, database in trials:
            wanted[fault, database].append(trial)
        there = {key[:3] for key in self._lines}
        found = []
        for (fault, database), names in wanted.items():
            missing = sum((fault, name, database) not in there for name in names)
            part = f" ({missing} of {len(names)} trials)" if missing < len(names) else ""
            found += [f"{fault} {database}{part}"] if missing else []
        return found

    def table(self, faults: Iterable[str]) -> str:
        """Fault by fault, as Markdown."""
        rows = [HEAD, tuple("---" for _ in HEAD)]
        for fault in faults:
            for database in ("sqlite", "postgresql"):
                of = [
                    each
                    for each in self._lines.values()
                    if (each["fault"], each["database"]) == (fault, database)
                ]
                if of:
                    rows.append(_row(fault, database, of))
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(fault: str, database: str, lines: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    slowest = max(lines, key=lambda line: line["recovery"] / line["within"])
    return (
        fault,
        database,
        str(len(lines)),
        str(sum(line["lost"] for line in lines)),
        str(sum(line["doubled"] for line in lines)),
        f"{slowest['recovery']:.1f} s of {slowest['within']:g} s",
        f"{sum(not line['failed'] for line in lines)} of {len(lines)}",
    )


def _key(line: dict[str, Any]) -> tuple[str, ...]:
    return line["fault"], line["trial"], line["database"], str(line["seed"])
