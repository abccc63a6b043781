"""The composition root: builds every part once, opens and closes them in order."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from bot.azure.access import Access
from bot.azure.limits import Limits
from bot.azure.model import AzureModel
from bot.chat.addressing import Ignored
from bot.chat.answer import Answering
from bot.chat.attention import Attention
from bot.chat.deployments import Deployment, Transport
from bot.chat.hearing import amend, hear
from bot.chat.messages import Deleted, Edited, Heard, Question
from bot.database.access import Database
from bot.database.conversations import StoredConversations
from bot.database.listening import listen
from bot.database.setups import StoredSetups
from bot.database.turns import StoredTurns
from bot.settings import DeploymentSettings, Settings
from bot.slack.admins import Admins
from bot.slack.home import Home
from bot.slack.listeners import Verbs, register
from bot.slack.pages import PageLimits
from bot.slack.replies import SlackReplies
from bot.slack.socket import SocketRunner
from bot.slack.workspace import Workspace
from bot.slack.writing import StreamLimits
from bot.tokens import counter
from bot.worker import Pace, Worker

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Confab:
    """A running Confab: connected, and at work on its team's turns."""

    workspace: Workspace
    worker: Worker
    conversations: StoredConversations
    setups: StoredSetups
    attention: Attention

    async def hear(self, heard: Heard) -> Question | Ignored:
        """Store a message that is for us, then wake the worker."""
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
        conversations, setups = StoredConversations(database, time.time), StoredSetups(database, time.time)
        turns = StoredTurns(database, workspace.us, time.time, lease_seconds=settings.lease_seconds)
        answering = Answering(
            conversations=conversations,
            turns=turns,
            setups=setups,
            model=model(stack, settings),
            slack=SlackReplies(
                workspace.calls, workspace.us, scopes=workspace.scopes, limits=_stream_limits(settings)
            ),
            alarm=alarm(stack, settings, workspace),
            count=counter(),
            deployments={each.name: _deployment(each) for each in settings.deployments},
            default=settings.default_deployment,
        )
        worker = Worker(turns, answering.answer, time.time, _pace(settings))
        attention = Attention(partial(hear, us=workspace.us, conversations=conversations), time.monotonic)
        confab = Confab(workspace, worker, conversations, setups, attention)
        _started(stack, worker.run(), "worker")
        stack.push_async_callback(worker.stop)
        _started(stack, listen(database, workspace.us.team_id, worker.wake), "wake-ups")
        await _listening(stack, settings, confab, ends)
        yield confab


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


def model(stack: AsyncExitStack, settings: Settings) -> AzureModel:
    """The way to every deployment, until the stack unwinds."""
    azure = AzureModel(
        {each.name: _access(each, settings.azure_scope) for each in settings.deployments},
        limits=Limits(idle=settings.model_idle_seconds, total=settings.model_total_seconds),
    )
    stack.push_async_callback(azure.aclose)
    return azure


def alarm(stack: AsyncExitStack, settings: Settings, workspace: Workspace) -> Admins:
    """The way to the people in CONFAB_ADMINS, until the stack unwinds."""
    admins = Admins(workspace.calls, settings.admins, clock=time.time)
    stack.push_async_callback(admins.close)
    return admins


def deployments(settings: Settings) -> tuple[Deployment, ...]:
    """The deployments that the operator named, the default one first."""
    named = [_deployment(each) for each in settings.deployments]
    return tuple(sorted(named, key=lambda each: each.name != settings.default_deployment))


async def _listening(stack: AsyncExitStack, settings: Settings, confab: Confab, ends: Ends) -> None:
    workspace = confab.workspace
    home = Home(workspace.calls)
    stack.push_async_callback(home.close)

    async def uninstalled() -> None:
        log.warning("Confab was removed from %s", workspace.us.team_id)
        ends.removed()

    bolt = workspace.app()
    register(bolt, Verbs(confab.hear, confab.amend, home.opened, uninstalled), workspace.us)
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


def _deployment(settings: DeploymentSettings) -> Deployment:
    return Deployment(
        settings.name, Transport(settings.transport), context=settings.context, encoding=settings.encoding
    )


def _access(settings: DeploymentSettings, scope: str) -> Access:
    return Access(settings.endpoint, settings.key, settings.api_version, scope)


def _pace(settings: Settings) -> Pace:
    return Pace(lease=settings.lease_seconds, drain=settings.drain_seconds)


def _stream_limits(settings: Settings) -> StreamLimits:
    hard = settings.stream_characters
    pages = PageLimits(soft=hard - hard // 9, hard=hard, size=hard * 6 // 5)
    return StreamLimits(stream_pages=pages, life=settings.stream_seconds)
