"""The workspace's own personas, as `bot.chat.ports.Personas` wants them."""

from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, select, update

from bot.chat.ports import Clock
from bot.chat.setup import Persona
from bot.chat.versions import LibraryPersona, ListedPersona
from bot.database.access import Database
from bot.database.dialects import one_at_a_time
from bot.database.setup_json import persona_json, persona_of
from bot.database.setup_tables import library_persona

# What 200 personas of the largest kind hold is too much to read for their names.
LISTED = select(library_persona.c.id, library_persona.c.name, library_persona.c.icon).where(
    library_persona.c.team_id == bindparam("of_team")
)


COUNTED = select(func.count()).where(library_persona.c.team_id == bindparam("of_team"))


class StoredPersonas:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list(self, team_id: str) -> tuple[ListedPersona, ...]:
        """All of them, by name."""
        rows = await self._database.read(
            lambda connection: connection.execute(LISTED, {"of_team": team_id}).all()
        )
        in_order = sorted(rows, key=lambda row: (row.name.casefold(), row.id))
        return tuple(ListedPersona(str(row.id), row.name, row.icon, ours=True) for row in in_order)

    async def find(self, team_id: str, persona_id: str) -> LibraryPersona | None:
        """One of them."""
        if (one := _one(team_id, persona_id)) is None:
            return None
        row = await self._database.read(
            lambda connection: connection.execute(select(library_persona).where(one)).one_or_none()
        )
        return None if row is None else _kept(row)

    async def add(self, team_id: str, persona: Persona, by: str, *, most: int) -> LibraryPersona | None:
        """Keep a new one; None where the team has `most` already, however many add at once."""
        row = {"team_id": team_id, "revision": 1, **self._changed(persona, by)}
        added = await self._database.write(partial(_add, row=row, most=most))
        return None if added is None else _kept(added)

    async def change(
        self, team_id: str, persona_id: str, persona: Persona, by: str, *, revision: int
    ) -> bool:
        """Replace one; False where it is gone, or somebody else changed it after `revision`."""
        if (one := _one(team_id, persona_id)) is None:
            return False
        changed = (
            update(library_persona)
            .where(one, library_persona.c.revision == revision)
            .values(self._changed(persona, by) | {"revision": revision + 1})
        )
        return await self._database.write(lambda connection: connection.execute(changed).rowcount == 1)

    async def remove(self, team_id: str, persona_id: str) -> bool:
        """Take one away; False if it was gone."""
        if (one := _one(team_id, persona_id)) is None:
            return False
        gone = delete(library_persona).where(one)
        return await self._database.write(lambda connection: connection.execute(gone).rowcount == 1)

    def _changed(self, persona: Persona, by: str) -> dict[str, Any]:
        return {
            "name": persona.name,
            "icon": persona.icon,
            "persona": persona_json(persona),
            "changed_by": by,
            "changed_at": self._clock(),
        }


def _add(connection: Connection, row: dict[str, Any], most: int) -> Any:
    """Who adds waits for whoever adds at the same moment, so that the count holds."""
    one_at_a_time(connection, f"persona {row['team_id']}")
    if (connection.scalar(COUNTED, {"of_team": row["team_id"]}) or 0) >= most:
        return None
    return connection.execute(library_persona.insert().returning(library_persona), row).one()


def _one(team_id: str, persona_id: str) -> ColumnElement[bool] | None:
    """A persona by its number; a built-in one's id is a word."""
    if not (persona_id.isascii() and persona_id.isdigit() and len(persona_id) < 18):
        return None
    return and_(library_persona.c.team_id == team_id, library_persona.c.id == int(persona_id))


def _kept(row: Any) -> LibraryPersona:
    return LibraryPersona(str(row.id), persona_of(row.persona), ours=True, revision=row.revision)
