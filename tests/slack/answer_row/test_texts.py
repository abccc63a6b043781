import pytest

from bot.chat.prompt import BUDGET, PAST_MESSAGES
from bot.slack.answer_row.texts import in_all, left_out, posted_to

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
    assert left_out(3, why) == f"3 messages were left out {said}."


def test_tokens_that_are_bytes_are_called_an_upper_bound() -> None:
    assert in_all(1225, "bytes").startswith("At most *1,225 tokens*")
    assert in_all(1225, "o200k_base") == "*1,225 tokens* in all, counted with `o200k_base`."


def test_an_address_for_a_shell_reads_as_an_address() -> None:
    said = posted_to("${AZURE_OPENAI_ENDPOINT_QWEN%/}/completions")
    assert said == "The body of a POST to `$AZURE_OPENAI_ENDPOINT_QWEN/completions`."
