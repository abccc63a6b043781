"""What a message's buttons lead to, beyond the message itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.playground.workspace import Message


@dataclass(frozen=True, slots=True)
class Deeds:
    """Given to every message by the tab that shows it.

    `start` and `use_on` choose a shortcut by its `callback_id`: a global one, and one of a message's menu.
    """

    open_thread: Callable[[str], None]
    see_chatml: Callable[[str], Awaitable[None]]
    start: Callable[[str], Awaitable[None]]
    use_on: Callable[[str, Message], Awaitable[None]]
