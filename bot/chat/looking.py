"""The verbs behind the row under an answer. Who asks, and what they may see, is found out anew each time."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.chat.clearing import Cleared, clear
from bot.chat.code_samples.call import Way
from bot.chat.deployments import Deployment
from bot.chat.messages import Message, Past, Role
from bot.chat.ports import Answers, Conversations, Drafts, People, Request, Setups, TokenCounter
from bot.chat.ports.homes import Trials
from bot.chat.prompt import compose
from bot.chat.raw_syntax import RawSyntax, raw_syntax
from bot.chat.replay import Replay, frame, replay
from bot.chat.rights import NoRight, Standing, may_configure, may_read
from bot.chat.sent import Sent, ShownAnswer
from bot.chat.setup import Persona
from bot.chat.threads import Place, ThreadKey
from bot.chat.versions import DraftKey
from bot.chat.view_code import Code, code_before, code_of

EXAMPLE_QUESTION = "What can you help me with?"
"""Asked in a sample of a channel in which nobody has said anything yet."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A message and who pressed something under it. `thread_ts` None: it is no reply."""

    channel_id: str
    ts: str
    person_id: str
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """How an answer came about. `key` is whose setup made it, as this person would change it.

    In the thread of a trial that is the channel whose draft is tried. `right` None: they may change it.
    """

    shown: ShownAnswer
    key: DraftKey
    right: NoRight | None


@dataclass(frozen=True, slots=True)
class Looking:
    """What people can know of an answer, within one team.

    A verb gives `NoRight` where the person may not, and None where there is no answer of ours: a message's
    place is all that it goes by, so that nothing can be asked for by its number.

    `ways` and `deployments` are by the deployments' names; `would_send` is what a request would be now.
    """

    team_id: str
    answers: Answers
    conversations: Conversations
    setups: Setups
    drafts: Drafts
    trials: Trials
    people: People
    count: TokenCounter
    deployments: Mapping[str, Deployment]
    default: str
    ways: Mapping[str, Way]
    would_send: Callable[[Request], Sent]

    async def code(self, spot: Spot) -> Code | NoRight | None:
        """What "View code" shows of an answer."""
        standing = await self._standing(spot)
        seen = await self._seen(spot, standing)
        if not isinstance(seen, Replay):
            return seen
        last = await self.answers.latest(seen.shown.thread)
        same = last is None or last.turn_id == seen.shown.turn_id
        newest = seen if last is None or same else await self._replay(last, standing)
        return code_of(seen, newest, self.ways)

    async def raw(self, spot: Spot) -> RawSyntax | NoRight | None:
        """What "Show raw syntax" shows of an answer."""
        seen = await self._seen(spot, await self._standing(spot))
        if not isinstance(seen, Replay):
            return seen
        return raw_syntax(seen, self.count, self._deployment(seen.shown.sent.deployment).encoding)

    async def made(self, spot: Spot) -> Made | NoRight | None:
        """How an answer came about, and whether this person may change what it came from."""
        seen = await self._seen(spot, await self._standing(spot))
        if not isinstance(seen, Replay):
            return seen
        key = await self.behind(spot)
        current, standing = await asyncio.gather(
            self.setups.current(self.team_id, key.channel_id),
            self.people.standing(self.team_id, key.channel_id, spot.person_id),
        )
        return Made(seen.shown, key, may_configure(standing, current.access))

    async def behind(self, spot: Spot) -> DraftKey:
        """Whose setup answers where a message stands: the channel's, or in a trial that of the one tried."""
        tried = await self.trials.of(self.thread(spot))
        return DraftKey(self.team_id, tried.channel_id if tried else spot.channel_id, spot.person_id)

    async def code_before(self, channel_id: str, person_id: str, *, draft: bool = False) -> Code | NoRight:
        """What "View code" shows of a channel by itself: its setup with an example question.

        With `draft` the person's own draft, where they have one.
        """
        setup = await self.setups.current(self.team_id, channel_id)
        standing = await self.people.standing(self.team_id, channel_id, person_id)
        if not standing.member:
            return NoRight.NOT_MEMBER
        readable = may_read(standing, setup.access) is None
        theirs = await self.drafts.of(DraftKey(self.team_id, channel_id, person_id)) if draft else None
        setup = theirs.setup if theirs else setup
        deployment = self._deployment(setup.settings.deployment or self.default)
        question = Message(0, Role.USER, person_id, "", EXAMPLE_QUESTION)
        prompt = compose(setup, Past(), (question,), deployment, self.count)
        sent = self.would_send(Request("sample", deployment, setup.settings, prompt.utterances))
        before = tuple(line.utterance for line in frame(setup.persona, readable=readable))
        hidden = bool(before) and not readable
        return code_before(
            sent, (*before, question.utterance), self.ways.get(sent.deployment, Way()), hidden=hidden
        )

    async def clear(self, spot: Spot, *, erase: bool) -> Cleared | NoRight:
        """Begin the thread's conversation anew."""
        return await clear(
            self.thread(spot),
            await self._standing(spot),
            erase=erase,
            conversations=self.conversations,
            setups=self.setups,
        )

    def thread(self, spot: Spot) -> ThreadKey:
        """The thread that a message stands in."""
        return ThreadKey(self.team_id, spot.channel_id, spot.thread_ts or spot.ts)

    async def _standing(self, spot: Spot) -> Standing:
        return await self.people.standing(self.team_id, spot.channel_id, spot.person_id)

    async def _seen(self, spot: Spot, standing: Standing) -> Replay | NoRight | None:
        if not standing.member:
            return NoRight.NOT_MEMBER
        shown = await self.answers.shown(self.team_id, spot.channel_id, spot.ts)
        # A question, or the thread's first message, stands for the thread.
        shown = shown or await self.answers.latest(self.thread(spot))
        if shown is None:
            return None
        return await self._replay(shown, standing)

    async def _replay(self, shown: ShownAnswer, standing: Standing) -> Replay:
        """With the persona of the version that made it; in a trial with that of the draft."""
        tried = await self.trials.of(shown.thread) if shown.place is Place.DIRECT else None
        channel_id = tried.channel_id if tried else shown.thread.channel_id
        if tried:
            standing = await self.people.standing(self.team_id, channel_id, standing.person_id)
        current = await self.setups.current(self.team_id, channel_id)
        readable = may_read(standing, current.access) is None
        if tried is not None:
            draft = await self.drafts.of(tried)
            return replay(shown, (draft.setup if draft else current).persona, readable=readable, trial=True)
        version = await self.setups.version(self.team_id, channel_id, shown.included.setup_version)
        persona = version.setup.persona if version else Persona(system_message="")
        return replay(shown, persona, readable=readable)

    def _deployment(self, name: str) -> Deployment:
        return self.deployments.get(name) or self.deployments[self.default]
