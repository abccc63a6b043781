"""Tables that Slack does not show: nothing of them is lost, and what was shown of them stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.pages import PageLimits, pages
from bot.slack.table_rows import cells
from bot.slack.wide_tables import MOST_ROWS, showable
from tests.slack.desk import desk, streamed
from tests.slack.virtual_time import in_virtual_time

SMALL = PageLimits(soft=90, hard=140, size=200)


def table(columns: int, rows: int) -> str:
    names = "|".join(f" name {number} " for number in range(columns))
    values = "".join(
        "|" + "|".join(f" r{row}c{number} " for number in range(columns)) + "|\n" for row in range(rows)
    )
    return f"|{names}|\n|{'---|' * columns}\n{values}"


_bits = st.sampled_from(
    [
        "word ",
        "\n",
        "\n\n",
        "```\n",
        "| a | b |\n",
        "|---|---|\n",
        "|",
        " ",
        "x|\n",
        table(3, 2),
        table(21, 2),
        table(2, 101),
        "| a | b",
        "- item\n",
    ]
)
answers = st.lists(_bits, max_size=12).map("".join)


@given(answers, st.data())
def test_what_was_shown_of_an_unfinished_table_is_the_beginning_of_what_stands_at_the_end(
    answer: str, data: st.DataObject
) -> None:
    so_far = answer[: data.draw(st.integers(0, len(answer)))]
    assert showable(answer).startswith(showable(so_far, complete=False))
    whole = pages(showable(answer), SMALL)
    early = pages(showable(so_far, complete=False), SMALL, complete=False)
    assert early[:-1] == whole[: len(early) - 1] if early else True
    if early:
        assert whole[len(early) - 1].text.startswith(early[-1].text)


@pytest.mark.parametrize(
    "answer", ["No table | at all", table(20, 99), "```\n" + table(30, 4) + "```", "| a"]
)
def test_what_slack_shows_is_left_alone(answer: str) -> None:
    assert showable(answer) == answer


def test_a_table_of_more_than_twenty_columns_becomes_lines_of_code_that_a_phone_shows() -> None:
    shown = showable(f"Here:\n\n{table(21, 2)}\nThat is all.")
    assert shown.startswith("Here:\n\n```\nname 0   r0c0\n")
    assert shown.endswith("r1c20\n```\n\nThat is all.")
    assert all(f"r{row}c{number}" in shown for row in range(2) for number in range(21))
    assert max(map(len, shown.splitlines())) < 20


def test_a_table_of_more_than_a_hundred_rows_goes_on_under_its_header() -> None:
    shown = showable(table(2, 250))
    pieces = [piece.splitlines() for piece in shown.split("\n\n")]
    assert [len(piece) - 1 for piece in pieces] == [MOST_ROWS, MOST_ROWS, 53]
    assert {tuple(piece[:2]) for piece in pieces} == {("| name 0 | name 1 |", "|---|---|")}
    assert [row for piece in pieces for row in piece[2:]] == table(2, 250).splitlines()[2:]


def test_a_bar_within_a_cell_ends_no_cell() -> None:
    assert cells(r"| a \| b | c |") == ["a | b", "c"]


def test_a_header_of_backticks_closes_no_code() -> None:
    wide = table(21, 1).replace(" name 3 ", " ``` ").replace(" r0c3 ", "  ")
    assert showable(wide).count("```") == 2


@in_virtual_time
async def test_a_wide_table_is_shown_as_code_however_it_came() -> None:
    async with desk() as it:
        asked = it.asks()
        reply = it.reply(it.turn(asked))
        answer = f"Here:\n\n{table(21, 2)}\nThat is all."
        await streamed(reply, answer)
        [shown] = it.answers(asked)
        assert shown == showable(answer)
        assert "chat.update" not in it.methods()
