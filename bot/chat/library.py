"""The personas to choose from: built in, and the workspace's own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.checking import persona_faults
from bot.chat.outcomes import Gone, NotAllowed, Refused
from bot.chat.ports import People, Personas
from bot.chat.rights import NoRight, may_configure_workspace
from bot.chat.setup import Persona
from bot.chat.versions import WORKSPACE, LibraryPersona, ListedPersona

MOST_PERSONAS = 200
"""How many of its own a workspace may have."""

FULL = f"The library holds at most {MOST_PERSONAS} personas. Delete one first."


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """Some of the personas, of `total` in all. `next` begins the page after; None after the last."""

    personas: tuple[ListedPersona, ...]
    total: int
    next: int | None = None


class Library:
    """Everybody may look; only workspace admins and CONFAB_ADMINS change it, asked anew each time."""

    def __init__(self, *, personas: Personas, people: People, built_in: Sequence[LibraryPersona]) -> None:
        self._personas = personas
        self._people = people
        self._built_in = tuple(built_in)

    async def list(self, team_id: str, *, start: int = 0, limit: int = 100) -> LibraryPage:
        """The built-in personas, then the workspace's own by name."""
        listed = tuple(
            ListedPersona(each.id, each.persona.name, each.persona.icon) for each in self._built_in
        )
        listed += await self._personas.list(team_id)
        end = start + limit
        return LibraryPage(listed[start:end], len(listed), end if end < len(listed) else None)

    async def find(self, team_id: str, persona_id: str) -> LibraryPersona | None:
        """A persona by its id."""
        for each in self._built_in:
            if each.id == persona_id:
                return each
        return await self._personas.find(team_id, persona_id)

    async def named(self, team_id: str, name: str) -> tuple[ListedPersona, ...]:
        """The personas that a typed name means: those called so, else those whose names have it in them."""
        wanted = name.strip().casefold()
        everything = (await self.list(team_id, limit=len(self._built_in) + MOST_PERSONAS)).personas
        exact = tuple(each for each in everything if wanted in (each.name.casefold(), each.id))
        return exact or tuple(each for each in everything if wanted in each.name.casefold())

    async def right(self, team_id: str, person_id: str) -> NoRight | None:
        """None if this person may change the library now, else the reason why not."""
        return may_configure_workspace(await self._people.standing(team_id, WORKSPACE, person_id))

    async def create(
        self, team_id: str, person_id: str, persona: Persona
    ) -> LibraryPersona | NotAllowed | Refused:
        """Add a persona of the workspace's own."""
        if (right := await self.right(team_id, person_id)) is not None:
            return NotAllowed(right)
        if faults := persona_faults(persona):
            return Refused(faults)
        added = await self._personas.add(team_id, persona, person_id, most=MOST_PERSONAS)
        return added or Refused({"name": FULL})

    async def edit(
        self, team_id: str, person_id: str, persona_id: str, persona: Persona, *, revision: int
    ) -> LibraryPersona | NotAllowed | Refused | Gone:
        """Replace one of the workspace's own. Refuses `name` where somebody changed it after `revision`.

        Channels that chose it keep what they have. A built-in one is not the workspace's: copy it.
        """
        if (right := await self.right(team_id, person_id)) is not None:
            return NotAllowed(right)
        if faults := persona_faults(persona):
            return Refused(faults)
        if await self._personas.change(team_id, persona_id, persona, person_id, revision=revision):
            return LibraryPersona(persona_id, persona, ours=True, revision=revision + 1)
        found = await self._personas.find(team_id, persona_id)
        if found is None:
            return Gone()
        if found.persona == persona:
            return found
        return Refused({"name": "Somebody has changed this persona meanwhile. Open it again to see how."})

    async def copy(
        self, team_id: str, person_id: str, persona_id: str
    ) -> LibraryPersona | NotAllowed | Refused | Gone:
        """Make one of the workspace's own out of any persona."""
        found = await self.find(team_id, persona_id)
        if found is None:
            return Gone()
        name = f"{found.persona.name[:70]} (copy)"
        return await self.create(team_id, person_id, replace(found.persona, name=name))

    async def delete(self, team_id: str, person_id: str, persona_id: str) -> NotAllowed | Gone | None:
        """Take one of the workspace's own away; None when it is done."""
        if (right := await self.right(team_id, person_id)) is not None:
            return NotAllowed(right)
        return None if await self._personas.remove(team_id, persona_id) else Gone()
