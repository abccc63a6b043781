"""What is said to Confab itself is told from what is said to a model."""

from dataclasses import replace

import pytest

from bot.chat.asides import WantsSettings, Wish, aside, wish
from bot.chat.messages import Heard
from bot.chat.shared_files import SharedFile
from bot.chat.threads import Place, Us

US = Us("T1", "UBOT", "B1")
HEARD = Heard(
    channel_id="C1",
    place=Place.CHANNEL,
    ts="2.0",
    thread_ts="1.0",
    author_id="UADA",
    bot_id=None,
    subtype=None,
    text="settings",
    opens_with=("UBOT",),
    mentions=frozenset({"UBOT"}),
)


@pytest.mark.parametrize("text", ["settings", "Settings", " settings "])
def test_a_mention_and_the_one_word_want_the_settings(text: str) -> None:
    assert aside(replace(HEARD, text=text), US) == WantsSettings("C1", "UADA", "2.0", "1.0")


def test_outside_a_thread_there_is_none_to_answer_in() -> None:
    assert aside(replace(HEARD, thread_ts=None), US) == WantsSettings("C1", "UADA", "2.0", None)


@pytest.mark.parametrize(
    "message",
    [
        replace(HEARD, mentions=frozenset()),
        replace(HEARD, mentions=frozenset({"UGRACE"})),
        replace(HEARD, text="settings of my Xbox"),
        replace(HEARD, text=""),
        replace(HEARD, bot_id="B2"),
        replace(HEARD, author_id="UBOT"),
        replace(HEARD, author_id=None),
        replace(HEARD, subtype="channel_join"),
    ],
)
def test_anything_else_is_a_message_like_any_other(message: Heard) -> None:
    assert aside(message, US) is None


@pytest.mark.parametrize("text", ["mute", "Mute!", ", be quiet.", "  be \n quiet  "])
def test_a_word_by_itself_wants_quiet(text: str) -> None:
    assert wish(replace(HEARD, text=text)) is Wish.QUIET


def test_its_opposite_wants_to_be_heard() -> None:
    assert wish(replace(HEARD, text="Unmute.")) is Wish.HEARD


@pytest.mark.parametrize("text", ["mute the TV", "how do I mute Teams?", "quietly", ""])
def test_a_sentence_with_the_word_is_a_question(text: str) -> None:
    assert wish(replace(HEARD, text=text)) is None


def test_the_word_over_a_file_is_about_the_file() -> None:
    file = SharedFile("F1", "song.mp3", "audio/mpeg", 1, "")
    assert wish(replace(HEARD, text="mute", files=(file,))) is None
