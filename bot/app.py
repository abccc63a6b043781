"""The composition root: builds every part once, opens and closes them in order."""

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from bot import configured, parts
from bot.azure.model import AzureModel
from bot.chat.addressing import Ignored, Silence
from bot.chat.asides import WantsSettings, aside
from bot.chat.messages import Amended, Deleted, Edited, Heard, Question
from bot.chat.metering import Metered
from bot.chat.ports import Alarm, Clock, Conversations, Setups
from bot.chat.ports.watch import Watch
from bot.chat.setup import ChannelSettings
from bot.chat.trade import Memory, Outside, Trade
from bot.chat.untaken import Untaken
from bot.database.access import Database
from bot.database.listening import listen
from bot.database.owner import Owner
from bot.database.queue_depth import queue_depth
from bot.database.refusals import StoredRefusals
from bot.database.replicas import StoredReplicas, keep_beating
from bot.database.shared_clock import SharedClock, awake
from bot.database.spending import StoredSpending
from bot.operations.background import started
from bot.operations.doors import Doors
from bot.operations.freed import keep_giving_back
from bot.operations.metrics import Metrics
from bot.operations.pulse import Pulse
from bot.operations.turn_lines import TurnLines
from bot.operations.watches import Watches
from bot.presets import built_in
from bot.reading.reader import ConfinedReader
from bot.settings import Settings
from bot.slack.beside import Beside
from bot.slack.listeners import Verbs, register
from bot.slack.names import SlackNames
from bot.slack.people import SlackPeople
from bot.slack.replies import SlackReplies
from bot.slack.rooms import Behind, Rooms
from bot.slack.shared_files import SlackSharedFiles
from bot.slack.socket import SocketRunner
from bot.slack.thread_pages import SlackThreads
from bot.slack.workspace import Workspace
from bot.tokens import counter, warm
from bot.worker import Worker

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Confab:
    """A running Confab: connected, and at work on its team's turns."""

    workspace: Workspace
    worker: Worker
    conversations: Conversations
    setups: Setups
    trade: Trade
    wants_settings: Callable[[WantsSettings], Awaitable[object]]
    ears: Untaken

    async def hear(self, heard: Heard) -> Question | Ignored:
        """Store a message that is for us, and let it be claimed. An aside is for no model, and not stored."""
        if wanted := aside(heard, self.workspace.us):
            await self.wants_settings(wanted)
            return Ignored(Silence.ASIDE)
        return await self.ears.hear(heard)

    async def amend(self, change: Edited | Deleted) -> Amended:
        """Let an edit or a deletion reach its conversation."""
        return await self.ears.amend(change)


@dataclass(frozen=True, slots=True)
class Ends:
    """Called when a run is over from outside.

    `removed`: Slack says that the app was uninstalled or its tokens revoked. `deaf`: nothing keeps the socket
    to Slack open any more. `idle`: nothing claims turns any more. `silent`: no heartbeat tells the other
    processes of this one any more. `maimed`: nothing carries stops, hears again what could not be stored, or
    looks behind late mentions any more; answers go on, and nobody would notice.
    """

    removed: Callable[[], None]
    deaf: Callable[[], None]
    idle: Callable[[], None] = lambda: None
    silent: Callable[[], None] = lambda: None
    maimed: Callable[[], None] = lambda: None


@asynccontextmanager
async def opened(settings: Settings, ends: Ends) -> AsyncIterator[Confab]:
    """Connect and work; in the end stop in the opposite order.

    No new events, answers drained, doors closed.
    """
    async with AsyncExitStack() as stack:
        yield await begun(stack, settings, ends)


async def begun(stack: AsyncExitStack, settings: Settings, ends: Ends) -> Confab:
    """The same, until the stack unwinds. Slack may keep it waiting for ever; it can be cancelled at any time.

    Turns are answered before Slack is heard: `ends` may be told of an end before this returns.
    """
    encodings = {each.encoding for each in settings.deployments}
    started(stack, warm(counter(), encodings), "vocabularies")
    metrics = Metrics(settings.database_url.partition(":")[0])
    watch = Watches(metrics, TurnLines())
    workspace = await parts.connected(stack, settings, watch)
    database, owner, clock = parts.stored(stack, settings), Owner.here(), SharedClock()
    alarm = parts.alarm(stack, settings, workspace)
    pulse = Pulse(alarm, metrics, workspace.calls.governor.share)
    replicas = StoredReplicas(database, workspace.us.team_id, owner, clock)
    beats = await _present(stack, replicas, pulse, ends.silent)
    memory = parts.remembering(database, workspace.us, settings, owner, clock)
    azure = parts.model(stack, settings, StoredRefusals(database, workspace.us.team_id, clock))
    await azure.recall()
    books = parts.spending(database, settings, clock)
    metered = Metered(azure, books, counter(), watch)
    stack.push_async_callback(metered.settled)
    outside = _outside(settings, workspace, memory, azure, metered, alarm=alarm)
    trade = Trade.built(outside)
    beside = Beside(workspace.calls)
    rooms = Rooms(workspace, _behind(trade, outside, azure, books, clock), beside)
    pace, answer = configured.pace(settings), trade.answering.answer
    worker = Worker(memory.turns, answer, clock, pace, database.claimable, awake=awake, watch=watch)
    ears = Untaken(parts.attention(workspace.us, memory, rooms.hearing))
    confab = Confab(workspace, worker, memory.conversations, memory.setups, trade, rooms.offers.offer, ears)
    _claiming(stack, confab, database, ends)
    stack.push_async_callback(beside.close)
    started(stack, books.keep_pruned(workspace.us.team_id), "pruning")
    started(stack, keep_giving_back(), "freed memory")
    started(stack, rooms.announcements.keep_telling(), "announcements")
    started(stack, ears.keep_hearing(), "hearing again", ends.maimed)
    started(stack, rooms.overtaken.keep_looking(ears.hear), "late mentions", ends.maimed)
    socket = _ears(stack, settings, confab, rooms, ends, watch=watch)
    works = {"heartbeat": beats, "worker": lambda: worker.alive, "socket": lambda: socket.connected}
    depth = partial(queue_depth, database, workspace.us.team_id, clock)
    if settings.operations_port is not None:
        doors = Doors(metrics, depth, works)
        await doors.open(stack, settings.operations_host, settings.operations_port)
    await socket.connect()
    log.info("connected to %s as %s", workspace.us.team_id, workspace.us.user_id)
    return confab


