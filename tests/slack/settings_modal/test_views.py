"""Every view is one that Slack takes, with the largest of everything in it."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat.changes import Change
from bot.chat.checking import settings_from
from bot.chat.controls import CONTROLS
from bot.chat.deployments import Deployment
from bot.chat.outcomes import HistoryEntry, HistoryPage, Opened
from bot.chat.rights import NoRight
from bot.chat.setup import Access, ChannelSettings, Configurers, Effort, Example, Persona, Setup
from bot.chat.versions import WORKSPACE, Draft, DraftKey, ListedPersona, Version
from bot.playground.workspace.blockkit.views import check_view
from bot.playground.workspace.interactions.elements import state_of
from bot.playground.workspace.limits import Limits
from bot.slack.blocks import Block
from bot.slack.forms.typed import typed
from bot.slack.settings_modal.access import access_view
from bot.slack.settings_modal.assistant_setup import assistant_setup_view, persona_options
from bot.slack.settings_modal.at import At
from bot.slack.settings_modal.examples import example_view, examples_view
from bot.slack.settings_modal.history import history_view
from bot.slack.settings_modal.import_export import AsFile, export_view, import_view
from bot.slack.settings_modal.root import Root, root_view
from bot.slack.settings_modal.settings import settings_view, values_typed

LONGEST = 12_000
LONG = ("\U0001f600 word & <tag> " * LONGEST)[:LONGEST]
EXAMPLE = Example(LONG, LONG)
PERSONA = Persona(
    "\U0001f600" * 80,
    LONG,
    (EXAMPLE,) * 50,
    ":" + "x" * 100 + "::skin-tone-6:",
    ("\U0001f600" * 3_000)[:3_000],
)
PEOPLE = tuple(f"U{number:010}" for number in range(100))
LARGEST = Setup(
    PERSONA,
    ChannelSettings(deployment="d" * 64, stop=("\U0001f600" * 100,) * 4),
    9_999,
    Access(Configurers.LISTED, PEOPLE, open_to_read=False),
)
LIBRARY = tuple(
    ListedPersona(str(number), f"{number} " + "\U0001f600" * 76, ours=True) for number in range(200)
)
CHANGES = (Change("\U0001f600 <one>" * 9, "before & " * 90, "<@U1> after" * 90),) * 60
AT = At("C0123456789", "9999.1000000", 4, 49, 0, 9_999)
KEY = DraftKey("T1", "C1", "U1")
GPT = {"gpt": 128_000}


def opened(draft: Setup, newest: Setup = Setup(), right: NoRight | None = None, **more: Any) -> Opened:  # noqa: B008 - a value
    return Opened(Draft(KEY, draft), newest, right, **more)


def entry(number: int) -> HistoryEntry:
    return HistoryEntry(Version(replace(LARGEST, version=number), "U1", 1.7e9, restored=3), CHANGES)


def taken(view: Block) -> dict[str, Any]:
    return check_view(view, "modal", Limits())


@pytest.mark.parametrize("right", [None, *NoRight])
def test_the_largest_root_opens(right: NoRight | None) -> None:
    found = opened(replace(LARGEST, version=0), replace(LARGEST, settings=ChannelSettings()), right)
    taken(root_view(Root(found, AT, entry(9_999), note="n" * 400), default_deployment="d" * 64))


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


@pytest.mark.parametrize("library", [LIBRARY[:50], LIBRARY])
def test_choosing_a_persona_asks_before_it_replaces_the_system_message(library: Any) -> None:
    view = taken(assistant_setup_view(Setup(), AT, library, may_change=True))
    [menu] = [each["accessory"] for each in view["blocks"] if "accessory" in each]
    assert menu["confirm"]["title"]["text"] == "Update the system message?"
    assert menu["confirm"]["confirm"]["text"] == "Continue"


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
    taken(example_view(Example("", ""), AT))


@pytest.mark.parametrize("may_change", [True, False])
def test_the_largest_access_opens(may_change: bool) -> None:
    taken(access_view(LARGEST, AT, may_change=may_change))


@pytest.mark.parametrize("may_change", [True, False])
def test_the_longest_history_opens(may_change: bool) -> None:
    page = HistoryPage(tuple(entry(number) for number in range(9_999, 9_994, -1)), 9_995)
    view = history_view(page, AT, current=9_999, may_change=may_change)
    assert str(taken(view)).count("'confirm': {'title'") == (4 if may_change else 0)
    taken(history_view(HistoryPage(()), AT, current=0, may_change=may_change))


def test_the_history_names_every_change_of_a_version() -> None:
    changes = tuple(Change(f"setting {number}", "before", "after") for number in range(22))
    version = HistoryEntry(Version(Setup(version=1), "U1", 1.7e9), changes)
    said = str(taken(history_view(HistoryPage((version,)), AT, current=1, may_change=True)))
    assert said.count("before") == 22


def test_nothing_of_what_is_hidden_stands_in_the_root() -> None:
    secret = Setup(Persona("Quiet name", "secret words", (Example("secret", "words"),)))
    found = opened(secret, secret, NoRight.NOT_LISTED, readable=False)
    view = taken(root_view(Root(found, AT), default_deployment="d"))
    assert "secret" not in str(view)
    assert "Quiet name" not in str(view)


def test_the_root_publishes_only_a_draft_that_differs_and_that_nobody_overtook() -> None:
    def publishes(draft: Setup, newest: Setup, right: NoRight | None = None) -> bool:
        return "submit" in taken(root_view(Root(opened(draft, newest, right), AT), default_deployment="d"))

    mine = Setup(Persona("Mine"), version=4)
    assert publishes(mine, Setup(version=4))
    assert not publishes(mine, replace(mine, version=4))
    assert not publishes(mine, Setup(version=4), NoRight.NOT_LISTED)
    assert not publishes(mine, Setup(version=5))


def test_the_workspace_has_a_title_and_no_access_of_its_own() -> None:
    view = taken(root_view(Root(opened(Setup()), At(WORKSPACE)), default_deployment="d"))
    assert view["title"]["text"] == "Workspace defaults"
    assert "part.access" not in str(view)


def test_each_way_from_the_root_says_where_it_leads_to_who_does_not_see() -> None:
    view = taken(root_view(Root(opened(Setup()), AT), default_deployment="d"))
    said = [each["accessory"]["accessibility_label"] for each in view["blocks"] if "accessory" in each]
    assert said == [
        f"Open: {part}" for part in ("Assistant setup", "Examples", "Settings", "Access", "History")
    ]


def test_only_what_may_stay_empty_is_called_optional() -> None:
    view = taken(settings_view(Setup(), AT, GPT, may_change=True))
    optional = {each["block_id"].split(":")[0] for each in view["blocks"] if each.get("optional")}
    assert optional == {"stop", "turn_cap", "daily_tokens"}
    example = taken(example_view(Example("", ""), AT))
    assert not any(each["optional"] for each in example["blocks"])


@pytest.mark.parametrize("may_change", [True, False])
def test_the_largest_settings_open(may_change: bool) -> None:
    names = {f"{number}" + "d" * 70: 10**9 for number in range(150)}
    refused = {control.key for control in CONTROLS}
    view = settings_view(LARGEST, AT, names, refused=refused, may_change=may_change, note="n" * 400)
    said = str(taken(view))
    assert ("does not take this" in said) is may_change


def test_every_setting_stands_there_with_its_hint_and_the_deployments_context() -> None:
    view = taken(settings_view(Setup(), AT, {"small": 4_096, "gpt": 128_000}, may_change=True))
    fields = {each["block_id"].split(":")[0]: each for each in view["blocks"] if each["type"] == "input"}
    assert list(fields) == [control.key for control in CONTROLS]
    assert all(control.hint in fields[control.key]["hint"]["text"] for control in CONTROLS)
    assert fields["max_response"]["hint"]["text"].startswith("small holds 4,096 tokens")


def test_what_a_deployment_does_not_take_is_marked_where_it_is_set() -> None:
    refused = {"temperature", "stop"}
    view = taken(settings_view(Setup(), AT, {"o4-mini": 200_000}, refused=refused, may_change=True))
    hints = {e["block_id"].split(":")[0]: e["hint"]["text"] for e in view["blocks"] if e["type"] == "input"}
    assert "kept here and not sent" in hints["temperature"]
    assert "I end its answers there myself" in hints["stop"]
    assert "not sent" not in hints["stop"]
    assert "not sent" not in hints["top_p"]


def test_what_is_typed_into_the_settings_comes_back_as_it_was() -> None:
    settings = ChannelSettings(temperature=0.3, stop=("one", "two\nlines"), effort=Effort.LOW, turn_cap=7)
    state = state_of(taken(settings_view(Setup(settings=settings), AT, GPT, may_change=True))["blocks"])
    values = values_typed(typed({"state": {"values": state}}))
    assert settings_from(values, ChannelSettings(), {"gpt": Deployment("gpt")}, "gpt") == settings


def test_a_deployment_that_is_gone_is_seen_until_another_is_chosen() -> None:
    view = settings_view(Setup(settings=ChannelSettings(deployment="gone")), AT, GPT, may_change=True)
    assert "'initial_option': {'text': {'type': 'plain_text', 'text': 'gone'" in str(taken(view))


@pytest.mark.parametrize("file", list(AsFile))
@pytest.mark.parametrize("length", [0, 100, 30_000, 1_000_000])
def test_an_export_of_any_length_opens(length: int, file: AsFile) -> None:
    taken(export_view("\U0001f600" * length, AT, file))


@pytest.mark.parametrize("reads_files", [True, False])
def test_without_the_scope_a_setup_is_pasted(reads_files: bool) -> None:
    assert ("file_input" in str(taken(import_view(AT, reads_files=reads_files)))) is reads_files


def test_metadata_comes_back_as_it_was_and_nothing_foreign_is_read() -> None:
    at = At("C1", "3.4", 2, 5, 1, 3, alone=True)
    assert At.decoded(at.encoded()) == at
    pages = [f'{{"channel_id": "C1", "page": {page}}}' for page in ('"x"', "1e999", '"\u00b2"', "9" * 30)]
    assert [At.decoded(each) for each in ("", "[]", "{}", *pages, 7)] == [None] * 8
