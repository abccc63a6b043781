"""The parts that reach outside, each built from the settings and closed when its stack unwinds."""

import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial

from bot import configured
from bot.azure.model import AzureModel
from bot.chat.attention import Attention, Hear
from bot.chat.hearing import amend, hear
from bot.chat.ports import Clock
from bot.chat.ports.watch import UNWATCHED, Watch
from bot.chat.threads import Us
from bot.chat.trade import Memory
from bot.database.access import Database
from bot.database.again import StoredAgain
from bot.database.answers import StoredAnswers
from bot.database.conversations import StoredConversations
from bot.database.drafts import StoredDrafts
from bot.database.homes import StoredHomes
from bot.database.opinions import StoredOpinions
from bot.database.owner import Owner
from bot.database.personas import StoredPersonas
from bot.database.quiet import StoredQuiet
from bot.database.refusals import StoredRefusals
from bot.database.setups import StoredSetups
from bot.database.spending import StoredSpending
from bot.database.stops import StoredStops
from bot.database.tellings import StoredTellings
from bot.database.trials import StoredTrials
from bot.database.turns import StoredTurns
from bot.settings import Settings
from bot.slack.admins import Admins
from bot.slack.workspace import Workspace

CALL_MARGIN = 60.0
"""Seconds beyond the model's time limit after which no call can still be under way."""


def remembering(database: Database, us: Us, settings: Settings, owner: Owner, now: Clock) -> Memory:
    """All that is kept, in one database, by one clock for all processes on it."""
    return Memory(
        conversations=StoredConversations(database, now),
        turns=StoredTurns(database, us, now, lease_seconds=settings.lease_seconds, owner=owner),
        setups=StoredSetups(database, now),
        drafts=StoredDrafts(database, now),
        personas=StoredPersonas(database, now),
        answers=StoredAnswers(database),
        homes=StoredHomes(database, now),
        trials=StoredTrials(database, now),
        tellings=StoredTellings(database, now),
        stops=StoredStops(database),
        again=StoredAgain(database, now),
        opinions=StoredOpinions(database, now),
        quiet=StoredQuiet(database),
    )


def attention(us: Us, memory: Memory, around: Callable[[Hear], Hear]) -> Attention:
    """What a message of somebody's goes into; `around` adds to the verb that stores it."""
    conversations = memory.conversations
    stores = partial(hear, us=us, conversations=conversations, setups=memory.setups, quiet=memory.quiet)
    return Attention(us, around(stores), partial(amend, us=us, conversations=conversations), time.monotonic)


async def connected(stack: AsyncExitStack, settings: Settings, watch: Watch = UNWATCHED) -> Workspace:
    """The workspace that the bot token belongs to, until the stack unwinds."""
    workspace = await Workspace.connect(settings.slack_bot_token, api_url=settings.slack_api_url, watch=watch)
    stack.push_async_callback(workspace.close)
    return workspace


def stored(stack: AsyncExitStack, settings: Settings) -> Database:
    """The database, until the stack unwinds."""
    database = Database(settings.database_url)
    stack.push_async_callback(database.close)
    return database


def model(stack: AsyncExitStack, settings: Settings, kept: StoredRefusals | None = None) -> AzureModel:
    """The way to every deployment, until the stack unwinds."""
    accesses = {each.name: configured.access(each, settings.azure_scope) for each in settings.deployments}
    azure = AzureModel(accesses, limits=configured.limits(settings), refusals=kept)
    stack.push_async_callback(azure.aclose)
    return azure


def alarm(stack: AsyncExitStack, settings: Settings, workspace: Workspace) -> Admins:
    """The way to the people in CONFAB_ADMINS, until the stack unwinds."""
    admins = Admins(workspace.calls, settings.admins, clock=time.time)
    stack.push_async_callback(admins.close)
    return admins


def spending(database: Database, settings: Settings, now: Clock) -> StoredSpending:
    """The books of what calls cost, with the workspace's cap."""
    return StoredSpending(
        database,
        now,
        daily_tokens=settings.daily_tokens,
        longest_call=settings.model_total_seconds + CALL_MARGIN,
    )
