"""How `make chaos` ends, with stand-ins for what it plays."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.faults.__main__ import main
from tests.faults.catalogue import trials

PASSES = (sys.executable, "-c", "")
FAILS = (sys.executable, "-c", "import sys; sys.exit(3 * ('postgresql' in sys.argv))")
IS_KILLED = (sys.executable, "-c", "import os, sys; 'sqlite' in sys.argv and os.kill(os.getpid(), 9)")


def line(fault: str, trial: str, database: str, failed: Sequence[str] = ()) -> str:
    """One of the book; each took a minute and a half."""
    figures = {"lost": 0, "doubled": 0, "recovery": 1.0, "within": 5.0, "took": 90.0}
    told = {"fault": fault, "trial": trial, "database": database, "seed": 1, "failed": list(failed)}
    return json.dumps(told | figures) + "\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Where all was played, and passed."""
    file = tmp_path / "results.jsonl"
    file.write_text(
        "".join(line(each.fault, each.name, database) for each in trials() for database in each.databases)
    )
    return file


def test_all_played_and_kept_is_a_success(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--book", str(book)], PASSES) == 0
    minutes = 1.5 * len(book.read_text().splitlines())
    assert f"Not played: nothing. {minutes:.0f} minutes" in capsys.readouterr().out


def test_a_broken_promise_is_a_failure(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with book.open("a") as more:
        more.write(line("F11", "cut", "sqlite", ["1 of 2 lost"]))
    assert main(["--book", str(book)], PASSES) == 1
    assert "F11 sqlite seed 1, cut: ['1 of 2 lost']" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (FAILS, "postgresql: broke off with exit code 3"),
        (IS_KILLED, "sqlite: broke off with exit code -9"),
    ],
)
def test_a_database_whose_process_died_is_a_failure(
    book: Path, program: Sequence[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--book", str(book)], program) == 1
    assert words in capsys.readouterr().out


def test_what_was_not_played_is_named(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    played = [
        each
        for each in map(json.loads, book.read_text().splitlines())
        if (each["fault"], each["database"]) != ("F9", "sqlite") and each["trial"] != "three deaths"
    ]
    book.write_text("".join(json.dumps(each) + "\n" for each in played))
    assert main(["--book", str(book)], PASSES) == 0
    said = capsys.readouterr().out
    assert "Not played: F12 sqlite (1 of 2 trials), F12 postgresql (1 of 2 trials), F9 sqlite. " in said


def test_what_was_played_at_another_revision_is_told_apart(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older, *newer = map(json.loads, book.read_text().splitlines())
    told = [older, *(each | {"revision": "79cdece"} for each in newer)]
    book.write_text("".join(json.dumps(each) + "\n" for each in told))
    main(["--book", str(book)], PASSES)
    assert f"Played: 1 at an unknown revision, {len(newer)} at 79cdece." in capsys.readouterr().out


def test_a_fault_that_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--fault", "F99"], PASSES)
    assert "there is no fault F99, only F1, F2, " in capsys.readouterr().err
