"""How a turn ends: with its answer, with a sentence, or with the answer that stood there before."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.chat.ports import Alarm, Reply, Slack, Turns
from bot.chat.regenerating import Rerun
from bot.chat.sentences import (
    BROKE_OFF,
    NOTHING_ASKED,
    OTHER_BROKE_OFF,
    POISONED,
    STOPPED_AND_GONE,
    STOPPED_EARLY,
    STOPPED_NOTE,
    ending_note,
    file_notes,
    kept_answer,
    passed_over_notes,
)
from bot.chat.turns import MAX_ATTEMPTS, STOPPED, Answer, Move, Turn
from bot.errors import AnswerEmpty, AnswerFiltered, ConfabError, OperatorFault, SlackUnwilling, TurnRefused

Remember: TypeAlias = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Endings:
    """Each shows in the thread how it ended, closes the turn, and gives the outcome for the log."""

    turns: Turns
    slack: Slack
    alarm: Alarm

    async def show(self, turn: Turn, reply: Reply, answer: Answer, max_response: int) -> str:
        """The whole answer."""
        notes = (
            *ending_note(answer.finish, max_response),
            *passed_over_notes(answer.passed_over),
            *turn.notes,
            *file_notes(turn.asks),
        )
        await reply.finish(answer.text, note=" ".join(notes), cut=answer.cut)
        return await self.close(turn, Move.ANSWER, answer.finish)

    async def stopped_early(self, turn: Turn, reply: Reply, remember: Remember | None = None) -> str:
        """This attempt said nothing: the half that another one had shown stays, or what stood there before.

        The half is remembered; where there is none, nothing is but the question.
        """
        if turn.earlier:
            return await self.keep(turn, reply, turn.earlier)
        half = await reply.leave(STOPPED_NOTE) if turn.resumed and not turn.rerun else None
        if half is None:
            await reply.fail(STOPPED_AND_GONE if turn.resumed and turn.rerun else STOPPED_EARLY)
        elif half and remember:
            await remember(half)
        return await self.close(turn, Move.ANSWER, STOPPED)

    async def refuse(self, turn: Turn, reply: Reply, sentence: str, outcome: str) -> str:
        """A sentence that says why there is no answer, or no other one."""
        if turn.earlier:
            return await self.keep(turn, reply, turn.earlier, sentence)
        await reply.fail(sentence)
        return await self.close(turn, Move.REFUSE, outcome)

    async def tell(self, turn: Turn, reply: Reply, error: ConfabError) -> str:
        """One human sentence in the thread; what only operators can mend goes to them as well."""
        if isinstance(error, OperatorFault):
            self.alarm.ring(error.outcome, error.detail)
        if turn.earlier:
            why = OTHER_BROKE_OFF if error.outcome in BROKE_OFF else error.sentence
            return await self.keep(turn, reply, turn.earlier, why)
        move = Move.REFUSE if isinstance(error, TurnRefused) else Move.FAIL
        await reply.fail(
            error.sentence,
            redact=isinstance(error, AnswerFiltered),
            offers_larger=isinstance(error, AnswerEmpty) and error.reasoned,
            offers_again=move is Move.FAIL,
        )
        return await self.close(turn, move, error.outcome)

    async def park(self, turn: Turn, reply: Reply) -> str:
        """Close a turn that broke every attempt, even where the thread itself is what breaks it.

        Of one that asks nothing any more, or whose answer was deleted, nothing is left standing. Where Slack
        is only out of reach, it is waited for; once an attempt at that was spent, too, it is not any more.
        What breaks even this is tried as often as the answer was.
        """
        thread = turn.thread
        self.alarm.ring(
            "parked", f"turn {turn.id} in {thread.channel_id} {thread.root_ts} broke {MAX_ATTEMPTS} attempts"
        )
        if turn.spent > 2 * MAX_ATTEMPTS:
            return await self.close(turn, Move.PARK, "parked")
        try:
            if turn.earlier:
                return await self.keep(turn, reply, turn.earlier, POISONED)
            if turn.asks and not turn.deleted:
                await reply.fail(POISONED, offers_again=True)
            else:
                await reply.withdraw()
        except SlackUnwilling as refused:
            if refused.passing and turn.spent == MAX_ATTEMPTS + 1:
                raise
        return await self.close(turn, Move.PARK, "parked")

    async def keep(self, turn: Turn, reply: Reply, earlier: Answer, why: str = "") -> str:
        """The answer that stood there stands again; `why` is for whoever wanted another, or more of it."""
        await self._stand_again(turn, reply, earlier)
        if why and turn.rerun:
            told = kept_answer(why, went_on=turn.rerun.goes_on)
            await self.slack.whisper(turn, turn.rerun.person_id, told)
        return await self.close(turn, Move.ANSWER, earlier.finish)

    async def _stand_again(self, turn: Turn, reply: Reply, earlier: Answer) -> None:
        over = passed_over_notes(earlier.passed_over)
        notes = (*ending_note(earlier.finish), *over, *file_notes(turn.asks))
        await reply.finish(earlier.text, note=" ".join(notes), cut=earlier.cut)

    async def unasked(self, turn: Turn, reply: Reply, rerun: Rerun) -> str:
        """Another answer was wanted to what nobody asks any more: what stood there stays, or stands again.

        In a thread that has ended nothing is said.
        """
        if turn.earlier and turn.resumed:
            await self._stand_again(turn, reply, turn.earlier)
        elif turn.resumed:
            await reply.withdraw()
        if not turn.ended:
            await self.slack.whisper(turn, rerun.person_id, NOTHING_ASKED)
        if turn.earlier:
            return await self.close(turn, Move.ANSWER, turn.earlier.finish)
        return await self.close(turn, Move.DROP, "dropped")

    async def deleted(self, turn: Turn, reply: Reply) -> str:
        """People deleted the answer before it was finished: the rest of it goes, and none takes its place."""
        if turn.resumed:
            await reply.withdraw()
        return await self.close(turn, Move.ANSWER, "deleted")

    async def close(self, turn: Turn, move: Move, outcome: str) -> str:
        """Nothing more is shown."""
        await self.turns.finish(turn.lease, move, outcome)
        return outcome
