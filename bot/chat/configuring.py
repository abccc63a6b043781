"""Changing what a channel has, in a draft. Rights are asked anew with every verb, whatever a view showed."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.chat.checking import MOST_EXAMPLES, MOST_PEOPLE, example_faults, persona_faults, settings_from
from bot.chat.deployments import Deployment
from bot.chat.library import Library
from bot.chat.outcomes import Done, Edit, NotAllowed, Opened, Refused, Stale
from bot.chat.ports import Drafts, People, Setups
from bot.chat.rights import NoRight, Standing, may_configure, may_configure_workspace, may_read
from bot.chat.setup import Access, Configurers, Example, Persona, Setup
from bot.chat.setup_file import read_setup
from bot.chat.versions import WORKSPACE, Draft, DraftKey
from bot.errors import SetupFileFaulty


class Configuring:
    """Everything that somebody may do to their draft of a channel's setup, or of the workspace's default.

    `seen` is the `mark` of the draft that a view showed. Where the draft has moved on since, nothing is
    changed and the outcome is `Stale`, unless the change is in the draft already (Slack sent it twice).
    None does not compare. Every verb also raises what a database or a Slack out of reach raises.
    """

    def __init__(
        self,
        *,
        setups: Setups,
        drafts: Drafts,
        library: Library,
        people: People,
        deployments: Mapping[str, Deployment],
        default: str,
    ) -> None:
        self._setups = setups
        self._drafts = drafts
        self._library = library
        self._people = people
        self._deployments = deployments
        self._default = default

    async def right(self, key: DraftKey) -> NoRight | None:
        """None if this person may change this channel's setup now, else the reason why not."""
        standing, current = await self._standing_and_current(key)
        return right_to(key, standing, current.access)

    async def open(self, key: DraftKey) -> Opened | NotAllowed:
        """The draft, begun from what is published. Who may only look gets that, and strangers nothing."""
        standing, current = await self._standing_and_current(key)
        right = right_to(key, standing, current.access)
        if right is None:
            return Opened(await self._draft(key, current), current)
        if key.channel_id == WORKSPACE or not standing.member:
            return NotAllowed(right)
        readable = may_read(standing, current.access) is None
        shown = current if readable else replace(current, persona=current.persona.hidden(), foreign="")
        return Opened(Draft(key, shown), shown, right, readable)

    async def set_persona(
        self, key: DraftKey, seen: str | None, *, name: str, icon: str, system_message: str, greeting: str
    ) -> Edit:
        """Replace what the persona is and says; its examples stay. Refusals name these four."""

        def change(setup: Setup) -> Setup | Refused:
            return _with_persona(
                setup,
                replace(
                    setup.persona,
                    name=name.strip(),
                    icon=icon.strip(),
                    system_message=system_message,
                    greeting=greeting,
                ),
            )

        return await self._edit(key, seen, change)

    async def choose_persona(self, key: DraftKey, seen: str | None, persona_id: str) -> Edit:
        """Take a persona of the library in place of the draft's, examples included: ask before.

        Refuses `persona` where it is not in the library any more.
        """
        chosen = await self._library.find(key.team_id, persona_id)
        if chosen is None:
            return Refused({"persona": "This persona is not in the library any more. Choose another one."})
        return await self._edit(key, seen, lambda setup: _with_persona(setup, chosen.persona))

    async def add_example(
        self, key: DraftKey, seen: str | None, user: str, assistant: str, at: int | None = None
    ) -> Edit:
        """Add a pair, at the end or before the one at `at`. Refusals name `user`, `assistant`, `examples`."""

        def change(examples: list[Example]) -> None:
            examples.insert(len(examples) if at is None else at, Example(user, assistant))

        return await self._edit_examples(key, seen, change, Example(user, assistant))

    async def edit_example(
        self, key: DraftKey, seen: str | None, index: int, user: str, assistant: str
    ) -> Edit:
        """Replace the pair at this place, counted from 0."""

        def change(examples: list[Example]) -> None:
            examples[index] = Example(user, assistant)

        return await self._edit_examples(key, seen, change, Example(user, assistant))

    async def remove_example(self, key: DraftKey, seen: str | None, index: int) -> Edit:
        """Take the pair at this place away."""

        def change(examples: list[Example]) -> None:
            del examples[index]

        return await self._edit_examples(key, seen, change)

    async def move_example(self, key: DraftKey, seen: str | None, index: int, to: int) -> Edit:
        """Put the pair at this place to another one; `to` is kept within the list."""

        def change(examples: list[Example]) -> None:
            examples.insert(max(to, 0), examples.pop(index))

        return await self._edit_examples(key, seen, change)

    async def set_settings(self, key: DraftKey, seen: str | None, values: Mapping[str, str]) -> Edit:
        """Settings as they were typed and chosen, by `Control.key`; all are taken or none. Others stay."""

        def change(setup: Setup) -> Setup | Refused:
            settings = settings_from(values, setup.settings, self._deployments, self._default)
            return settings if isinstance(settings, Refused) else replace(setup, settings=settings)

        return await self._edit(key, seen, change)

    async def reset_settings(self, key: DraftKey, seen: str | None) -> Edit:
        """The usual settings in the draft: the workspace's, and for the workspace the playground's."""
        usual = await usual_settings(self._setups, key)
        return await self._edit(key, seen, lambda setup: replace(setup, settings=usual.settings))

    async def set_access(
        self,
        key: DraftKey,
        seen: str | None,
        *,
        configurers: Configurers,
        people: Sequence[str],
        open_to_read: bool,
    ) -> Edit:
        """Who may change the setup (people by their ids), and whether every full member may read it."""
        listed = tuple(dict.fromkeys(people))
        access = Access(configurers, listed, open_to_read)
        if len(listed) > MOST_PEOPLE:
            return Refused({"people": f"At most {MOST_PEOPLE} people can be listed."})
        return await self._edit(key, seen, lambda setup: replace(setup, access=access))

    async def import_setup(self, key: DraftKey, seen: str | None, text: str) -> Edit:
        """Take the Azure playground's export into the draft. Refuses `file`: the line, or the key path."""

        def change(setup: Setup) -> Setup | Refused:
            try:
                read = read_setup(text, frozenset(self._deployments), setup.access)
            except SetupFileFaulty as faulty:
                return Refused({"file": faulty.sentence})
            return replace(read, version=setup.version)

        return await self._edit(key, seen, change)

    async def take_over(self, key: DraftKey, channel_id: str) -> Edit:
        """Take another channel's persona and settings, less its cap, for whoever may read them there."""
        standing, theirs = await self._standing_and_current(replace(key, channel_id=channel_id))
        if (right := may_read(standing, theirs.access)) is not None:
            return NotAllowed(right)

        def change(setup: Setup) -> Setup:
            settings = replace(theirs.settings, daily_tokens=setup.settings.daily_tokens)
            return replace(setup, persona=theirs.persona, settings=settings)

        return await self._edit(key, None, change)

    async def discard(self, key: DraftKey) -> bool:
        """Forget the draft; False if there was none. It is its owner's own, and needs no right."""
        return await self._drafts.discard(key)

    async def _edit_examples(
        self,
        key: DraftKey,
        seen: str | None,
        change: Callable[[list[Example]], None],
        given: Example | None = None,
    ) -> Edit:
        if given is not None and (faults := example_faults(given)):
            return Refused(faults)

        def apply(setup: Setup) -> Setup | Refused:
            examples = list(setup.persona.examples)
            try:
                change(examples)
            except IndexError:
                return Refused({"examples": "This example is not there any more."})
            if len(examples) > MOST_EXAMPLES:
                return Refused({"examples": f"A persona has at most {MOST_EXAMPLES} examples."})
            return replace(setup, persona=replace(setup.persona, examples=tuple(examples)))

        return await self._edit(key, seen, apply)

    async def _edit(
        self, key: DraftKey, seen: str | None, change: Callable[[Setup], Setup | Refused]
    ) -> Edit:
        standing, current = await self._standing_and_current(key)
        if (right := right_to(key, standing, current.access)) is not None:
            return NotAllowed(right)
        draft = await self._draft(key, current)
        changed = change(draft.setup)
        if changed == draft.setup:
            return Done(draft)
        if seen not in (None, draft.mark):
            return Stale(draft)
        if isinstance(changed, Refused):
            return changed
        saved = await self._drafts.save(replace(draft, setup=changed))
        return Stale(await self._draft(key, current)) if saved is None else Done(saved)

    async def _standing_and_current(self, key: DraftKey) -> tuple[Standing, Setup]:
        return await asyncio.gather(
            self._people.standing(key.team_id, key.channel_id, key.person_id),
            self._setups.current(key.team_id, key.channel_id),
        )

    async def _draft(self, key: DraftKey, current: Setup) -> Draft:
        return await self._drafts.of(key) or Draft(key, current)


def right_to(key: DraftKey, standing: Standing, access: Access) -> NoRight | None:
    """The right to change what the key names: a channel's setup, or the workspace's."""
    if key.channel_id == WORKSPACE:
        return may_configure_workspace(standing)
    return may_configure(standing, access)


async def usual_settings(setups: Setups, key: DraftKey) -> Setup:
    """What a channel would have that never chose."""
    return Setup() if key.channel_id == WORKSPACE else await setups.current(key.team_id, WORKSPACE)


def _with_persona(setup: Setup, persona: Persona) -> Setup | Refused:
    faults = persona_faults(persona)
    return Refused(faults) if faults else replace(setup, persona=persona)
