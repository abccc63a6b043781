"""What a run found, as a table: ours, the peer's, and how they stand to each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

BEGIN, END = "<!-- benchmarks: begin -->", "<!-- benchmarks: end -->"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `passes` is the figure to reach, in words; not every figure has a `peer`."""

    benchmark: str
    what: str
    ours: float
    peer: float | None
    passes: str
    met: bool

    @property
    def ratio(self) -> float | None:
        """Ours by the peer's."""
        return self.ours / self.peer if self.peer else None


def percentile(values: Iterable[float], share: int) -> float:
    """The value that so many per cent do not exceed."""
    known = sorted(values)
    if len(known) < 2:
        return known[0]
    return quantiles(known, n=100, method="inclusive")[share - 1]


def table(figures: Sequence[Figure]) -> str:
    """The figures in Markdown."""
    lines = ["| | | Confab | the usual shape | ratio | to pass | |", "|---|---|---|---|---|---|---|"]
    lines += [
        f"| {each.benchmark} | {each.what} | {_written(each.ours)} | {_written(each.peer)} "
        f"| {_written(each.ratio)} | {each.passes} | {'yes' if each.met else 'no'} |"
        for each in figures
    ]
    return "\n".join(lines)


def put_into(page: Path, figures: Sequence[Figure]) -> None:
    """Write the table between the page's two markers; lines of other benchmarks stay.

    Raises:
        ValueError: the page has no such markers.
    """
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    old, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{page.name} has no place for the table")
    new = table(figures).splitlines()
    names = {each.benchmark for each in figures}
    kept = [line for line in old.splitlines() if line.startswith("| B") and _name(line) not in names]
    rows = sorted((*kept, *new[2:]), key=lambda line: int(_name(line)[1:]))
    page.write_text("\n".join((f"{before}{BEGIN}", *new[:2], *rows, f"{END}{after}")), encoding="utf-8")


def _name(line: str) -> str:
    return line.split(" | ", maxsplit=1)[0].removeprefix("| ")


def _written(value: float | None) -> str:
    if value is None:
        return ""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
