"""What every text is made of: characters that each database and each service takes."""

import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

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


def is_visible(text: str) -> bool:
    """Whether there is anything to see in the text: not only blanks, control or zero-width characters."""
    return any(
        unicodedata.category(character) not in _UNSEEN and character not in _BLANK_LETTERS
        for character in text
    )
