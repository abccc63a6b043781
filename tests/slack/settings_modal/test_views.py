"""Every view is one that Slack takes, with the largest of everything in it."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat.setup import Access, ChannelSettings, Configurers, Example, Persona, Setup
from bot.chat.versions import WORKSPACE, LibraryPersona, Version
from bot.playground.workspace.blockkit.views import check_view
from bot.playground.workspace.limits import Limits
from bot.slack.blocks import Block
from bot.slack.settings_modal.access import access_view
from bot.slack.settings_modal.assistant_setup import assistant_setup_view, persona_options
from bot.slack.settings_modal.at import At
from bot.slack.settings_modal.examples import example_view, examples_view
from bot.slack.settings_modal.history import Entry, history_view
from bot.slack.settings_modal.root import Root, root_view

LONGEST = 12_000
LONG = ("\U0001f600 word & <tag> " * LONGEST)[:LONGEST]
EXAMPLE = Example(LONG, LONG)
PERSONA = Persona(
    "\U0001f600" * 80, LONG, (EXAMPLE,) * 50, ":" + "x" * 98 + ":", ("\U0001f600" * 3_000)[:3_000]
)
PEOPLE = tuple(f"U{number:010}" for number in range(100))
LARGEST = Setup(
    PERSONA,
    ChannelSettings(deployment="d" * 64, stop=("\U0001f600" * 100,) * 4),
    9_999,
    Access(Configurers.LISTED, PEOPLE, open_to_read=False),
)
LIBRARY = tuple(
    LibraryPersona(str(number), replace(PERSONA, name=f"{number} " + "\U0001f600" * 76), ours=True)
    for number in range(200)
)
LINES = ["\U0001f600 changed from <one> to & another " * 6] * 60
AT = At("C0123456789", 1_000_000, 4, 49, 0)


def taken(view: Block) -> dict[str, Any]:
    return check_view(view, "modal", Limits())


def words(view: Block) -> str:
    return str(view)


@pytest.mark.parametrize("may_change", [True, False])
def test_the_largest_root_opens(may_change: bool) -> None:
    root = Root(LARGEST, AT, may_change=may_change, may_read=True, changes=LINES, meanwhile=LINES)
    taken(root_view(root, default_deployment="d" * 64))


@pytest.mark.parametrize("may_change", [True, False])
def test_the_largest_assistant_setup_opens(may_change: bool) -> None:
    view = assistant_setup_view(
        LARGEST,
        AT,
        LIBRARY,
        may_change=may_change,
        note="n" * 400,
        offered=LIBRARY[0] if may_change else None,
    )
    taken(view)


def test_fifty_personas_stand_in_a_menu_and_two_hundred_are_looked_for() -> None:
    few = taken(assistant_setup_view(Setup(), AT, LIBRARY[:50], may_change=True))
    many = taken(assistant_setup_view(Setup(), AT, LIBRARY, may_change=True))
    assert "static_select" in str(few)
    assert "external_select" in str(many)
    assert len(persona_options(LIBRARY)) == 100
    assert [each["value"] for each in persona_options(LIBRARY, "199 ")] == ["199"]


@pytest.mark.parametrize("page", range(5))
def test_fifty_of_the_longest_examples_open_page_by_page(page: int) -> None:
    view = taken(examples_view(LARGEST, replace(AT, page=page), may_change=True))
    assert str(view).count("overflow") == 10


def test_a_page_past_the_end_is_the_last_one() -> None:
    setup = Setup(Persona(examples=(Example("a", "b"),) * 11))
    assert "*11.*" in str(taken(examples_view(setup, replace(AT, page=7), may_change=True)))


def test_the_longest_example_opens() -> None:
    view = taken(example_view(EXAMPLE, AT))
    assert len(str(view)) > 2 * LONGEST
    taken(example_view(None, AT))


@pytest.mark.parametrize("may_change", [True, False])
def test_the_largest_access_opens(may_change: bool) -> None:
    taken(access_view(LARGEST, AT, may_change=may_change))


@pytest.mark.parametrize("may_change", [True, False])
def test_the_longest_history_opens(may_change: bool) -> None:
    versions = [
        Entry(Version(replace(LARGEST, version=number), "U1", 1.7e9, restored=3), LINES)
        for number in range(9_999, 9_994, -1)
    ]
    view = history_view(versions, AT, current=9_999, older=True, may_change=may_change)
    assert str(taken(view)).count("'confirm': {'title'") == (4 if may_change else 0)
    taken(history_view([], AT, current=0, older=False, may_change=may_change))


def test_nothing_of_what_is_hidden_stands_in_the_root() -> None:
    secret = Setup(Persona("Quiet name", "secret words", (Example("secret", "words"),)))
    view = taken(root_view(Root(secret, AT, may_change=False, may_read=False), default_deployment="d"))
    assert "secret" not in words(view)
    assert "Quiet name" not in words(view)


def test_the_root_publishes_only_a_draft_that_differs_and_that_nobody_overtook() -> None:
    def submit(**more: Any) -> bool:
        root = Root(Setup(), AT, **{"may_change": True, "may_read": True, "changes": ["x"], **more})
        return "submit" in taken(root_view(root, default_deployment="d"))

    assert submit()
    assert not submit(changes=[])
    assert not submit(may_change=False)
    assert not submit(meanwhile=["version 5"])


def test_the_workspace_has_no_access_of_its_own() -> None:
    root = Root(Setup(), At(WORKSPACE), may_change=True, may_read=True)
    view = taken(root_view(root, default_deployment="d"))
    assert "part.access" not in str(view)
