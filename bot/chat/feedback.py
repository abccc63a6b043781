"""The verbs behind the thumbs under an answer, and behind "Not for you"."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from bot.chat.looking import Spot
from bot.chat.opinions import LONGEST_WORD, Rated, Said, StandingAnswer, Thumb
from bot.chat.ports import Clock, People, Setups
from bot.chat.ports.homes import Trials
from bot.chat.ports.opinions import Opinions
from bot.chat.rights import NoRight, may_configure
from bot.chat.versions import DraftKey

MOST_WORDS = 30
"""Words of one version that are listed, the newest ones."""


class NotTaken(Enum):
    """Why there is nothing to rate or to take back."""

    NO_ANSWER = "no answer of ours"
    GONE = "deleted or cleared"
    STILL_WRITING = "its turn is not over"


@dataclass(frozen=True, slots=True)
class Feedback:
    """Within one team. Who presses is asked for anew each time; everything goes by a message's place."""

    team_id: str
    opinions: Opinions
    setups: Setups
    trials: Trials
    people: People
    clock: Clock

    async def rate(self, spot: Spot, *, liked: bool) -> Thumb | NoRight | NotTaken:
        """Keep a member's thumb in the place of their last one for this answer; guests rate what they asked.

        In a trial it is kept, but counts for no version: a draft made the answer.
        """
        standing = await self.people.standing(self.team_id, spot.channel_id, spot.person_id)
        if not standing.member:
            return NoRight.NOT_MEMBER
        answer = await self._answer(spot)
        if answer is None:
            return NotTaken.NO_ANSWER
        if not standing.full and spot.person_id not in answer.askers:
            return NoRight.NOT_FULL
        tried = await self.trials.of(answer.thread)
        version = None if tried else answer.setup_version
        thumb = await self.opinions.rate(answer, spot.person_id, liked=liked, version=version)
        return thumb or NotTaken.GONE

    async def add_word(self, spot: Spot, word: str) -> bool:
        """Keep a word beside the thumb; an empty one takes an earlier one back.

        False where there is none to put it beside, or the person is no member any more.
        """
        standing = await self.people.standing(self.team_id, spot.channel_id, spot.person_id)
        answer = await self._answer(spot) if standing.member else None
        if answer is None:
            return False
        return await self.opinions.add_word(answer, spot.person_id, word.strip()[:LONGEST_WORD])

    async def shares(self, key: DraftKey, versions: Collection[int]) -> Mapping[int, Rated]:
        """How answers of a channel's versions were rated; a version that nobody rated is not in it."""
        return await self.opinions.shares(key.team_id, key.channel_id, versions) if versions else {}

    async def words(self, key: DraftKey, version: int) -> tuple[Said, ...] | NoRight:
        """What people said of a channel's version, newest first, for whoever may configure the channel."""
        standing = await self.people.standing(key.team_id, key.channel_id, key.person_id)
        setup = await self.setups.current(key.team_id, key.channel_id)
        if refused := may_configure(standing, setup.access):
            return refused
        return await self.opinions.words(key.team_id, key.channel_id, version, limit=MOST_WORDS)

    async def retract(self, spot: Spot, at: str = "") -> StandingAnswer | NoRight | NotTaken:
        """Forget an answer with its questions, and be quiet in its thread until the next mention.

        For whom it answered, and for whoever may configure. Its messages in Slack are the caller's to delete.
        """
        answer = await self._answer(spot)
        if answer is None:
            return NotTaken.NO_ANSWER
        if refused := await self._may_retract(answer, spot):
            return refused
        left = await self.opinions.retract(answer, spot.person_id, at or f"{self.clock():.6f}")
        return NotTaken.STILL_WRITING if left is None else replace(answer, parts=left)

    async def _may_retract(self, answer: StandingAnswer, spot: Spot) -> NoRight | None:
        standing = await self.people.standing(self.team_id, spot.channel_id, spot.person_id)
        if standing.member and spot.person_id in answer.askers:
            return None
        setup = await self.setups.current(self.team_id, spot.channel_id)
        return may_configure(standing, setup.access)

    async def _answer(self, spot: Spot) -> StandingAnswer | None:
        return await self.opinions.answer_at(self.team_id, spot.channel_id, spot.ts)
