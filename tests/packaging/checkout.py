"""The checkout that the tests run in, seen as files."""

from pathlib import Path

from pathspec import GitIgnoreSpec

ROOT = Path(__file__).resolve().parents[2]


def files() -> list[Path]:
    """Every file of the project: all that .gitignore does not leave out, with or without git at hand."""
    ignored = GitIgnoreSpec.from_lines([".git", *(ROOT / ".gitignore").read_text().splitlines()])
    return [ROOT / name for name in ignored.match_tree_files(ROOT, negate=True)]


def texts() -> dict[str, str]:
    """The files that hold text, by their name from the root."""
    found = {}
    for file in files():
        raw = file.read_bytes()
        if b"\0" not in raw:
            found[str(file.relative_to(ROOT))] = raw.decode()
    return found
