"""What Slack does not take as it is arrives in a plainer form."""

import pytest

from bot.slack.answer_row.row import answer_row
from bot.slack.blocks import units
from bot.slack.plainer import Form, blocks_of
from bot.slack.wide_tables import in_code
from tests.slack.desk import Desk, desk, streamed
from tests.slack.virtual_time import in_virtual_time

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"
SAID = f"Look:\n\n{TABLE}\nThat is all.\n"
REFUSED = "invalid_blocks"


async def shown(d: Desk, text: str, *, refusals: int) -> list[dict[str, object]]:
    """The blocks of an answer that Slack refused so often."""
    d.theirs.faults.refuse("chat.startStream")
    d.theirs.faults.answer_error("chat.postMessage", REFUSED, times=refusals)
    asked = d.asks()
    await streamed(d.reply(d.turn(asked)), text)
    message = d.theirs.record.history.thread(asked.channel, asked.ts)[-1]
    return list(message.blocks)


@in_virtual_time
async def test_a_table_that_slack_refuses_becomes_a_code_block() -> None:
    async with desk() as d:
        markdown, *row = await shown(d, SAID, refusals=1)
    assert markdown["text"] == f"Look:\n\n```\n{TABLE}```\n\nThat is all."
    assert len(row) == len(answer_row())


@pytest.mark.parametrize(("text", "refusals"), [(SAID, 2), ("No table here.", 1)])
@in_virtual_time
async def test_what_is_refused_even_so_arrives_in_plain_words(text: str, refusals: int) -> None:
    async with desk() as d:
        blocks = await shown(d, text, refusals=refusals)
    assert [block["type"] for block in blocks] == ["section"]
    assert text.strip() in str(blocks[0]["text"]).replace("\\n", "\n")


@in_virtual_time
async def test_an_edit_that_slack_refuses_is_made_in_a_plainer_form() -> None:
    async with desk() as d:
        d.theirs.faults.answer_error("chat.stopStream", REFUSED)
        d.theirs.faults.answer_error("chat.update", REFUSED)
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), SAID, every=0.5)
        message = d.theirs.record.history.thread(asked.channel, asked.ts)[-1]
        assert not d.is_streaming(asked)
    assert f"```\n{TABLE}```" in str(message.blocks[0]["text"])


@pytest.mark.parametrize("text", ["short", "\U0001f600" * 7_000, "line\n" * 2_000, "x" * 9_000, SAID * 200])
def test_plain_words_are_all_there_and_within_slacks_limit(text: str) -> None:
    parts = [block["text"] for block in blocks_of(text, Form.PLAIN, answer_row())]
    said = [str(part["text"]) for part in parts if isinstance(part, dict)]
    assert "".join(said) == text
    assert all(units(part) <= 3_000 for part in said)


def test_only_tables_outside_of_code_become_code() -> None:
    fenced = f"```\n{TABLE}```\n"
    assert in_code(fenced) == fenced
    assert in_code(f"{TABLE}{fenced}") == f"```\n{TABLE}```\n{fenced}"
    assert in_code(TABLE.rstrip()) == f"```\n{TABLE}```\n"
    assert in_code("a | b") == "a | b"
