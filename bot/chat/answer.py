"""The verb that answers a turn: remember, compose, ask the model, show, close."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.chat.attending import Attended, Attending
from bot.chat.catching_up import CatchingUp
from bot.chat.chatml import utterance_tokens
from bot.chat.deployments import Deployment
from bot.chat.generating import Generating, bill_for, request_for
from bot.chat.grounds import Ground, Grounds
from bot.chat.introducing import Introducing
from bot.chat.messages import Role, Utterance
from bot.chat.ports import (
    Alarm,
    Conversations,
    Reply,
    Slack,
    TokenCounter,
    Turns,
)
from bot.chat.prompt import compose, neutral, remembered_of
from bot.chat.sent import Included, Making, Sent
from bot.chat.sentences import (
    POISONED,
    STOPPED_EARLY,
    ending_note,
    no_other_answer,
    thread_full,
    unread_notes,
)
from bot.chat.setup import Persona, Setup
from bot.chat.stopping import Stops, unless_stopped
from bot.chat.titles import title_of
from bot.chat.turns import MAX_ATTEMPTS, STOPPED, Answer, Move, Turn
from bot.errors import (
    AnswerEmpty,
    AnswerFiltered,
    ConfabError,
    DailyCapReached,
    ModelFailed,
    OperatorFault,
    SlackUnwilling,
    TurnRefused,
)


@dataclass(frozen=True, slots=True)
class Answering:
    """All that answering needs; built once by the composition root.

    `deployments` has every deployment by name, `default` names the one that a channel gets by itself.
    """

    conversations: Conversations
    turns: Turns
    grounds: Grounds
    introducing: Introducing
    attending: Attending
    generating: Generating
    stops: Stops
    catching_up: CatchingUp
    slack: Slack
    alarm: Alarm
    count: TokenCounter
    deployments: Mapping[str, Deployment]
    default: str

    async def answer(self, turn: Turn) -> str:
        """See a claimed turn through to its end; returns the outcome, a short word for the log.

        A failure that asking the model or showing the answer brought is told in the thread and closes the
        turn. What this raises (`LeaseLost`, a database that is down, Slack not taking a write) leaves the
        turn open for another attempt.
        """
        with self.stops.heard(turn) as stop:
            return await self._answer(turn, stop)

    async def _answer(self, turn: Turn, stop: asyncio.Event) -> str:
        if turn.spent > MAX_ATTEMPTS:
            return await self._park(turn)
        turn = await self.catching_up.catch_up(turn)
        if not turn.asks:
            return await self._without_question(turn)
        try:
            ground = await self.grounds.of(turn)
        except TurnRefused as error:
            return await self._tell(turn, self.slack.reply(turn, "", self._keeper(turn)), error)
        persona = ground.setup.persona
        keep = self._keeper(turn)
        reply = self.slack.reply(
            turn, persona.name, keep, icon=persona.icon, stopped=stop.set, drop=self._dropper(turn)
        )
        try:
            return await self._through(turn, ground, reply, stop)
        except BaseException:
            await reply.abandon()
            raise

    async def _without_question(self, turn: Turn) -> str:
        """A bare mention gets help; a turn whose messages were all deleted gets nothing."""
        if all(question.deleted for question in turn.questions):
            return await self._close(turn, Move.DROP, "dropped")
        try:
            await self.slack.help(turn)
        except SlackUnwilling as refused:  # such as a person who has left; their thread must not wait for it
            return await self._close(turn, Move.HELP, refused.outcome)
        return await self._close(turn, Move.HELP, "helped")

    async def _through(self, turn: Turn, ground: Ground, reply: Reply, stop: asyncio.Event) -> str:
        if not turn.answer and (full := await self._thread_full(turn, ground)):
            await reply.fail(full)
            return await self._close(turn, Move.REFUSE, "turn_cap")
        attending = self._attend(turn, ground)
        attended = await unless_stopped(stop, attending)
        if attended is None:
            return await self._stopped_early(turn, reply)
        turn = attended.turn
        try:
            answer = turn.answer or await self._ask(attended, ground, reply, stop)
        except (TurnRefused, ModelFailed, OperatorFault, DailyCapReached) as error:
            return await self._tell(turn, reply, error)
        if answer.finish == STOPPED and not answer.text.strip():
            return await self._stopped_early(turn, reply)
        return await self._show(turn, ground, reply, answer)

    async def _show(self, turn: Turn, ground: Ground, reply: Reply, answer: Answer) -> str:
        notes = ending_note(answer.finish, ground.setup.settings.max_response)
        await reply.finish(answer.text, note=" ".join((*notes, *turn.notes, *unread_notes(turn.asks))))
        return await self._close(turn, Move.ANSWER, answer.finish)

    async def _stopped_early(self, turn: Turn, reply: Reply) -> str:
        """Nothing was said yet, so nothing is remembered but the question, or what stood there before."""
        if turn.earlier:
            return await self._keep(turn, reply, turn.earlier)
        await reply.fail(STOPPED_EARLY)
        return await self._close(turn, Move.ANSWER, STOPPED)

    async def _park(self, turn: Turn) -> str:
        """Close a turn that broke every attempt, even where the thread itself is what breaks it.

        Where Slack is only out of reach, the sentence waits for it; once an attempt at that was spent, too,
        it is not waited for any more.
        """
        thread = turn.thread
        self.alarm.ring(
            "parked", f"turn {turn.id} in {thread.channel_id} {thread.root_ts} broke {MAX_ATTEMPTS} attempts"
        )
        if turn.asks:
            reply = self.slack.reply(turn, Persona().name, self._keeper(turn))
            try:
                if turn.earlier:
                    return await self._keep(turn, reply, turn.earlier, POISONED)
                await reply.fail(POISONED)
            except SlackUnwilling as refused:
                if refused.passing and turn.spent == MAX_ATTEMPTS + 1:
                    raise
        return await self._close(turn, Move.PARK, "parked")

    async def _thread_full(self, turn: Turn, ground: Ground) -> str:
        """The friendly end, where the thread has had as many turns as its channel allows; no trial has."""
        cap = ground.setup.settings.turn_cap
        if ground.trial or cap is None or await self.conversations.answered(turn) < cap:
            return ""
        return thread_full(cap)

    async def _attend(self, turn: Turn, ground: Ground) -> Attended:
        if turn.answer:
            return Attended(turn)
        setup = ground.setup
        return await self.attending.attend(turn, self._deployment(setup), setup.settings.max_response)

    async def _ask(self, attended: Attended, ground: Ground, reply: Reply, stop: asyncio.Event) -> Answer:
        """Ask the model; once its answer is whole, or stopped, keep it before anything else."""
        turn, setup = attended.turn, ground.setup
        deployment = self._deployment(setup)
        past = await self.conversations.past(turn, setup.settings.past_messages)
        who = await self.introducing.voices(turn, (*remembered_of(setup, past), *turn.asks))
        prompt = compose(setup, past, turn.asks, deployment, self.count, who=who, pictures=attended.pictures)
        request = request_for(turn, setup, deployment, prompt.utterances)
        reply.think(turn.title or title_of(turn.asks[0].text))
        # Beside the model: the first words are not to wait for it, and what is not kept is counted again.
        kept = asyncio.ensure_future(self.conversations.count(prompt.counted, deployment.encoding))
        try:
            answer, sent = await self.generating.stream(request, bill_for(turn, ground), prompt, reply, stop)
        finally:
            await asyncio.gather(kept, return_exceptions=True)
        if answer.finish != STOPPED or answer.text.strip():
            making = self._making(answer, sent, prompt.included, deployment)
            await self.turns.record(turn.lease, answer, making)
        return answer

    def _making(self, answer: Answer, sent: Sent, included: Included, deployment: Deployment) -> Making:
        spoken = neutral(Utterance(Role.ASSISTANT, answer.text))
        tokens = utterance_tokens(spoken, self.count, deployment.encoding)
        return Making(sent, included, tokens, deployment.encoding)

    async def _keep(self, turn: Turn, reply: Reply, earlier: Answer, why: str = "") -> str:
        """The answer that stood there stands again; `why` is for whoever wanted another."""
        ended = ending_note(earlier.finish)
        await reply.finish(earlier.text, note=" ".join((*ended, *unread_notes(turn.asks))))
        if why and turn.rerun:
            await self.slack.whisper(turn, turn.rerun.person_id, no_other_answer(why))
        return await self._close(turn, Move.ANSWER, earlier.finish)

    async def _tell(self, turn: Turn, reply: Reply, error: ConfabError) -> str:
        """One human sentence in the thread; what only operators can mend goes to them as well."""
        if turn.earlier:
            if isinstance(error, OperatorFault):
                self.alarm.ring(error.outcome, error.detail)
            return await self._keep(turn, reply, turn.earlier, error.sentence)
        await reply.fail(
            error.sentence,
            redact=isinstance(error, AnswerFiltered),
            offers_larger=isinstance(error, AnswerEmpty) and error.reasoned,
        )
        if isinstance(error, OperatorFault):
            self.alarm.ring(error.outcome, error.detail)
        move = Move.REFUSE if isinstance(error, TurnRefused) else Move.FAIL
        return await self._close(turn, move, error.outcome)

    async def _close(self, turn: Turn, move: Move, outcome: str) -> str:
        await self.turns.finish(turn.lease, move, outcome)
        return outcome

    def _deployment(self, setup: Setup) -> Deployment:
        """The channel's deployment; one that the operator took away gives way to the default."""
        return (
            self.deployments.get(setup.settings.deployment or self.default) or self.deployments[self.default]
        )

    def _keeper(self, turn: Turn) -> Callable[[str], Awaitable[None]]:
        async def keep(ts: str) -> None:
            await self.turns.add_reply_part(turn.lease, ts)

        return keep

    def _dropper(self, turn: Turn) -> Callable[[str], Awaitable[None]]:
        async def drop(ts: str) -> None:
            await self.turns.drop_reply_part(turn.lease, ts)

        return drop
