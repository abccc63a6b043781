"""What Confab says unasked: a greeting to whoever brought it in."""

from dataclasses import dataclass

from bot.chat.outcomes import NotAllowed
from bot.chat.ports.homes import Tellings
from bot.chat.ports.setups import Setups
from bot.chat.ports.standing import People
from bot.chat.rights import NoRight
from bot.chat.setup import Persona


@dataclass(frozen=True, slots=True)
class Coming:
    """Confab has come into a channel. `at` is the event's ts, the same in every delivery of it."""

    channel_id: str
    inviter_id: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Greeting:
    """The verbs; what they return is to be said, and None is nothing."""

    team_id: str
    people: People
    setups: Setups
    tellings: Tellings

    async def greet(self, coming: Coming) -> Persona | None:
        """Who greets the inviter; None where there is none, or where they were greeted for this coming."""
        if coming.inviter_id is None:
            return None
        if not await self.tellings.may_greet(self.team_id, coming.channel_id, coming.at):
            return None
        return (await self.setups.current(self.team_id, coming.channel_id)).persona

    async def post(self, channel_id: str, coming: str, person_id: str) -> Persona | NotAllowed | None:
        """Who greets the whole channel, at somebody's wish; None where that was done for this coming.

        Any full member may wish for it, also one who may not configure: it changes nothing. From now on it
        counts as posted, for of two who wish one is let: who finds that it was not calls `not_posted`.
        """
        standing = await self.people.standing(self.team_id, channel_id, person_id)
        if not standing.member:
            return NotAllowed(NoRight.NOT_MEMBER)
        if not standing.full:
            return NotAllowed(NoRight.NOT_FULL)
        if not await self.tellings.may_post(self.team_id, channel_id, coming):
            return None
        return (await self.setups.current(self.team_id, channel_id)).persona

    async def not_posted(self, channel_id: str, coming: str) -> None:
        """Let the channel be greeted after all, as soon as somebody wishes for it again."""
        await self.tellings.not_posted(self.team_id, channel_id, coming)
