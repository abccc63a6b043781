"""Answers that are given again, and the versions that they had before."""

from typing import Protocol

from bot.chat.regenerating import EarlierVersion, NotAgain, Replaceable


class Again(Protocol):
    """Each verb is one short transaction."""

    async def replaceable(self, team_id: str, channel_id: str, ts: str) -> Replaceable | None:
        """The turn that this Slack message is a part of, and who asked.

        Of its answer or failure, or one of its questions.
        """

    async def reopen(
        self, turn_id: int, person_id: str, *, goes_on: bool = False, at: str = ""
    ) -> NotAgain | None:
        """Let the turn run once more, if it is closed and still the thread's latest; else why not.

        Until a new answer is recorded the former one is kept; the team's processes are woken. One that
        `goes_on` has to have been cut, and what comes is the rest of it. `at` is when it was wanted, by
        Slack's clock: a stop pressed before that is none of it.
        """

    async def earlier(self, turn_id: int) -> tuple[EarlierVersion, ...]:
        """What stood there before the answer that stands now, oldest first."""
