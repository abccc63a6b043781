"""What people read stands in the rooms' texts, where it is read over as a whole."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[2] / "bot" / "slack"
# What these say is for whoever runs Confab, in the log and on the terminal.
FOR_OPERATORS = frozenset({"probe.py", "scopes.py", "socket.py", "workspace.py", "line.py"})
SENTENCE = re.compile(r"[A-Z][^\n]* [^\n]*[a-z]+.*[.?!]$", re.DOTALL)
SHOWING = frozenset(
    {"button", "section", "context", "header", "plain", "modal", "confirm", "field", "option"}
)

modules = [
    path
    for path in sorted(ROOM.rglob("*.py"))
    if not path.name.endswith("texts.py") and path.name not in FOR_OPERATORS
]


def literals(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every text but docstrings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = None
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def shown(tree: ast.AST) -> Iterator[ast.Constant]:
    """Texts given to what builds a block or a view, as its words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHOWING:
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument


@pytest.mark.parametrize("path", modules, ids=lambda path: str(path.relative_to(ROOM)))
def test_what_people_read_stands_in_the_rooms_texts(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    sentences = [each.value for each in literals(tree) if SENTENCE.match(str(each.value))]
    words = [each.value for each in shown(tree) if re.search("[A-Za-z]{2} |[A-Z][a-z]", str(each.value))]
    assert sentences + words == []
