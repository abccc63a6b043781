"""What people write, as a model should read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.characters import is_visible
from bot.slack.markup import leading_mentions, mentions, readable


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("<@UBOT> What models are available?", "What models are available?"),
        ("<@UBOT>: hello", "hello"),
        ("<@UBOT|confab>, hello", "hello"),
        ("hey <@UBOT>, what is this?", "hey, what is this?"),
        ("ask <@UBOT> about <@UADA>", "ask about @UADA"),
        ("<@UADA|Ada> said so", "@Ada said so"),
        ("see <https://example.com/a?b=1&amp;c=2|the page>", "see the page (https://example.com/a?b=1&c=2)"),
        ("see <https://example.com>", "see https://example.com"),
        ("see <http://example.com|example.com>", "see http://example.com"),
        ("mail <mailto:ada@example.com|ada@example.com>", "mail ada@example.com"),
        ("in <#C123|general> or <#C124>", "in #general or #C124"),
        ("<!here> and <!subteam^S1|@ops> and <!channel>", "@here and @ops and @channel"),
        ("on <!date^1700000000^{date}|14 November>", "on 14 November"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("&lt;@UBOT&gt;", "<@UBOT>"),
        ("<@UBOT>", ""),
        ("<@UBOT> <@UBOT>", ""),
        ("a\x00b\ud800c", "ab\ufffdc"),
    ],
)
def test_slacks_encoding_is_undone(raw: str, read: str) -> None:
    assert readable(raw, "UBOT") == read


@given(st.text())
def test_what_somebody_typed_comes_back_as_typed(typed: str) -> None:
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    kept = "".join(c for c in typed if (c >= " " and c != "\x7f") or c in "\t\n\r")
    assert readable(escaped, "UBOT") == kept.strip()


def test_the_people_at_the_beginning_are_those_before_the_first_word() -> None:
    assert leading_mentions("<@UADA> <@UBOT|confab>, and <@UBOB>") == ("UADA", "UBOT")
    assert leading_mentions("hello <@UADA>") == ()


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("<!subteam^S1|@designers> what do you think?", ("S1",)),
        ("<!subteam^S1> <@UBOT> both of you", ("S1", "UBOT")),
        ("<!here> lunch?", ("here",)),
        ("<!channel|@channel>, <!everyone>", ("channel", "everyone")),
        ("<!date^1700000000^{date}|14 November> was fine", ()),
        ("<https://example.com>", ()),
    ],
)
def test_groups_and_everybody_at_the_beginning_are_called_as_people_are(
    text: str, called: tuple[str, ...]
) -> None:
    assert leading_mentions(text) == called


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u200b", "\u00a0", "\x00\x01", "\ufeff\u2060", "\ufe0f", "\u3164"]
)
def test_nobody_sees_blanks_and_what_has_no_width(text: str) -> None:
    assert not is_visible(text)
    assert is_visible(f"{text}.{text}")


@pytest.mark.parametrize("text", ["a", "é", "日", "👩\u200d👧", "\u2028-", "#", "\ufffd"])
def test_everything_else_is_seen(text: str) -> None:
    assert is_visible(text)


def test_everybody_mentioned_is_found() -> None:
    assert mentions("<@UADA> and <@UBOT|confab> in <#C1> &lt;@UNOT&gt;") == {"UADA", "UBOT"}
