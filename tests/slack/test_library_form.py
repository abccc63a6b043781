"""The library's form as it comes back, also where nobody's Slack ever sent it so."""

import pytest

from bot.slack.library.view import channel_chosen


@pytest.mark.parametrize("elements", [None, "", [], {}, "sour", ["C1"], {"chosen": None}, {"chosen": "C1"}])
def test_a_malformed_choice_of_a_channel_is_none(elements: object) -> None:
    assert channel_chosen({"state": {"values": {"channel:0": elements}}}) == ""


def test_the_channel_that_was_chosen_is_read() -> None:
    chosen = {"type": "conversations_select", "selected_conversation": "C1"}
    assert channel_chosen({"state": {"values": {"name:0": {}, "channel:0": {"chosen": chosen}}}}) == "C1"
