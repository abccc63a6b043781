"""The verbs that mute a thread from outside it: a button, a reaction."""

from dataclasses import dataclass

from bot.chat.looking import Spot
from bot.chat.ports import Clock, People
from bot.chat.ports.opinions import Quiet
from bot.chat.rights import NoRight
from bot.chat.threads import ThreadKey

MUTES = frozenset({"mute", "no_bell"})
"""The emoji that mute the thread of the message that they are put on, by Slack's names."""


@dataclass(frozen=True, slots=True)
class Reacted:
    """An emoji of `MUTES` that a person put on a message, or took off; `at` is the event's ts."""

    channel_id: str
    ts: str
    person_id: str
    at: str
    added: bool


@dataclass(frozen=True, slots=True)
class Hushed:
    """A thread that somebody muted, or with `quiet` False woke."""

    thread: ThreadKey
    person_id: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class Muting:
    """Within one team. What changes nothing, such as a second reaction, is None: it is said once."""

    team_id: str
    quiet: Quiet
    people: People
    clock: Clock

    async def react(self, reacted: Reacted) -> Hushed | None:
        """Mute the thread of that message, if it is ours; who muted it and takes the emoji off wakes it."""
        thread = await self.quiet.thread_of(self.team_id, reacted.channel_id, reacted.ts)
        if thread is None:
            return None
        who = reacted.person_id
        if reacted.added:
            changed = await self.quiet.hush(thread, who, reacted.at)
        else:
            changed = await self.quiet.wake(thread, reacted.at, by=who)
        return Hushed(thread, who, quiet=reacted.added) if changed else None

    async def mute(self, spot: Spot, at: str = "") -> Hushed | NoRight | None:
        """Mute the thread of an answer, for a member; `at` is Slack's time of the press where known."""
        standing = await self.people.standing(self.team_id, spot.channel_id, spot.person_id)
        if not standing.member:
            return NoRight.NOT_MEMBER
        thread = ThreadKey(self.team_id, spot.channel_id, spot.thread_ts or spot.ts)
        changed = await self.quiet.hush(thread, spot.person_id, at or f"{self.clock():.6f}")
        return Hushed(thread, spot.person_id, quiet=True) if changed else None
