"""The composition root: builds every part once, opens and closes them in order."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from bot import configured
from bot.azure.model import AzureModel
from bot.chat.addressing import Ignored, Silence
from bot.chat.asides import WantsSettings, aside
from bot.chat.attention import Attention
from bot.chat.hearing import amend, hear
from bot.chat.messages import Deleted, Edited, Heard, Question
from bot.chat.metering import Metered
from bot.chat.ports import Alarm, Conversations, Setups
from bot.chat.setup import ChannelSettings
from bot.chat.threads import Us
from bot.chat.trade import Memory, Outside, Trade
from bot.database.access import Database
from bot.database.answers import StoredAnswers
from bot.database.conversations import StoredConversations
from bot.database.drafts import StoredDrafts
from bot.database.homes import StoredHomes
from bot.database.listening import listen
from bot.database.personas import StoredPersonas
from bot.database.refusals import StoredRefusals
from bot.database.setups import StoredSetups
from bot.database.spending import StoredSpending
from bot.database.tellings import StoredTellings
from bot.database.trials import StoredTrials
from bot.database.turns import StoredTurns
from bot.presets import built_in
from bot.reading.reader import ConfinedReader
from bot.settings import Settings
from bot.slack.admins import Admins
from bot.slack.beside import Beside
from bot.slack.listeners import Verbs, register
from bot.slack.names import SlackNames
from bot.slack.people import SlackPeople
from bot.slack.replies import SlackReplies
from bot.slack.rooms import Behind, Rooms
from bot.slack.shared_files import SlackSharedFiles
from bot.slack.socket import SocketRunner
from bot.slack.workspace import Workspace
from bot.tokens import counter
from bot.worker import Worker

log = logging.getLogger(__name__)

CALL_MARGIN = 60.0
"""Seconds beyond the model's time limit after which no call can still be under way."""


@dataclass(frozen=True, slots=True)
class Confab:
    """A running Confab: connected, and at work on its team's turns."""

    workspace: Workspace
    worker: Worker
    conversations: Conversations
    setups: Setups
    trade: Trade
    wants_settings: Callable[[WantsSettings], Awaitable[object]]
    attention: Attention

    async def hear(self, heard: Heard) -> Question | Ignored:
        """Store a message that is for us, then wake the worker. An aside is for no model, and not stored."""
        if wanted := aside(heard, self.workspace.us):
            await self.wants_settings(wanted)
            return Ignored(Silence.ASIDE)
        addressed = await self.attention.hear(heard)
        if isinstance(addressed, Question):
            self.worker.wake()
        return addressed

    async def amend(self, change: Edited | Deleted) -> bool:
        """Let an edit or a deletion reach its conversation."""
        if isinstance(change, Deleted):
            self.attention.forget(change)
        return await amend(change, self.workspace.us, self.conversations)


@dataclass(frozen=True, slots=True)
class Ends:
    """Called when a run is over from outside.

    `removed`: Slack says that the app was uninstalled or its tokens revoked. `deaf`: nothing keeps the socket
    to Slack open any more.
    """

    removed: Callable[[], None]
    deaf: Callable[[], None]


@asynccontextmanager
async def opened(settings: Settings, ends: Ends) -> AsyncIterator[Confab]:
    """Connect and work; in the end stop in the opposite order.

    No new events, answers drained, doors closed.
    """
    async with AsyncExitStack() as stack:
        workspace = await connected(stack, settings)
        database = stored(stack, settings)
        memory = remembering(database, workspace.us, settings)
        azure = model(stack, settings, StoredRefusals(database, workspace.us.team_id, time.time))
        await azure.recall()
        books = spending(database, settings)
        outside = _outside(settings, workspace, memory, azure, books, alarm=alarm(stack, settings, workspace))
        trade = Trade.built(outside)
        beside = Beside(workspace.calls)
        rooms = Rooms(workspace, _behind(trade, outside, azure, books), beside)
        worker = Worker(memory.turns, trade.answering.answer, time.time, configured.pace(settings))
        ears = partial(hear, us=workspace.us, conversations=memory.conversations, setups=memory.setups)
        attention = Attention(ears, time.monotonic)
        confab = Confab(
            workspace, worker, memory.conversations, memory.setups, trade, rooms.offers.offer, attention
        )
        _started(stack, worker.run(), "worker")
        stack.push_async_callback(worker.stop)
        stack.push_async_callback(beside.close)
        _started(stack, books.keep_pruned(workspace.us.team_id), "pruning")
        _started(stack, listen(database, workspace.us.team_id, worker.wake), "wake-ups")
        _started(stack, rooms.announcements.keep_telling(), "announcements")
        await _listening(stack, settings, confab, rooms, ends)
        yield confab