async def _present(
    stack: AsyncExitStack, replicas: StoredReplicas, pulse: Pulse, silent: Callable[[], None]
) -> Callable[[], bool]:
    """Count among the live processes until the stack unwinds; whether the others hear of us."""
    pulse.live(await replicas.join())
    pulse.beat()
    stack.push_async_callback(replicas.leave)
    beating = started(stack, keep_beating(replicas, pulse), "heartbeat", silent)
    return lambda: pulse.beats() and not beating.done()


def _claiming(stack: AsyncExitStack, confab: Confab, database: Database, ends: Ends) -> None:
    """Answer what waits until the stack unwinds, and then what was claimed."""
    stops = confab.trade.stopping.stops

    def woken() -> None:
        database.claimable.set()
        stops.look()

    # Begun before the worker, for they end after it: an answer can be stopped while a stop waits for it.
    started(stack, stops.keep_looking(), "stops", ends.maimed)
    started(stack, listen(database, confab.workspace.us.team_id, woken), "wake-ups")
    started(stack, confab.worker.run(), "worker", ends.idle)
    stack.push_async_callback(confab.worker.stop)


def _outside(
    settings: Settings,
    workspace: Workspace,
    memory: Memory,
    azure: AzureModel,
    metered: Metered,
    *,
    alarm: Alarm,
) -> Outside:
    return Outside(
        team_id=workspace.us.team_id,
        memory=memory,
        people=SlackPeople(workspace.calls, workspace.us, admins=settings.admins),
        names=SlackNames(workspace.calls),
        naming=configured.naming(settings),
        threads=SlackThreads(workspace.calls, workspace.us),
        shared=SlackSharedFiles(workspace.files(), largest=settings.file_megabytes << 20),
        reader=ConfinedReader(),
        model=metered,
        slack=SlackReplies(
            workspace.calls, workspace.us, scopes=workspace.scopes, limits=configured.stream_limits(settings)
        ),
        alarm=alarm,
        count=metered.count,
        clock=time.time,
        deployments={each.name: each for each in configured.deployments(settings)},
        default=settings.default_deployment,
        built_in=built_in(),
        ways={each.name: configured.way(each, settings.azure_scope) for each in settings.deployments},
        would_send=azure.would_send,
    )


def _behind(trade: Trade, outside: Outside, azure: AzureModel, books: StoredSpending, clock: Clock) -> Behind:
    def refused(deployment: str, settings: ChannelSettings) -> frozenset[str]:
        return azure.refused(outside.deployments[deployment], settings.effort)

    contexts = {name: each.context for name, each in outside.deployments.items()}
    return Behind(trade, outside.people, books, contexts, refused, clock)


def _ears(
    stack: AsyncExitStack, settings: Settings, confab: Confab, rooms: Rooms, ends: Ends, *, watch: Watch
) -> SocketRunner:
    """What listens to Slack, once it is connected."""
    workspace = confab.workspace

    async def uninstalled() -> None:
        log.warning("Confab was removed from %s", workspace.us.team_id)
        ends.removed()

    bolt = workspace.app()
    came = rooms.missed.after(rooms.greetings.came, confab.hear)
    home, reacted = rooms.home.opened, rooms.mutes.reacted
    verbs = Verbs(confab.hear, rooms.amending(confab.amend), home, uninstalled, came, reacted)
    register(bolt, verbs, workspace.us)
    rooms.register(bolt)
    app_level = workspace.app_level(settings.slack_app_token)
    socket = SocketRunner(bolt, app_level, on_end=ends.deaf, watch=watch)
    stack.push_async_callback(socket.close)
    return socket
