"""Model output calls nobody, however it is cut."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.mentions import BREAK, Neutraliser, neutralised

LIVE = re.compile(
    r"<!(?i:channel|here|everyone|group|subteam|date)|<@[A-Z0-9]{2,}"
    r"|(?<![A-Za-z0-9_])@(?i:channel|here|everyone)(?![A-Za-z0-9_])"
)

_bits = st.sampled_from(
    [
        "<",
        ">",
        "!",
        "@",
        "|",
        "^",
        "channel",
        "here",
        "everyone",
        "<!channel>",
        "<@U12AB>",
        "<!subteam^S1|@team>",
        "<!date^1^{date}|@chan>",
        "nel",
        "U99",
        "\n",
        " ",
        "a",
        "<!",
        "<@",
        "@he",
        "re",
        "<#C1|general>",
        "<https://a.example|there>",
        "HERE",
        "group",
        "x" * 205,
        BREAK,
    ]
)
outputs = st.lists(_bits, max_size=25).map("".join)


@given(outputs)
def test_nobody_is_called(output: str) -> None:
    assert not LIVE.search(neutralised(output))


@given(outputs, st.data())
def test_the_cutting_into_pieces_changes_nothing(output: str, data: st.DataObject) -> None:
    neutraliser, shown, rest = Neutraliser(), "", output
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        shown += neutraliser.feed(rest[:size])
        rest = rest[size:]
    assert shown + neutraliser.end() == neutralised(output)


@given(outputs)
def test_doing_it_twice_is_doing_it_once(output: str) -> None:
    assert neutralised(neutralised(output)) == neutralised(output)


@given(st.text())
def test_text_without_calls_is_left_alone(text: str) -> None:
    if "@" not in text and "<" not in text:
        assert neutralised(text) == text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<!channel> hello", f"@{BREAK}channel hello"),
        ("<!here|here>", f"@{BREAK}here"),
        ("<!subteam^S012|@ops> look", f"@{BREAK}ops look"),
        ("<!subteam^S012>", f"@{BREAK}S012"),
        ("<@U024BE7LH>", f"@{BREAK}U024BE7LH"),
        ("<@U024BE7LH|ada>", f"@{BREAK}ada"),
        ("<!date^1700000000^{date}|14 November>", f"{BREAK}14 November"),
        ("ask @everyone!", f"ask @{BREAK}everyone!"),
        ("<<!date^1^x|!channel>>", f"<{BREAK}!channel>"),
    ],
)
def test_each_kind_of_call_reads_as_before_and_calls_nobody(written: str, shown: str) -> None:
    assert neutralised(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "<https://example.com|a link> and <#C024BE7LR|general>",
        "write to bob@here.example",
        "<!DOCTYPE html>\n<!-- a comment -->",
        "List<@Nullable String>",
        "@hereford and @channels",
        "if a < b and c > d",
    ],
)
def test_what_calls_nobody_stays_as_it_is(text: str) -> None:
    assert neutralised(text) == text


def test_a_plain_word_is_shown_at_once() -> None:
    neutraliser = Neutraliser()
    assert neutraliser.feed("Hello, wor") == "Hello, wor"
    assert neutraliser.feed("ld <") == "ld "
    assert neutraliser.feed("b> and <!-") == "<b> and <!-"
