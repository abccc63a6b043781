"""What somebody wrote after `/confab`, made a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.chat.characters import legible

COMMAND = "/confab"


class Word(StrEnum):
    """What `/confab` can be asked for; the manifest's usage hint names them."""

    SETTINGS = "settings"
    PERSONA = "persona"
    HISTORY = "history"
    CODE = "code"
    TRY = "try"
    USAGE = "usage"
    RESET = "reset"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Asked:
    """One use of the command: by whom, where, and until when a modal may be opened (three seconds)."""

    channel_id: str
    person_id: str
    trigger_id: str
    word: Word
    rest: str = field(default="", repr=False)
    unknown: str = field(default="", repr=False)


def asked(body: Mapping[str, object]) -> Asked:
    """A command's payload. Nothing after it means the settings, and an unknown word means help."""
    said, _, rest = legible(str(body.get("text") or "")).strip().partition(" ")
    known = {word.value: word for word in Word}
    word = known.get(said.casefold(), Word.HELP) if said else Word.SETTINGS
    return Asked(
        channel_id=str(body.get("channel_id") or ""),
        person_id=str(body.get("user_id") or ""),
        trigger_id=str(body.get("trigger_id") or ""),
        word=word,
        rest=rest.strip(),
        unknown=said if said.casefold() not in known else "",
    )