def _outside(
    settings: Settings,
    workspace: Workspace,
    memory: Memory,
    azure: AzureModel,
    books: StoredSpending,
    *,
    alarm: Alarm,
) -> Outside:
    count = counter()
    return Outside(
        team_id=workspace.us.team_id,
        memory=memory,
        people=SlackPeople(workspace.calls, workspace.us, admins=settings.admins),
        names=SlackNames(workspace.calls),
        naming=configured.naming(settings),
        shared=SlackSharedFiles(workspace.files(), largest=settings.file_megabytes << 20),
        reader=ConfinedReader(),
        model=Metered(azure, books, count),
        slack=SlackReplies(
            workspace.calls, workspace.us, scopes=workspace.scopes, limits=configured.stream_limits(settings)
        ),
        alarm=alarm,
        count=count,
        clock=time.time,
        deployments={each.name: each for each in configured.deployments(settings)},
        default=settings.default_deployment,
        built_in=built_in(),
        ways={each.name: configured.way(each, settings.azure_scope) for each in settings.deployments},
        would_send=azure.would_send,
    )


def _behind(trade: Trade, outside: Outside, azure: AzureModel, books: StoredSpending) -> Behind:
    def refused(deployment: str, settings: ChannelSettings) -> frozenset[str]:
        return azure.refused(outside.deployments[deployment], settings.effort)

    contexts = {name: each.context for name, each in outside.deployments.items()}
    return Behind(trade, outside.people, books, contexts, refused)


def remembering(database: Database, us: Us, settings: Settings) -> Memory:
    """All that is kept, in one database."""
    now = time.time
    return Memory(
        conversations=StoredConversations(database, now),
        turns=StoredTurns(database, us, now, lease_seconds=settings.lease_seconds),
        setups=StoredSetups(database, now),
        drafts=StoredDrafts(database, now),
        personas=StoredPersonas(database, now),
        answers=StoredAnswers(database),
        homes=StoredHomes(database, now),
        trials=StoredTrials(database, now),
        tellings=StoredTellings(database, now),
    )


async def connected(stack: AsyncExitStack, settings: Settings) -> Workspace:
    """The workspace that the bot token belongs to, until the stack unwinds."""
    workspace = await Workspace.connect(settings.slack_bot_token, api_url=settings.slack_api_url)
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


def spending(database: Database, settings: Settings) -> StoredSpending:
    """The books of what calls cost, with the workspace's cap."""
    return StoredSpending(
        database,
        time.time,
        daily_tokens=settings.daily_tokens,
        longest_call=settings.model_total_seconds + CALL_MARGIN,
    )


async def _listening(
    stack: AsyncExitStack, settings: Settings, confab: Confab, rooms: Rooms, ends: Ends
) -> None:
    workspace = confab.workspace

    async def uninstalled() -> None:
        log.warning("Confab was removed from %s", workspace.us.team_id)
        ends.removed()

    bolt = workspace.app()
    verbs = Verbs(confab.hear, confab.amend, rooms.home.opened, uninstalled, rooms.greetings.came)
    register(bolt, verbs, workspace.us)
    rooms.register(bolt)
    socket = SocketRunner(bolt, workspace.app_level(settings.slack_app_token), on_end=ends.deaf)
    stack.push_async_callback(socket.close)
    await socket.connect()
    log.info("connected to %s as %s", workspace.us.team_id, workspace.us.user_id)


def _started(stack: AsyncExitStack, work: "asyncio._CoroutineLike[None]", name: str) -> None:
    """Run beside everything else until the stack unwinds."""
    task = asyncio.create_task(work, name=name)

    async def end() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    stack.push_async_callback(end)
