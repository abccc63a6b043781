"""What hostile text becomes in modals and messages: within Slack's limits, and calling nobody."""

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.chat.feedback import MOST_WORDS
from bot.chat.opinions import LONGEST_WORD, Said, Thumb
from bot.chat.regenerating import EarlierVersion
from bot.chat.summarising import Summary
from bot.chat.threads import ThreadKey
from bot.chat.titles import MOST, title_of
from bot.playground.workspace.blockkit.blocks import Surface, check_blocks
from bot.playground.workspace.blockkit.inspection import Inspection
from bot.playground.workspace.blockkit.views import check_view
from bot.playground.workspace.limits import Limits
from bot.slack.answer_row.about import About
from bot.slack.answer_row.versions import versions_view
from bot.slack.feedback.view import word_view
from bot.slack.links import Links
from bot.slack.session import TITLE
from bot.slack.settings_modal.words import words_view
from bot.slack.summarising.view import Draft, message, posted_view, summary_view
from tests.hostile.attacks import CALLS, WORST, anything

ABOUT = About("C1", "1700000000.000100", "1700000000.000100")
THREAD = ThreadKey("T1", "C0123456789", "1700000000.000100")
ADA = "U0ADA000001"

huge = st.builds(
    lambda text, times: text * times, st.sampled_from(("\U0001f600", "<", "a\n", "&", WORST)), st.just(20_000)
)
texts = anything | huge


def checked(*views: Any) -> None:
    """Every view is one that Slack takes."""
    for view in views:
        check_view(json.loads(json.dumps(view)), "modal", Limits())


def live(view: Any) -> list[str]:
    """The strings of a view that Slack reads as markup, beside what Confab says of people and dates."""
    if isinstance(view, dict):
        if view.get("type") == "mrkdwn":
            return [view["text"]]
        return [found for each in view.values() for found in live(each)]
    return [found for each in view for found in live(each)] if isinstance(view, list) else []


def calls_nobody(view: Any, own: Sequence[str] = (f"<@{ADA}>",)) -> None:
    """Nothing in its markup calls anybody whom Confab does not name itself."""
    for text in live(view):
        said = text
        for each in own:
            said = said.replace(each, "")
        assert not any(call in said for call in CALLS if call.startswith("<") and call.endswith(">")), text


@settings(deadline=None)
@example(WORST)
@given(texts)
def test_an_earlier_version_is_shown_as_it_was_and_is_not_read_as_markup(text: str) -> None:
    versions = [EarlierVersion(n, text, "d", 1, "stop", 7, 1.7e9, ADA) for n in (1, 2, 3)]
    for index in (-1, 0, 1, 99):
        view = versions_view(versions, ABOUT, index)
        checked(view)
        calls_nobody(view)


@settings(deadline=None)
@example(WORST)
@given(texts)
def test_a_summary_fits_and_calls_nobody(text: str) -> None:
    draft = Draft.of(Summary(THREAD, text, older=3, newer=True, cut=True))
    checked(summary_view(draft), summary_view(draft, trouble="No."), posted_view(draft, "Done."))
    assert Draft.decoded(draft.encoded()) == draft or not draft.text
    posted: Any = message(draft, ADA)
    check_blocks(look := Inspection(), posted, Surface.MESSAGE)
    assert look.faults == []
    calls_nobody(posted)


@settings(deadline=None)
@example(WORST[:LONGEST_WORD])
@given(texts.map(lambda text: text[:LONGEST_WORD]))
def test_a_word_comes_back_as_it_was_written(text: str) -> None:
    view: Any = word_view(Thumb(liked=False, word=text), ABOUT)
    checked(view)
    assert view["blocks"][-1]["element"].get("initial_value", "") == text
    calls_nobody(view)


@settings(deadline=None)
@example(WORST[:LONGEST_WORD])
@given(texts.map(lambda text: text[:LONGEST_WORD]))
def test_words_are_read_as_they_were_written(text: str) -> None:
    said = [
        Said(number % 2 > 0, text, 1.7e9, THREAD, "1.5" * (number % 3 > 0)) for number in range(MOST_WORDS)
    ]
    for words in (said, said[:1], []):
        view: Any = words_view(words, 7, Links("https://a.slack.com"))
        checked(view)
        calls_nobody(view)


@settings(deadline=None)
@example(WORST)
@given(texts)
def test_a_sessions_title_is_one_short_line(text: str) -> None:
    title = title_of(text)
    assert len(title) <= MOST <= TITLE
    assert len(title.splitlines()) <= 1
