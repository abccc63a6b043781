from hypothesis import given
from hypothesis import strategies as st

from bot.chat.panels import Panel, Panels, arranged

MOVES = (Panels.hide, Panels.raise_, Panels.lower)


@given(st.lists(st.tuples(st.sampled_from(MOVES), st.sampled_from(Panel))))
def test_no_move_loses_or_doubles_a_panel(moves: list[tuple[object, Panel]]) -> None:
    panels = Panels()
    for move, panel in moves:
        panels = move(panels, panel)  # type: ignore[operator]
    assert sorted(panels.order) == sorted(Panel)
    assert panels.show_only(frozenset(Panel)).shown == panels.order
    assert arranged(list(panels.order), list(panels.hidden)) == panels


def test_a_panel_moves_past_the_next_one_that_is_shown() -> None:
    panels = Panels().hide(Panel.SESSIONS).lower(Panel.SETUP)
    assert panels.shown == (Panel.SETTINGS, Panel.SETUP)
    assert panels.show_only(frozenset(Panel)).shown == (Panel.SETTINGS, Panel.SESSIONS, Panel.SETUP)


def test_the_first_goes_no_higher_and_the_last_no_lower() -> None:
    assert Panels().raise_(Panel.SETUP) == Panels()
    assert Panels().lower(Panel.SETTINGS) == Panels()
    hidden = Panels().hide(Panel.SETUP)
    assert hidden.raise_(Panel.SETUP) == hidden


def test_an_arrangement_survives_panels_that_came_and_went() -> None:
    panels = arranged(["settings", "gone", "settings"], ["gone", "setup"])
    assert panels.order == (Panel.SETTINGS, Panel.SETUP, Panel.SESSIONS)
    assert panels.shown == (Panel.SETTINGS, Panel.SESSIONS)
