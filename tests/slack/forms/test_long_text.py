"""A text of any length goes into fields that Slack takes, and comes back as it was."""

from hypothesis import example, given
from hypothesis import strategies as st

from bot.slack.blocks import units
from bot.slack.forms.long_text import FIELD, fields_for, pieces
from bot.slack.forms.typed import typed

WORDS = st.text(
    st.sampled_from("abc \n\t😀é"), max_size=60
).map(lambda text: text * 220)  # fmt: skip


@given(WORDS)
@example("x" * 12_000)
@example(" " * 12_000)
@example("😀" * 12_000)
def test_the_pieces_put_together_are_the_text(text: str) -> None:
    found = pieces(text)
    assert "".join(found) == text
    assert all(units(piece) <= FIELD for piece in found)


@given(WORDS.filter(lambda text: text.strip() == text))
def test_a_field_whose_ends_slack_trims_loses_nothing(text: str) -> None:
    longest = max((len(run) for run in text.replace("\n", " ").replace("\t", " ").split("a")), default=0)
    if longest < 1_000:
        assert "".join(piece.strip() for piece in pieces(text)) == text


def test_what_was_put_into_the_fields_is_read_from_them() -> None:
    text = "word " * 2_399 + "last."
    blocks = fields_for("system", "System message", text, "3.1", more=1)
    values = {
        str(block["block_id"]): {"typed": {"type": "plain_text_input", "value": element.get("initial_value")}}
        for block in blocks
        if isinstance(element := block["element"], dict)
    }
    assert len(blocks) == 6
    assert typed({"state": {"values": values}}).long("system") == text


def test_another_revision_has_other_blocks_so_that_slack_shows_the_new_value() -> None:
    before, after = (fields_for("system", "System message", "x", mark) for mark in ("1.1", "1.2"))
    assert before[0]["block_id"] != after[0]["block_id"]
