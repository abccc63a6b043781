"""Every verb of the trade, built once on what stands behind its ports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.chat.again import Regenerating
from bot.chat.announcing import Announcing
from bot.chat.answer import Answering
from bot.chat.at_home import AtHome
from bot.chat.attending import Attending
from bot.chat.catching_up import CatchingUp
from bot.chat.code_samples.call import Way
from bot.chat.comparing import Comparing
from bot.chat.configuring import Configuring
from bot.chat.deployments import Deployment
from bot.chat.exampling import Offering
from bot.chat.feedback import Feedback
from bot.chat.generating import Generating
from bot.chat.greeting import Greeting
from bot.chat.introducing import Introducing
from bot.chat.library import Library
from bot.chat.looking import Looking
from bot.chat.metering import Metered
from bot.chat.muting import Muting
from bot.chat.naming_sessions import NamingSessions
from bot.chat.noting import Noting
from bot.chat.ports import (
    Alarm,
    Answers,
    Clock,
    Conversations,
    Drafts,
    FileReader,
    Names,
    People,
    Personas,
    Request,
    Setups,
    SharedFiles,
    Slack,
    Threads,
    TokenCounter,
    Turns,
)
from bot.chat.ports.again import Again
from bot.chat.ports.homes import Homes, Tellings, Trials
from bot.chat.ports.opinions import Opinions, Quiet
from bot.chat.ports.stops import StopRequests
from bot.chat.publishing import Publishing
from bot.chat.sent import Sent
from bot.chat.stopping import Stopping, Stops
from bot.chat.summarising import Summarising
from bot.chat.trying import Trying
from bot.chat.versions import LibraryPersona
from bot.chat.voices import Naming


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
    stops: StopRequests
    again: Again
    opinions: Opinions
    quiet: Quiet


@dataclass(frozen=True, slots=True)
class Outside:
    """All that the trade needs from outside, for one team.

    `deployments` has every deployment by name, `default` names the one that a channel gets by itself.
    `ways` and `would_send` are what code samples are made from.
    """

    team_id: str
    memory: Memory
    people: People
    names: Names
    naming: Naming
    threads: Threads
    shared: SharedFiles
    reader: FileReader
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
    stopping: Stopping
    naming_sessions: NamingSessions
    regenerating: Regenerating
    feedback: Feedback
    muting: Muting
    summarising: Summarising

    @classmethod
    def built(cls, outside: Outside) -> "Trade":
        """All of them, on one set of ports."""
        memory, people = outside.memory, outside.people
        library = Library(personas=memory.personas, people=people, built_in=outside.built_in)
        trying = Trying(people, memory.setups, memory.drafts, memory.trials)
        stops = Stops(memory.stops)
        return cls(
            answering=_answering(outside, trying, stops),
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
            stopping=Stopping(outside.team_id, memory.stops, stops, people, memory.setups),
            naming_sessions=NamingSessions(outside.team_id, memory.conversations),
            regenerating=Regenerating(outside.team_id, memory.again, people, memory.setups, memory.quiet),
            feedback=Feedback(
                outside.team_id, memory.opinions, memory.setups, memory.trials, people, outside.clock
            ),
            muting=Muting(outside.team_id, memory.quiet, people, outside.clock),
            summarising=_summarising(outside),
        )


def _answering(outside: Outside, trying: Trying, stops: Stops) -> Answering:
    return Answering(
        conversations=outside.memory.conversations,
        turns=outside.memory.turns,
        grounds=trying,
        introducing=Introducing(outside.memory.conversations, outside.names, outside.naming),
        attending=Attending(outside.memory.conversations, outside.shared, outside.reader, outside.count),
        generating=Generating(outside.model, outside.would_send),
        stops=stops,
        catching_up=CatchingUp(outside.memory.conversations, outside.threads),
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


def _summarising(outside: Outside) -> Summarising:
    return Summarising(
        team_id=outside.team_id,
        people=outside.people,
        setups=outside.memory.setups,
        threads=outside.threads,
        names=outside.names,
        naming=outside.naming,
        model=outside.model,
        alarm=outside.alarm,
        count=outside.count,
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
