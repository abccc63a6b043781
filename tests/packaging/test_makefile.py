"""What `make` says on a machine that lacks something."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.packaging.checkout import ROOT

TOO_OLD = """#!/bin/sh
case "$1" in -V) echo "Python 3.9.2" ;; *) exit 1 ;; esac
"""
WITHOUT_VENV = """#!/bin/sh
case "$2" in *ensurepip*) exit 1 ;; esac
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`make` as a shell would run it: of the `make test` around these tests it learns nothing."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`make` in a folder with the project's Makefile and nothing set up."""
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "requirements").mkdir()
    for name in ("requirements/all.txt", "requirements/playground.txt", "pyproject.toml"):
        (folder / name).touch()
    return run(folder, *arguments)


def python(folder: Path, script: str) -> str:
    file = folder / "python"
    file.write_text(script)
    file.chmod(0o755)
    return f"PYTHON={file}"


@pytest.mark.parametrize("goal", ["install", "playground", "test", "check", "dev"])
def test_a_missing_venv_module_is_answered_with_the_line_that_installs_it(tmp_path: Path, goal: str) -> None:
    said = make(tmp_path, goal, python(tmp_path, WITHOUT_VENV))
    assert said.returncode != 0
    assert "apt-get install python3-venv" in said.stdout


def test_an_old_python_is_told_from_a_new_one(tmp_path: Path) -> None:
    said = make(tmp_path, "playground", python(tmp_path, TOO_OLD))
    assert said.returncode != 0
    assert "Confab needs Python 3.11 or newer" in said.stdout
    assert "is Python 3.9.2" in said.stdout
    assert "make playground PYTHON=" in said.stdout


def test_no_python_at_all_is_said(tmp_path: Path) -> None:
    said = make(tmp_path, "install", "PYTHON=there-is-no-such-python")
    assert said.returncode != 0
    assert "There is no there-is-no-such-python here" in said.stdout


def test_what_is_set_up_starts_without_installing(tmp_path: Path) -> None:
    command = tmp_path / ".venv" / "bin" / "confab"
    command.parent.mkdir(parents=True)
    command.write_text('#!/bin/sh\necho "$@ with $MODEL"\n')
    command.chmod(0o755)
    assert make(tmp_path, "--touch", ".venv/.made", ".venv/.playground").returncode == 0
    started = run(tmp_path, "playground", "MODEL=mine.gguf", "ARGS=--port 4000")
    assert started.stdout == "playground --port 4000 with mine.gguf\n"


def test_help_names_every_goal(tmp_path: Path) -> None:
    said = make(tmp_path).stdout
    phony = (ROOT / "Makefile").read_text().partition(".PHONY:")[2].splitlines()[0].split()
    assert {line.split()[1] for line in said.splitlines()} == set(phony) - {"help"}
