"""When the beginning of an answer is worth a message of its own."""

import re

_FEW_WORDS = re.compile(r"\s*(?:\S+\s+){3}\S")
_MANY_LETTERS = 40  # of a script that writes without spaces


def are_worth_showing(text: str) -> bool:
    """Whether there is something to read: others see a stream's first words only, until it ends."""
    return len(text) >= _MANY_LETTERS or _FEW_WORDS.match(text) is not None
