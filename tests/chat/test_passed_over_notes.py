"""What stands under an answer that some of the messages which waited together had no room in."""

from bot.chat.passed_over import NOBODY, PassedOver
from bot.chat.sentences import passed_over_notes


def test_where_everything_was_read_nothing_is_said() -> None:
    assert passed_over_notes(NOBODY) == ()


def test_how_many_had_no_room_is_said_with_what_to_do() -> None:
    [one] = passed_over_notes(PassedOver(crowded=("1.0",)))
    assert one.startswith("One message that came before had no room")
    assert "Please send it again" in one
    [three] = passed_over_notes(PassedOver(crowded=("1.0", "2.0", "3.0")))
    assert three.startswith("3 messages that came before had no room")
    assert "Please send them again" in three


def test_what_was_too_long_is_said_with_its_size_and_the_room_as_a_refusal_does() -> None:
    [one] = passed_over_notes(PassedOver(too_long={"1.0": 5_000}, room=3_200))
    assert one.startswith("One message was too long for me: about 5,000 tokens, and I have room for 3,200.")
    [three] = passed_over_notes(PassedOver(too_long={"1.0": 5_000, "2.0": 600, "3.0": 70}, room=50))
    assert three.startswith("3 messages were too long for me: about 5,000, 600 and 70 tokens,")


def test_each_reason_has_a_sentence_of_its_own() -> None:
    assert len(passed_over_notes(PassedOver(("1.0",), {"2.0": 5_000}, 3_200))) == 2
