"""The listener of most buttons, menus and shortcuts: it starts one deed and acknowledges at once."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncAck

from bot.slack.beside import Beside
from bot.slack.pressed import Pressed, pressed

Deed: TypeAlias = Callable[[Pressed], Coroutine[Any, Any, object]]
Listener: TypeAlias = Callable[[Mapping[str, object], AsyncAck], Awaitable[None]]


def on_press(deed: Deed, beside: Beside, *, speaks: bool = True) -> Listener:
    """A listener that does the deed beside the acknowledgement; `speaks` as in `Beside.start`."""

    async def listener(body: Mapping[str, object], ack: AsyncAck) -> None:
        done = pressed(body)
        beside.start(deed(done), done.person_id, speaks=speaks)
        await ack()

    return listener
