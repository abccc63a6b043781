"""The workspace's own personas: never more than there may be, however many are added at once."""

import asyncio

from bot.chat.setup import Persona
from bot.database.personas import StoredPersonas
from tests.database.rooms import TEAM, opened

MOST = 5


async def test_of_many_who_add_at_once_as_many_succeed_as_there_is_room_for(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        libraries = [StoredPersonas(room.database, room.clock) for room in (one, other)]
        assert await libraries[0].add(TEAM, Persona(name="First"), "U1", most=MOST)
        assert await libraries[0].add("T2", Persona(name="Elsewhere"), "U1", most=MOST)
        added = await asyncio.gather(
            *(each.add(TEAM, Persona(name="Guide"), "U1", most=MOST) for each in libraries * 6)
        )
        assert len([persona for persona in added if persona]) == MOST - 1
        assert len(await libraries[1].list(TEAM)) == MOST
