"""What README and CONTRIBUTING say is so."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.chat.turns import MOVES, TurnState
from bot.slack.scopes import SCOPES
from tests.packaging.checkout import ROOT
from tests.packaging.test_env_sample import general, sampled

README = (ROOT / "README.md").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
DOCUMENTS = sorted(ROOT.glob("*.md"))


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading."""
    after = README.split(f"\n{heading}\n", 1)[1]
    rows = [
        line for line in after.splitlines()[: after[: after.find("\n#")].count("\n") + 1] if line[:1] == "|"
    ]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows[2:]]


def picture(kind: str) -> str:
    """The lines of the README's drawing of a kind."""
    found = re.search(rf"```mermaid\n{kind}\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1]


def test_readme_explains_every_setting_and_no_other() -> None:
    assert {row[0].strip("`") for row in table("## Settings")} == general(set(sampled()))


def test_readme_and_the_sample_show_the_same_defaults() -> None:
    shown = {row[0].strip("`"): row[1].strip("`") for row in table("## Settings")}
    same = {name: value for name, value in sampled().items() if name.startswith(("CONFAB_", "DATABASE_"))}
    same |= {name: sampled()[name] for name in ("SLACK_API_URL", "AZURE_OPENAI_SCOPE")}
    for unset in ("CONFAB_ADMINS", "CONFAB_DAILY_TOKENS", "CONFAB_OPERATIONS_PORT"):
        del same[unset]
    assert {name: shown[name] for name in same} == same


def test_the_picture_of_a_turn_has_its_states_and_moves() -> None:
    drawn = set(re.findall(r"(\w+) --> (\w+): (\w+)", picture("stateDiagram-v2")))
    assert drawn == {
        (start.value, end.value, move.value) for move, (starts, end) in MOVES.items() for start in starts
    }


def test_the_picture_of_a_turn_has_its_beginning_and_its_ends() -> None:
    drawing = picture("stateDiagram-v2")
    assert re.findall(r"\[\*\] --> (\w+)", drawing) == [TurnState.WAITING.value]
    assert set(re.findall(r"(\w+) --> \[\*\]", drawing)) == {
        state.value for state in TurnState if not state.open
    }


def test_the_map_has_every_room() -> None:
    rooms = {
        path for path in (ROOT / "bot").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    rooms.remove(ROOT / "bot" / "__init__.py")
    named = {f"bot/{path.name}{'/' * path.is_dir()}" for path in rooms}
    assert named == {name for row in table("## The house") for name in re.findall(r"`(bot/[^`]+)`", row[0])}


def test_the_table_of_scopes_is_the_codes() -> None:
    assert table("### Scopes") == [
        [f"`{scope.name}`", scope.feature, scope.reads, "needed" if scope.required else "optional"]
        for scope in SCOPES
    ]


def test_every_command_that_is_named_exists() -> None:
    said = subprocess.run([sys.executable, "-m", "bot", "--help"], capture_output=True, text=True, check=True)
    known = set(re.findall(r"^ {4}([a-z]+) ", said.stdout, re.MULTILINE))
    pages = "\n".join(page.read_text() for page in DOCUMENTS)
    assert set(re.findall(r"(?:^|`|&& )confab ([a-z]+)", pages, re.MULTILINE)) == known


def test_every_goal_of_make_that_is_named_exists() -> None:
    goals = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        goal
        for page in DOCUMENTS
        for goal in re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(), re.MULTILINE)
    }
    assert {"playground", "test"} <= named <= goals


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
        assert (ROOT / target).exists(), target


def test_the_walk_through_a_setting_starts_from_the_code_as_it_is() -> None:
    """Each diff stands under the name of its file; what it keeps and takes out must be there."""
    seen = 0
    for part in re.split(r"(?m)^\*\*(?=`)", CONTRIBUTING)[1:]:
        code = (ROOT / part[1 : part.index("`", 1)]).read_text()
        for block in re.findall(r"```diff\n(.*?)```", part, re.DOTALL):
            before = "".join(line[1:] + "\n" for line in block.splitlines() if line[:1] != "+")
            assert before in code, block
            seen += 1
    assert seen == 4
