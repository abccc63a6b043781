"""What is written after /confab, and what the manifest says of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.slack.command import texts
from bot.slack.command.words import COMMAND, Word, asked
from tests.slack.desk import MANIFEST


def said(text: str) -> dict[str, object]:
    return {"text": text, "channel_id": "C1", "user_id": "U1", "trigger_id": "1.2"}


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        ("", Word.SETTINGS, ""),
        ("  ", Word.SETTINGS, ""),
        ("settings", Word.SETTINGS, ""),
        ("HISTORY", Word.HISTORY, ""),
        ("persona", Word.PERSONA, ""),
        ("persona  Xbox customer support agent ", Word.PERSONA, "Xbox customer support agent"),
        ("help", Word.HELP, ""),
    ],
)
def test_each_word_is_understood(text: str, word: Word, rest: str) -> None:
    found = asked(said(text))
    assert (found.word, found.rest, found.unknown) == (word, rest, "")
    assert (found.channel_id, found.person_id, found.trigger_id) == ("C1", "U1", "1.2")


def test_an_unknown_word_gets_help_and_is_named() -> None:
    found = asked(said("sing <!channel>"))
    assert (found.word, found.unknown) == (Word.HELP, "sing")
    assert "`&lt;!here&gt;`" in texts.unknown("<!here>")


def test_a_payload_without_anything_in_it_is_no_fault() -> None:
    assert asked({}).word is Word.SETTINGS


def test_the_manifest_has_the_command_and_hints_at_every_word() -> None:
    manifest: dict[str, Any] = yaml.safe_load(Path(MANIFEST).read_text(encoding="utf-8"))
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == COMMAND
    hinted = [part.split()[0] for part in command["usage_hint"].split(" | ")]
    assert hinted == [word.value for word in Word]


def test_help_has_every_word_and_says_what_to_do_in_a_thread() -> None:
    for word in Word:
        assert word is Word.HELP or f"{COMMAND} {word}" in texts.HELP
    assert "@Confab settings" in texts.HELP
