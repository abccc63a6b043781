"""`python -m benchmarks [B1 B2 ...]`: each beside the peer, in one run; prints the table, and keeps it."""

import argparse
import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.billed import b6
from benchmarks.cpu import b2
from benchmarks.fifty import b50
from benchmarks.figures import Figure, put_into, table
from benchmarks.ingest import b3
from benchmarks.overhead import b1, b4
from benchmarks.rates import b8
from benchmarks.rig import Rig, rigged
from bot.database.schema import upgrade
from tests.postgresql import served

README = Path(__file__).parents[1] / "README.md"
TURNS = 30
LONGEST = 420.0
"""Seconds for one benchmark: the longest takes half of it where nothing else runs."""

BENCHMARKS: dict[str, Callable[[Rig], Awaitable[list[Figure]]]] = {
    "B1": b1,
    "B2": b2,
    "B4": b4,
    "B6": b6,
    "B8": b8,
    "B50": b50,
}

NAMES = ("B1", "B2", "B3", "B4", "B6", "B8", "B50")


async def measure(name: str, turns: int, *, profile: Path | None = None) -> list[Figure]:
    """One benchmark on fresh processes; B3 on both databases."""
    if name == "B3":
        return await _ingest(turns)
    async with rigged(turns, profile=profile, watched=name == "B4") as rig:
        return await BENCHMARKS[name](rig)


async def _ingest(turns: int) -> list[Figure]:
    found: list[Figure] = []
    with _postgresql() as url:
        for database, where in (("SQLite", None), ("PostgreSQL", url)):
            async with rigged(turns, database=where) as rig:
                found += await b3(rig, database)
    return found


@contextmanager
def _postgresql() -> Iterator[str]:
    """The server that `BENCH_DATABASE_URL` names, or our own, which writes each commit to the disk."""
    if url := os.environ.get("BENCH_DATABASE_URL"):
        yield url
        return
    with served() as server:
        url = str(server.get_uri())
        upgrade(url)
        yield url


def main() -> int:
    """Run what the command line names, or all; 1 where a figure is missed or a benchmark came to nothing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="B1", help=f"of {', '.join(NAMES)}; default: all")
    parser.add_argument("--turns", type=int, default=TURNS, help="how often each side is measured")
    parser.add_argument("--keep", action="store_true", help="write the figures into README.md")
    parser.add_argument(
        "--profile", type=Path, metavar="FILE", help="let cProfile follow Confab's event loop"
    )
    options = parser.parse_args()
    figures: list[Figure] = []
    stuck = False
    for name in options.names or NAMES:
        sys.stderr.write(f"{name} (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)\n")
        try:
            figures += asyncio.run(_in_time(name, options.turns, options.profile))
        except RuntimeError as error:
            sys.stderr.write(f"{name} came to nothing: {error}\n")
            stuck = True
    sys.stdout.write(table(figures) + "\n")
    if options.keep and figures:
        put_into(README, figures)
    return int(stuck or not all(figure.met for figure in figures))


async def _in_time(name: str, turns: int, profile: Path | None) -> list[Figure]:
    try:
        async with asyncio.timeout(LONGEST):
            return await measure(name, turns, profile=profile)
    except TimeoutError:
        raise RuntimeError(f"not done within {LONGEST:.0f} s") from None


if __name__ == "__main__":
    sys.exit(main())
