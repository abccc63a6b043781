"""Compare: one question to two versions or two deployments, at the same time."""

import asyncio
import hashlib
import secrets
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.chat.characters import number
from bot.chat.deployments import Deployment
from bot.chat.messages import Message, Past, Role
from bot.chat.metering import Metered
from bot.chat.outcomes import Gone, NotAllowed
from bot.chat.ports import Alarm, Clock, Drafts, Finish, People, Request, Setups, TokenCounter
from bot.chat.prompt import compose
from bot.chat.rights import may_configure
from bot.chat.setup import Setup
from bot.chat.spending import Bill, Held
from bot.chat.turns import Usage
from bot.chat.versions import DraftKey
from bot.errors import AnswerCut, ConfabError, OperatorFault

VERSIONS = 40
"""How many earlier versions there are to choose from (Slack: 100 options in a menu)."""

DEPLOYMENTS = 50


class Kind(StrEnum):
    """What answers."""

    CURRENT = "current"
    DRAFT = "draft"
    VERSION = "version"
    DEPLOYMENT = "deployment"  # with what is published in everything else


@dataclass(frozen=True, slots=True)
class Candidate:
    """One that can be asked: `name` is a version's number or a deployment's name, else empty."""

    kind: Kind
    name: str = ""

    @property
    def word(self) -> str:
        """The candidate as a menu sends it back."""
        return f"{self.kind}:{self.name}" if self.name else str(self.kind)

    @classmethod
    def of(cls, word: str) -> "Candidate | None":
        """The candidate that a menu sent; None where it is none."""
        kind, _, name = word.partition(":")
        return cls(Kind(kind), name) if kind in set(Kind) else None


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two said. An empty `text` has its reason in `sentence`; `seconds` is until its end."""

    candidate: Candidate
    deployment: str
    text: str = field(repr=False)
    usage: Usage
    seconds: float
    sentence: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Call:
    """What one of the two is asked; `tokens` are its prompt's."""

    candidate: Candidate
    request: Request
    tokens: int


@dataclass(frozen=True, slots=True)
class Comparing:
    """All that comparing needs. Nothing of it is kept, save that it is paid for."""

    people: People
    setups: Setups
    drafts: Drafts
    model: Metered
    alarm: Alarm
    count: TokenCounter
    clock: Clock
    deployments: Mapping[str, Deployment]
    default: str

    async def candidates(self, key: DraftKey) -> tuple[Candidate, ...] | NotAllowed:
        """Who can be asked, what is published first; for those who may configure the channel."""
        current = await self._current(key)
        if isinstance(current, NotAllowed):
            return current
        draft = await self.drafts.of(key)
        earlier = await self.setups.history(key.team_id, key.channel_id, limit=VERSIONS + 1)
        numbers = (version.setup.version for version in earlier)
        return (
            Candidate(Kind.CURRENT),
            *((Candidate(Kind.DRAFT),) if draft else ()),
            *(Candidate(Kind.VERSION, str(number)) for number in numbers if number != current.version),
            *(Candidate(Kind.DEPLOYMENT, name) for name in list(self.deployments)[:DEPLOYMENTS]),
        )

    async def compare(
        self, key: DraftKey, question: str, left: Candidate, right: Candidate
    ) -> tuple[Side, Side] | NotAllowed | Gone:
        """Ask both at once, each with the question alone and no past.

        Both are held against the daily caps together, before any call: raises `DailyCapReached` where they
        have no room for both. What else goes wrong on one side is said there, and the other still answers.
        """
        current = await self._current(key)
        if isinstance(current, NotAllowed):
            return current
        setups = [await self._setup(key, each, current) for each in (left, right)]
        if setups[0] is None or setups[1] is None:
            return Gone()
        bill = Bill(key.team_id, key.channel_id, current.settings.daily_tokens, person_id=key.person_id)
        asked = Message(id=0, role=Role.USER, author_id=key.person_id, ts="", text=question)
        calls = [self._call(key, left, setups[0], asked), self._call(key, right, setups[1], asked)]
        ready = [each for each in calls if isinstance(each, _Call)]
        held = await self.model.reserve(bill, [(each.request, each.tokens) for each in ready])
        said = await asyncio.gather(
            *(self._ask(call, bill, own) for call, own in zip(ready, held, strict=True))
        )
        await self.model.settled()  # who compares looks at the usage next
        first, second = (each if isinstance(each, Side) else said[ready.index(each)] for each in calls)
        return first, second

    async def _current(self, key: DraftKey) -> Setup | NotAllowed:
        current = await self.setups.current(key.team_id, key.channel_id)
        standing = await self.people.standing(key.team_id, key.channel_id, key.person_id)
        reason = may_configure(standing, current.access)
        return current if reason is None else NotAllowed(reason)

    async def _setup(self, key: DraftKey, candidate: Candidate, current: Setup) -> Setup | None:
        match candidate.kind:
            case Kind.CURRENT:
                return current
            case Kind.DRAFT:
                draft = await self.drafts.of(key)
                return None if draft is None else draft.setup
            case Kind.VERSION:
                version = await self.setups.version(key.team_id, key.channel_id, number(candidate.name) or 0)
                return None if version is None else version.setup
            case Kind.DEPLOYMENT:
                if candidate.name not in self.deployments:
                    return None
                return replace(current, settings=replace(current.settings, deployment=candidate.name))

    def _call(self, key: DraftKey, candidate: Candidate, setup: Setup, asked: Message) -> _Call | Side:
        """What a side is asked; where its prompt has no room for the question, that is what it says."""
        named = self.deployments.get(setup.settings.deployment or self.default)
        deployment = named or self.deployments[self.default]
        try:
            prompt = compose(setup, Past(), (asked,), deployment, self.count)
        except ConfabError as error:
            return Side(candidate, deployment.name, "", Usage(), 0.0, sentence=error.sentence)
        request = Request(
            id=f"{key.team_id}.comparison.{secrets.token_hex(6)}",
            deployment=deployment,
            settings=setup.settings,
            utterances=prompt.utterances,
            person=hashlib.sha256(f"{key.team_id}\x1f{key.person_id}".encode()).hexdigest()[:32],
        )
        return _Call(candidate, request, prompt.tokens)

    async def _ask(self, call: _Call, bill: Bill, held: Held) -> Side:
        deployment, began = call.request.deployment.name, self.clock()
        try:
            text, finish = await self._answer(call, bill, held)
        except ConfabError as error:
            if isinstance(error, OperatorFault):
                self.alarm.ring(error.outcome, error.detail)
            taken = self.clock() - began
            return Side(call.candidate, deployment, "", Usage(), taken, sentence=error.sentence)
        taken = self.clock() - began
        return Side(call.candidate, deployment, text, finish.usage, taken, cut=finish.reason == "length")

    async def _answer(self, call: _Call, bill: Bill, held: Held) -> tuple[str, Finish]:
        said: list[str] = []
        async with aclosing(self.model.stream(call.request, bill, call.tokens, held)) as stream:
            async for part in stream:
                if isinstance(part, Finish):
                    return "".join(said), part
                said.append(part.text)
        raise AnswerCut
