"""What every text passes on its way in: both databases keep the same thing, whatever somebody sent."""

from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """The text without what PostgreSQL refuses: NUL and lone surrogates become U+FFFD.

    Two surrogates that belong together become the character that they stand for.
    """
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", REPLACEMENT)


def storable_json(value: Any) -> Any:
    """The same for every text inside a JSON value, keys included."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable_json(key): storable_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(item) for item in value]
    return value


class StorableText(TypeDecorator[str]):
    """A text column of any length that takes any Python string."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Clean what is stored, and what is looked for in the same way."""
        return None if value is None else storable(value)
