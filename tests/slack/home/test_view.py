"""The largest home, and what people's own words may do in it."""

import json

from bot.chat.home import ChannelCard, Face, HomePage, Session, Tokens, paged
from bot.chat.panels import Panel, Panels
from bot.chat.setup import Access, Persona, Setup
from bot.chat.threads import ThreadKey
from bot.playground.workspace.blockkit.views import check_view
from bot.playground.workspace.limits import Limits
from bot.slack.home.view import Views
from bot.slack.links import Links

LONGEST = "\U0001f9ed<!channel>*&`|" * 6
VIEWS = Views(Links("https://playground.slack.test"))


def page(begins: str = LONGEST * 40, panels: Panels | None = None) -> HomePage:
    face = Face(LONGEST[:80], f":{'x' * 100}:", 12_345, Access())
    cards = [ChannelCard(f"C{number:011}", face) for number in range(500)]
    thread = ThreadKey("T1", "C00000000001", "1700000000.000100")
    return HomePage(
        panels=panels or Panels(),
        channels=paged(cards, 7, 15),
        sessions=(Session(thread, begins, 1_700_000_000.0),) * 12,
        tokens=Tokens(10**9, 10**11),
        defaults=Setup(Persona(name=LONGEST[:80])),
    )


def test_the_largest_home_is_within_slacks_limits() -> None:
    view = VIEWS.home(page(), "D00000000001")
    assert check_view(view, "home", Limits())
    assert len(json.dumps(view)) < 100_000


def test_peoples_words_call_nobody_and_are_no_markup() -> None:
    view = json.dumps(VIEWS.home(page("<!channel> <@U1> *x*"), "D1"))
    assert "<!channel>" not in view
    assert "<@U1>" not in view


def test_a_home_without_panels_still_brings_them_back() -> None:
    view = VIEWS.home(page(panels=Panels().show_only(frozenset())), "D1")
    assert check_view(view, "home", Limits())
    assert all(panel in json.dumps(view) for panel in Panel)


def test_a_link_is_the_messages_permalink() -> None:
    assert Links("https://a.slack.com/").message("C1", "1700000000.000100") == (
        "https://a.slack.com/archives/C1/p1700000000000100"
    )


def test_a_new_session_starts_in_the_direct_message() -> None:
    view = check_view(VIEWS.home(page(), "D00000000001"), "home", Limits())
    buttons = [each["accessory"] for each in view["blocks"] if "url" in each.get("accessory", {})]
    assert [each["url"] for each in buttons] == ["https://playground.slack.test/archives/D00000000001"]


def test_a_page_past_the_end_is_the_last_one() -> None:
    cards = [ChannelCard(f"C{number}", Face("", "", 0, Access())) for number in range(31)]
    assert [each.channel_id for each in paged(cards, 99, 15).channels] == ["C30"]
    assert paged((), 3, 15).of == 1
