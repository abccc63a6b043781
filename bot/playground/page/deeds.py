"""What a message's buttons lead to, beyond the message itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.playground.workspace import Message
from bot.playground.workspace.messages import JSON


@dataclass(frozen=True, slots=True)
class Deeds:
    """Given to every message by the tab that shows it."""

    open_thread: Callable[[str], None]
    see_chatml: Callable[[str], Awaitable[None]]
    press: Callable[[Message, JSON], None]
