import pytest

from bot.playground.page.names import matching, started
from bot.playground.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@", ""),
        ("@Con", "Con"),
        ("Hello @Gr", "Gr"),
        ("(@a", "a"),
        ("mail@example", None),
        ("@Confab ", None),
        ("Hello", None),
        ("", None),
    ],
)
def test_a_name_is_being_typed_after_an_at_sign_of_its_own(text: str, name: str | None) -> None:
    assert started(text, len(text)) == name


def test_only_what_stands_before_the_caret_counts() -> None:
    assert started("@Con and more", 4) == "Con"
    assert started("@Con and more", 13) is None


def test_the_app_is_offered_first_then_members(workspace: Workspace) -> None:
    offered = matching("", workspace.team.people, workspace.launch, workspace.confab.id)
    assert [person.display_name for person in offered][:2] == ["Confab", "Ada"]


def test_display_name_handle_and_real_name_all_find_somebody(workspace: Workspace) -> None:
    for typed in ("gr", "GRAC", "hop"):
        found = matching(typed, workspace.team.people, workspace.general, workspace.confab.id)
        assert [person.name for person in found] == ["grace"]
    assert matching("nobody", workspace.team.people, workspace.general, workspace.confab.id) == ()


def test_a_name_that_is_written_out_is_offered_no_more(workspace: Workspace) -> None:
    for typed, offered in (("Confa", 1), ("Confab", 0), ("confab", 0)):
        found = matching(typed, workspace.team.people, workspace.general, workspace.confab.id)
        assert len(found) == offered
