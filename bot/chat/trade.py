"""Every verb of the trade, built once on what stands behind its ports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.chat.announcing import Announcing
from bot.chat.answer import Answering
from bot.chat.at_home import AtHome
from bot.chat.code_samples.call import Way
from bot.chat.comparing import Comparing
from bot.chat.configuring import Configuring
from bot.chat.deployments import Deployment
from bot.chat.exampling import Offering
from bot.chat.greeting import Greeting
from bot.chat.library import Library
from bot.chat.looking import Looking
from bot.chat.metering import Metered
from bot.chat.noting import Noting
from bot.chat.ports import (
    Alarm,
    Answers,
    Clock,
    Conversations,
    Drafts,
    People,
    Personas,
    Request,
    Setups,
    Slack,
    TokenCounter,
    Turns,
)
from bot.chat.ports.homes import Homes, Tellings, Trials
from bot.chat.publishing import Publishing
from bot.chat.sent import Sent
from bot.chat.trying import Trying
from bot.chat.versions import LibraryPersona


@dataclass(frozen=True, slots=True)
class Memory:
    """What one database stands behind."""

    conversations: Conversations
    turns: Turns
    setups: Setups
    drafts: Drafts
    personas: Personas
    answers: Answers
    homes: Homes
    trials: Trials
    tellings: Tellings


@dataclass(frozen=True, slots=True)
class Outside:
    """All that the trade needs from outside, for one team.

    `deployments` has every deployment by name, `default` names the one that a channel gets by itself.
    `ways` and `would_send` are what code samples are made from.
    """

    team_id: str
    memory: Memory
    people: People
    model: Metered
    slack: Slack
    alarm: Alarm
    count: TokenCounter
    clock: Clock
    deployments: Mapping[str, Deployment]
    default: str
    built_in: Sequence[LibraryPersona]
    ways: Mapping[str, Way]
    would_send: Callable[[Request], Sent]


@dataclass(frozen=True, slots=True)
class Trade:
    """The verbs, by what they are about."""

    answering: Answering
    library: Library
    configuring: Configuring
    publishing: Publishing
    noting: Noting
    trying: Trying
    comparing: Comparing
    offering: Offering
    greeting: Greeting
    announcing: Announcing
    at_home: AtHome
    looking: Looking

    @classmethod
    def built(cls, outside: Outside) -> "Trade":
        """All of them, on one set of ports."""
        memory, people = outside.memory, outside.people
        library = Library(personas=memory.personas, people=people, built_in=outside.built_in)
        trying = Trying(people, memory.setups, memory.drafts, memory.trials)
        return cls(
            answering=_answering(outside, trying),
            library=library,
            configuring=Configuring(
                setups=memory.setups,
                drafts=memory.drafts,
                library=library,
                people=people,
                deployments=outside.deployments,
                default=outside.default,
            ),
            publishing=Publishing(
                setups=memory.setups,
                drafts=memory.drafts,
                people=people,
                deployments=outside.deployments,
                default=outside.default,
            ),
            noting=Noting(memory.setups, memory.drafts, outside.deployments, outside.default),
            trying=trying,
            comparing=_comparing(outside),
            offering=Offering(outside.team_id, memory.answers, memory.trials),
            greeting=Greeting(outside.team_id, people, memory.setups, memory.tellings),
            announcing=Announcing(outside.team_id, memory.setups, memory.tellings),
            at_home=AtHome(outside.team_id, people, memory.homes, memory.setups),
            looking=_looking(outside),
        )


def _answering(outside: Outside, trying: Trying) -> Answering:
    return Answering(
        conversations=outside.memory.conversations,
        turns=outside.memory.turns,
        grounds=trying,
        model=outside.model,
        slack=outside.slack,
        alarm=outside.alarm,
        count=outside.count,
        deployments=outside.deployments,
        default=outside.default,
    )


def _comparing(outside: Outside) -> Comparing:
    return Comparing(
        people=outside.people,
        setups=outside.memory.setups,
        drafts=outside.memory.drafts,
        model=outside.model,
        alarm=outside.alarm,
        count=outside.count,
        clock=outside.clock,
        deployments=outside.deployments,
        default=outside.default,
    )


def _looking(outside: Outside) -> Looking:
    return Looking(
        team_id=outside.team_id,
        answers=outside.memory.answers,
        conversations=outside.memory.conversations,
        setups=outside.memory.setups,
        drafts=outside.memory.drafts,
        trials=outside.memory.trials,
        people=outside.people,
        count=outside.count,
        deployments=outside.deployments,
        default=outside.default,
        ways=outside.ways,
        would_send=outside.would_send,
    )
