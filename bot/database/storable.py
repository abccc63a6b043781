"""What every text passes on its way in: both databases keep the same thing, whatever somebody sent."""

from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from bot.chat.characters import whole


def storable_json(value: Any) -> Any:
    """A JSON value with every text inside it whole, keys included."""
    if isinstance(value, str):
        return whole(value)
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
        return None if value is None else whole(value)
