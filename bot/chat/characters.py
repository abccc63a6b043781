"""What every text is made of: characters that each database and each service takes."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def whole(text: str) -> str:
    """The text without NUL and lone surrogates, which PostgreSQL and UTF-8 refuse: they become U+FFFD.

    Two surrogates that belong together become the character that they stand for.
    """
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", REPLACEMENT)
