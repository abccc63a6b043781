"""Lines that pretend to be Confab's own are quoted, so that what frames a prompt is said by Confab alone."""

import re
import unicodedata
from collections.abc import Callable

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\U000e0001\U000e0020-\U000e007f]+"
)


def looks(text: str) -> str:
    """What a reader takes a text for: without what nobody sees, and with one of each letter's shapes."""
    seen = text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)
    return unicodedata.normalize("NFKC", seen).casefold()


def quoted(text: str, feigns: Callable[[str], bool]) -> str:
    """The text with `> ` before every line that `feigns`, which is asked of how the line looks.

    Whatever a reader or a model may take for the end of a line is one.
    """
    lines = text.splitlines(keepends=True)
    return "".join(f"> {line}" if feigns(looks(line).lstrip()) else line for line in lines)
