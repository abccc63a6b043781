"""What people think of answers, and threads in which they want quiet. The database stands behind both."""

from collections.abc import Collection, Mapping
from typing import Protocol

from bot.chat.opinions import Rated, Said, StandingAnswer, Thumb
from bot.chat.threads import ThreadKey


class Opinions(Protocol):
    """Ratings, and answers that somebody did not want."""

    async def answer_at(self, team_id: str, channel_id: str, ts: str) -> StandingAnswer | None:
        """The answer that this Slack message is a part of, failures included; None if none of ours."""

    async def rate(
        self, answer: StandingAnswer, person_id: str, *, liked: bool, version: int | None
    ) -> Thumb | None:
        """Keep a person's thumb in the place of the one before; None where the answer is gone.

        The word stays while the thumb does. Only with a `version` it counts for that one's share.
        """

    async def add_word(self, answer: StandingAnswer, person_id: str, word: str) -> bool:
        """Put a word beside a thumb that was given; False where there is none, or no answer any more."""

    async def shares(self, team_id: str, channel_id: str, versions: Collection[int]) -> Mapping[int, Rated]:
        """How answers of these versions were rated, if they were; WORKSPACE's have positive numbers here."""

    async def words(self, team_id: str, channel_id: str, version: int, *, limit: int) -> tuple[Said, ...]:
        """The words of people who rated answers of one version of a channel's, newest first."""

    async def retract(self, answer: StandingAnswer, by: str, at: str) -> tuple[str, ...] | None:
        """Forget an answer with its questions and be quiet in its thread: what is left of it in Slack.

        None while it is still open.
        """


class Quiet(Protocol):
    """The threads that were muted. `at` is Slack's time of what happened: what is older changes nothing."""

    async def is_quiet(self, thread: ThreadKey, at: str | None = None) -> bool:
        """Whether nothing is answered there without a mention, now or of what was said at that time.

        Asked in the hot path, so it is quick.
        """

    async def hush(self, thread: ThreadKey, by: str, at: str) -> bool:
        """Mute a thread; True for the one who changed that."""

    async def wake(self, thread: ThreadKey, at: str, *, by: str | None = None) -> bool:
        """End it, with `by` only where that person muted it; True for the one who changed that."""

    async def thread_of(self, team_id: str, channel_id: str, ts: str) -> ThreadKey | None:
        """The thread of ours in which this Slack message stands: a question, an answer's part, its root."""
