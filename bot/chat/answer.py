"""The verb that answers a turn: remember, compose, ask the model, show, close."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from bot.chat.attending import Attended, Attending
from bot.chat.catching_up import CatchingUp
from bot.chat.chatml import utterance_tokens
from bot.chat.deployments import Deployment
from bot.chat.endings import Endings
from bot.chat.generating import Asked, Generating, bill_for, request_for
from bot.chat.grounds import Ground, Grounds
from bot.chat.introducing import Introducing
from bot.chat.messages import Role, Utterance
from bot.chat.passed_over import NOBODY
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
from bot.chat.sentences import thread_full
from bot.chat.setup import Persona, Setup
from bot.chat.stopping import Stops, unless_stopped
from bot.chat.titles import title_for
from bot.chat.turns import MAX_ATTEMPTS, STOPPED, Answer, Move, Turn
from bot.errors import DailyCapReached, ModelFailed, OperatorFault, SlackUnwilling, TurnRefused


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
            return await self._endings.park(turn, self._plain_reply(turn, Persona().name))
        turn = await self.catching_up.catch_up(turn)
        if not turn.asks:
            return await self._without_question(turn)
        if turn.deleted:
            return await self._endings.deleted(turn, self._plain_reply(turn))
        try:
            ground = await self.grounds.of(turn)
        except TurnRefused as error:
            return await self._endings.tell(turn, self._plain_reply(turn), error)
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
        """A bare mention gets help; a turn whose messages were all deleted gets nothing.

        Neither leaves standing what an attempt had begun to show while there still was a question.
        """
        reply = self._plain_reply(turn)
        if turn.rerun is not None:
            return await self._endings.unasked(turn, reply, turn.rerun)
        deleted = all(question.deleted for question in turn.questions)
        move, outcome = (Move.DROP, "dropped") if deleted else (Move.HELP, "helped")
        try:
            if turn.resumed:
                await reply.withdraw()
            if not deleted:
                await self.slack.help(turn)
        except SlackUnwilling as refused:
            if refused.passing:
                raise
            outcome = refused.outcome  # such as a person who has left; their thread must not wait for it
        return await self._endings.close(turn, move, outcome)

    async def _through(self, turn: Turn, ground: Ground, reply: Reply, stop: asyncio.Event) -> str:
        if not turn.answer and (full := await self._thread_full(turn, ground)):
            return await self._endings.refuse(turn, reply, full, "turn_cap")
        if not turn.answer:
            reply.think(turn.title or title_for(turn.asks))
        attending = self._attend(turn, ground)
        attended = await unless_stopped(stop, attending)
        if attended is None:
            remember = partial(self._remember, Attended(turn), ground)
            return await self._endings.stopped_early(turn, reply, remember)
        turn, most = attended.turn, ground.setup.settings.max_response
        if turn.answer:
            return await self._endings.show(turn, reply, turn.answer, most)
        try:
            asked = await self._asked(attended, ground)
            answer = await self._ask(asked, reply, stop)
        except (TurnRefused, ModelFailed, OperatorFault, DailyCapReached) as error:
            return await self._endings.tell(turn, reply, error)
        if answer is None:
            return await self._endings.stopped_early(turn, reply, partial(self._remember, attended, ground))
        return await self._endings.show(turn, reply, answer, most)

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

    async def _asked(self, attended: Attended, ground: Ground) -> Asked:
        turn, setup = attended.turn, ground.setup
        deployment = self._deployment(setup)
        past = await self.conversations.past(turn, setup.settings.past_messages)
        who = await self.introducing.voices(turn, (*remembered_of(setup, past), *turn.asks))
        begun = turn.begun
        prompt = compose(
            setup,
            past,
            turn.asks,
            deployment,
            self.count,
            who=who,
            pictures=attended.pictures,
            begun=begun.text if begun else "",
            without=begun.passed_over if begun else NOBODY,
        )
        request = request_for(turn, setup, deployment, prompt.utterances, prompt.begun)
        return Asked(turn, request, bill_for(turn, ground), prompt)

    async def _ask(self, asked: Asked, reply: Reply, stop: asyncio.Event) -> Answer | None:
        """Ask the model; once its answer is whole, or stopped, keep it before anything else.

        None where it was stopped before its first word.
        """
        answer, sent = await self.generating.answer(asked, reply.write, stop)
        if answer is not None:
            answer = replace(answer, passed_over=asked.prompt.passed_over)
            await self._keep(asked, answer, sent)
        return answer

    async def _remember(self, attended: Attended, ground: Ground, half: str) -> None:
        """Keep what an earlier attempt had said by the stop, which nobody noted."""
        with suppress(TurnRefused):  # what has no room any more has none among what is remembered, either
            asked = await self._asked(attended, ground)
            await self._keep(asked, *self.generating.half(asked, half, STOPPED))

    async def _keep(self, asked: Asked, answer: Answer, sent: Sent) -> None:
        prompt, deployment = asked.prompt, asked.request.deployment
        making = self._making(answer, sent, prompt.included, deployment)
        # At the same moment, and so committed together; what is not kept is counted again.
        kept = asyncio.ensure_future(self.conversations.count(prompt.counted, deployment.encoding))
        try:
            await self.turns.record(asked.turn.lease, answer, making)
        finally:
            await asyncio.gather(kept, return_exceptions=True)

    def _making(self, answer: Answer, sent: Sent, included: Included, deployment: Deployment) -> Making:
        spoken = neutral(Utterance(Role.ASSISTANT, answer.text))
        tokens = utterance_tokens(spoken, self.count, deployment.encoding)
        return Making(sent, included, tokens, deployment.encoding)

    @property
    def _endings(self) -> Endings:
        return Endings(self.turns, self.slack, self.alarm)

    def _deployment(self, setup: Setup) -> Deployment:
        """The channel's deployment; one that the operator took away gives way to the default."""
        return (
            self.deployments.get(setup.settings.deployment or self.default) or self.deployments[self.default]
        )

    def _plain_reply(self, turn: Turn, name: str = "") -> Reply:
        """One for which no model is asked; what it deletes was deleted by no person."""
        return self.slack.reply(turn, name, self._keeper(turn), drop=self._dropper(turn))

    def _keeper(self, turn: Turn) -> Callable[[str], Awaitable[None]]:
        async def keep(ts: str) -> None:
            await self.turns.add_reply_part(turn.lease, ts)

        return keep

    def _dropper(self, turn: Turn) -> Callable[[str], Awaitable[bool]]:
        async def drop(ts: str) -> bool:
            return await self.turns.drop_reply_part(turn.lease, ts)

        return drop
