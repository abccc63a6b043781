"""The long run: every fault, with its own figures, on both databases. `make chaos` starts it.

The times to recover are those of a machine with two cores and nothing else to do.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.database.schema import upgrade
from tests.faults.bots import ROOT
from tests.faults.catalogue import Trial, trials
from tests.faults.place import DATABASES, Place
from tests.faults.results import UNKNOWN, Results
from tests.faults.stage import Stage
from tests.faults.verdict import Verdict
from tests.postgresql import running_postgresql

BOOK = Path(".chaos/results.jsonl")
LONGEST = 3_600.0
THIS = (sys.executable, "-m", "tests.faults")

say = partial(print, flush=True)


class Theatre:
    """Keeps one stage open for trials that want the same one; after a failure the next gets a new one."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._open = AsyncExitStack()
        self._stage: Stage | None = None
        self._limits: object = None

    async def play(self, trial: Trial, seed: int) -> Verdict:
        """One trial; one that breaks off counts as a question that was lost."""
        try:
            async with asyncio.timeout(LONGEST):
                stage = await self._ready(trial)
                verdict = await trial.play(stage, self._place, seed)
        except Exception as error:  # noqa: BLE001 - the other trials go on
            traceback.print_exc()
            verdict = Verdict(1, lost=1, broken=(f"broke off: {error!r:.200}",))
        if verdict.faults:
            await self.close()
        return verdict

    async def close(self) -> None:
        """End every bot of the stage."""
        await self._open.aclose()
        self._stage = None

    async def _ready(self, trial: Trial) -> Stage:
        if self._stage is None or self._limits != trial.limits:
            await self.close()
            self._stage = await self._open.enter_async_context(self._place.stage(limits=trial.limits))
            self._limits = trial.limits
        elif trial.anew:
            await self._stage.end()
        return self._stage


@contextmanager
def placed(database: str) -> Iterator[Place]:
    """A place for that database, in a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="confab-chaos-") as name, ExitStack() as stack:
        migrated, folder = Path(name) / "migrated.db", Path(name) / database
        upgrade(f"sqlite:///{migrated}")
        folder.mkdir()
        server = stack.enter_context(running_postgresql()) if database == "postgresql" else None
        yield Place(database, folder, migrated_file=migrated, server=server)


async def run(chosen: Sequence[Trial], place: Place, results: Results, seed: int | None, most: int) -> None:
    """Every trial on one database that has not passed there yet."""
    theatre = Theatre(place)
    try:
        for trial in chosen:
            if place.database in trial.databases:
                for each in [seed] if seed is not None else range(1, min(most, trial.seeds) + 1):
                    if seed is not None or not results.has(trial.fault, trial.name, place.database, each):
                        results.add(await played(theatre, trial, place.database, each))
    finally:
        await theatre.close()


async def played(theatre: Theatre, trial: Trial, database: str, seed: int) -> dict[str, object]:
    """One trial, told on the screen: what it takes to play it again, and what it found."""
    began = time.monotonic()
    verdict = await theatre.play(trial, seed)
    failed = [*verdict.faults, *verdict.delays]
    say(
        f"{trial.fault:4} {database:10} seed {seed:<3} {trial.name:40} {verdict.recovery:6.1f} s "
        f"{'; '.join(failed) or 'ok'}",
    )
    busy = {"took": time.monotonic() - began, "load": os.getloadavg()[0], "revision": revision()}
    told = {"fault": trial.fault, "trial": trial.name, "database": database, "seed": seed, "failed": failed}
    return told | verdict.as_json() | busy


def revision() -> str:
    """Which Confab this is, as git names it; one that was changed since is `-dirty`."""
    try:
        said = subprocess.run(
            ("git", "describe", "--always", "--dirty"), cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return UNKNOWN
    return said.stdout.strip()


def side_by_side(arguments: Sequence[str], program: Sequence[str]) -> list[str]:
    """Both databases at once, each in a process of its own; mostly they wait, so two cores are enough.

    What is said of each process that did not come to its end.
    """
    running = {
        each: subprocess.Popen([*program, *arguments, "--database", each, "--no-table"]) for each in DATABASES
    }
    codes = {database: process.wait() for database, process in running.items()}
    return [f"{database}: broke off with exit code {code}" for database, code in codes.items() if code]


def main(arguments: Sequence[str], program: Sequence[str] = THIS) -> int:
    """Run what was asked for and print the table; 1 where any promise was broken, or a run broke off."""
    parser, catalogue = _parser(), list(trials())
    options = parser.parse_args(arguments)
    chosen = [trial for trial in catalogue if options.fault in ("", trial.fault)]
    if not chosen:
        parser.error(f"there is no fault {options.fault}, only {', '.join(_faults(catalogue))}")
    if options.fresh:
        options.book.unlink(missing_ok=True)
    broke_off: list[str] = []
    if options.database:
        with placed(options.database) as place:
            asyncio.run(run(chosen, place, Results(options.book), options.seed, options.seeds))
    else:
        broke_off = side_by_side([each for each in arguments if each != "--fresh"], program)
    return 0 if options.no_table else told(Results(options.book), catalogue, broke_off)


def told(results: Results, catalogue: Sequence[Trial], broke_off: Sequence[str]) -> int:
    """What the book says by now, on the screen; the exit code that goes with it."""
    say("\n" + results.table(_faults(catalogue)))
    missing = results.not_played((each.fault, each.name, on) for each in catalogue for on in each.databases)
    say(f"\nNot played: {', '.join(missing) or 'nothing'}. {results.minutes:.0f} minutes of trials in all.")
    of_each = (f"{number} at {name}" for name, number in results.revisions.items())
    say(f"Played: {', '.join(of_each)}.")
    for line in results.failures():
        say(f"{line['fault']} {line['database']} seed {line['seed']}, {line['trial']}: {line['failed']}")
    for words in broke_off:
        say(words)
    return 1 if results.failures() or broke_off else 0


def _faults(catalogue: Sequence[Trial]) -> list[str]:
    return sorted({trial.fault for trial in catalogue}, key=lambda name: int(name[1:]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make chaos", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--fault", default="", help="one fault, such as F9")
    parser.add_argument("--database", default="", choices=("", *DATABASES))
    parser.add_argument("--seed", type=int, default=None, help="one seed, to play a failure again")
    parser.add_argument("--seeds", type=int, default=20, help="at most so many for each trial")
    parser.add_argument("--fresh", action="store_true", help="forget the results so far")
    parser.add_argument("--no-table", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--book", type=Path, default=BOOK, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
