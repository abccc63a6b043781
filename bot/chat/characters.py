"""What every text is made of: characters that each database and each service takes."""

import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_NUMBER = re.compile("-?[0-9]{1,9}")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Unicode's categories of control and format characters, separators, and marks that need a letter.
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"})
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def whole(text: str) -> str:
    """The text without NUL and lone surrogates, which PostgreSQL and UTF-8 refuse: they become U+FFFD.

    Two surrogates that belong together become the character that they stand for.
    """
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", REPLACEMENT)


def legible(text: str) -> str:
    """What somebody wrote or typed, whole and without control characters; tabs and ends of lines stay.

    Files are not cleaned like this: what was imported must be exported as it was.
    """
    return whole(_CONTROLS.sub("", text))


def is_visible(text: str) -> bool:
    """Whether there is anything to see in the text: not only blanks, control or zero-width characters."""
    return any(
        unicodedata.category(character) not in _UNSEEN and character not in _BLANK_LETTERS
        for character in text
    )


def number(text: str) -> int | None:
    """The number that a button or a view of ours carries; None for what no view of ours ever held.

    Whoever makes an action's value by hand can write digits that `int` refuses, or more than a column holds.
    """
    return int(text) if _NUMBER.fullmatch(text) else None
