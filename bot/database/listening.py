"""Wake-ups between processes: PostgreSQL's NOTIFY says at once what polling would find a second later."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from bot.database.access import Database
from bot.database.dialects import WAKE_UPS
from bot.database.engine import SQLITE
from bot.errors import described

log = logging.getLogger(__name__)

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0


async def listen(database: Database, team_id: str, on_wake: Callable[[], None]) -> None:
    """Call `on_wake` whenever a turn of this team may have begun to wait, until cancelled.

    Returns at once on SQLite, which has no such thing. It holds one connection of its own, and comes back by
    itself after the database was away; `on_wake` is called then too, for whatever was missed.
    """
    if database.backend == SQLITE:
        return
    from psycopg import Error  # noqa: PLC0415 - an optional part

    pause = FIRST_PAUSE
    while True:
        try:
            async with await _connect(database) as connection:
                await connection.execute(f"LISTEN {WAKE_UPS}")
                pause = FIRST_PAUSE
                on_wake()
                async for notice in connection.notifies():
                    if notice.payload == team_id:
                        on_wake()
        except (Error, OSError) as error:
            log.warning("no wake-ups from the database, polling goes on: %s", described(error))
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _connect(database: Database) -> Any:
    from psycopg import AsyncConnection  # noqa: PLC0415 - an optional part

    return await AsyncConnection.connect(**database.connect_arguments(), autocommit=True)
