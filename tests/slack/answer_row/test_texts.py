import pytest

from bot.chat.prompt import BUDGET, PAST_MESSAGES
from bot.slack.answer_row.texts import left_out

SETTING, ROOM = 'the setting "past messages included"', "want of room in the deployment's context"


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (PAST_MESSAGES, f"for {SETTING}"),
        (BUDGET, f"for {ROOM}"),
        (f"{PAST_MESSAGES}, {BUDGET}", f"for {SETTING} and for {ROOM}"),
    ],
)
def test_each_reason_for_leaving_messages_out_is_said_in_words(why: str, said: str) -> None:
    assert left_out(3, why) == f"3 earlier messages were left out {said}."
