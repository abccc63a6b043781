"""One team: its people and its channels, and how to find them."""

import random
import string
from collections.abc import Callable
from dataclasses import replace

from bot.playground.workspace.channels import Channel, ChannelKind
from bot.playground.workspace.people import Person

SLACKBOT = "USLACKBOT"
_ALPHABET = string.ascii_uppercase + string.digits

Ref = str | Person
ChannelRef = str | Channel


def new_id(prefix: str, length: int = 9) -> str:
    """A fresh id as Slack forms them: a letter for the kind, a zero, capitals and digits."""
    chooser = random.SystemRandom()
    return f"{prefix}0{''.join(chooser.choice(_ALPHABET) for _ in range(length))}"


class Team:
    """The people and channels of one workspace.

    Args:
        clock: seconds since the epoch; stamps new channels.
        name: what the workspace is called.
    """

    def __init__(self, clock: Callable[[], float], name: str = "Playground") -> None:
        self.id = new_id("T")
        self.name = name
        self.domain = name.lower().replace(" ", "-")
        self._clock = clock
        self._people: dict[str, Person] = {}
        self._channels: dict[str, Channel] = {}
        self.slackbot = self.add_person("slackbot", "Slackbot", person_id=SLACKBOT)

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody, bots included, in the order in which they came."""
        return tuple(self._people.values())

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Every conversation, direct messages included."""
        return tuple(self._channels.values())

    def add_person(
        self,
        name: str,
        display_name: str,
        *,
        real_name: str | None = None,
        person_id: str | None = None,
        team_id: str | None = None,
        is_admin: bool = False,
        is_guest: bool = False,
        is_single_channel_guest: bool = False,
        bot_id: str | None = None,
        app_id: str | None = None,
    ) -> Person:
        """Let somebody into the team."""
        person = Person(
            person_id or new_id("U"),
            name,
            display_name,
            real_name or display_name,
            team_id or self.id,
            is_admin=is_admin,
            is_guest=is_guest or is_single_channel_guest,
            is_single_channel_guest=is_single_channel_guest,
            is_bot=bot_id is not None,
            bot_id=bot_id,
            app_id=app_id,
        )
        self._people[person.id] = person
        return person

    def add_bot(self, name: str, person_id: str, bot_id: str, app_id: str) -> Person:
        """Let an app's bot user into the team."""
        return self.add_person(name.lower(), name, person_id=person_id, bot_id=bot_id, app_id=app_id)

    def add_channel(
        self,
        name: str,
        members: tuple[Person, ...],
        *,
        kind: ChannelKind = ChannelKind.PUBLIC,
        topic: str = "",
        is_shared: bool = False,
    ) -> Channel:
        """Open a conversation; its first member counts as its creator."""
        prefix = "D" if kind is ChannelKind.DIRECT else "C"
        ids = tuple(member.id for member in members)
        creator = ids[0] if ids else self.slackbot.id
        channel = Channel(
            new_id(prefix), name, kind, ids, creator, int(self._clock()), topic=topic, is_shared=is_shared
        )
        self._channels[channel.id] = channel
        return channel

    def keep(self, channel: Channel) -> Channel:
        """Put a changed channel in the place of the one with its id."""
        self._channels[channel.id] = channel
        return channel

    def keep_person(self, person: Person) -> Person:
        """Put a changed person in the place of the one with their id."""
        self._people[person.id] = person
        return person

    def person(self, ref: Ref) -> Person:
        """The person with that id, handle or display name.

        Raises:
            KeyError: nobody is called that.
        """
        if isinstance(ref, Person):
            return self._people[ref.id]
        if ref in self._people:
            return self._people[ref]
        for person in self._people.values():
            if ref in (person.name, person.display_name):
                return person
        raise KeyError(ref)

    def find_person(self, person_id: str) -> Person | None:
        """The person with that id, if there is one."""
        return self._people.get(person_id)

    def bot(self, bot_id: str) -> Person | None:
        """The bot user that acts under that bot id."""
        return next((person for person in self._people.values() if person.bot_id == bot_id), None)

    def channel(self, ref: ChannelRef) -> Channel:
        """The channel with that id or name, with or without `#`.

        Raises:
            KeyError: there is no such channel.
        """
        if isinstance(ref, Channel):
            return self._channels[ref.id]
        found = self.find_channel(ref)
        if found is None:
            raise KeyError(ref)
        return found

    def find_channel(self, ref: str) -> Channel | None:
        """The channel with that id or name, if there is one."""
        if ref in self._channels:
            return self._channels[ref]
        name = ref.removeprefix("#")
        return next((each for each in self._channels.values() if each.name and each.name == name), None)

    def direct(self, *people: Ref) -> Channel:
        """The direct message between exactly these people; opened if there is none yet."""
        members = tuple(self.person(ref) for ref in people)
        wanted = {member.id for member in members}
        kind = ChannelKind.DIRECT if len(wanted) <= 2 else ChannelKind.GROUP_DIRECT
        for channel in self._channels.values():
            if channel.kind is kind and set(channel.members) == wanted:
                return channel
        name = "" if kind is ChannelKind.DIRECT else "mpdm-" + "--".join(each.name for each in members)
        return self.add_channel(name, members, kind=kind)

    def add_member(self, ref: ChannelRef, person: Ref) -> Channel:
        """Make the person a member of the channel."""
        channel, member = self.channel(ref), self.person(person)
        if channel.has(member.id):
            return channel
        return self.keep(replace(channel, members=(*channel.members, member.id)))

    def remove_member(self, ref: ChannelRef, person: Ref) -> Channel:
        """Take the person out of the channel."""
        channel, member = self.channel(ref), self.person(person)
        return self.keep(replace(channel, members=tuple(m for m in channel.members if m != member.id)))
