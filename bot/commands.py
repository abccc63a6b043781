"""What the command line asks for: run, check, migrate, import, export."""

import asyncio
import logging
import signal
import time
from collections.abc import Coroutine, Mapping
from contextlib import AsyncExitStack
from functools import partial

from bot import app, configured, parts
from bot.chat.checking import settings_faults
from bot.chat.setup_export import write_setup
from bot.chat.setup_file import path_of, read_setup
from bot.check import Check, Show, carry_out
from bot.database import schema
from bot.database.setups import StoredSetups
from bot.database.urls import driven
from bot.errors import OperatorFault, SettingsFaulty, SetupFileFaulty
from bot.operations.log_format import FORMATS
from bot.settings import Settings, database_url
from bot.slack import probe
from bot.slack.workspace import Workspace
from bot.tokens import known_encodings

log = logging.getLogger(__name__)

SIGNALS = (signal.SIGTERM, signal.SIGINT)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings of this environment, or `SettingsFaulty` with every fault, the database's included."""
    faults = _database_faults(environ)
    try:
        settings = Settings.read(environ, known_encodings())
    except SettingsFaulty as faulty:
        raise SettingsFaulty((*faulty.faults, *faults)) from None
    if faults:
        raise SettingsFaulty(faults)
    return settings


async def run(environ: Mapping[str, str]) -> int:
    """Connect to Slack and answer, until SIGTERM or SIGINT; a second signal ends at once.

    Returns 0 after an orderly end, an uninstallation included, and 1 where Slack could not be heard, turns
    not be claimed or no heartbeat be given any more, for a supervisor to start it anew; all of that while it
    starts, too. Raises the fault that prevents a start.
    """
    settings = read_settings(environ)
    _log_as(settings.log_level, settings.log_format)
    await asyncio.to_thread(_prepare, settings.database_url)
    told = asyncio.Event()
    for each in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(each, _stop, told)
    broken: list[bool] = []

    def broke() -> None:
        broken.append(True)
        told.set()

    async with AsyncExitStack() as stack:
        ends = app.Ends(removed=told.set, deaf=broke, idle=broke, silent=broke, maimed=broke)
        await _unless(told, app.begun(stack, settings, ends))
        await told.wait()
        log.info("stopping; answers under way have %g seconds", settings.drain_seconds)
    log.info("stopped")
    return 1 if broken else 0


async def check(environ: Mapping[str, str], show: Show) -> int:
    """Say line by line what works. 0 where all of it does, 1 where something does not."""
    settings = read_settings(environ)
    logging.getLogger().addHandler(logging.NullHandler())  # each finding has its line; the log adds nothing
    show("ok     settings: complete")
    async with AsyncExitStack() as stack:
        azure = parts.model(stack, settings)
        slack = _SlackChecks(stack, settings)
        asked = (
            Check("database", partial(_database, settings.database_url)),
            Check("bot token", slack.bot_token),
            Check("scopes", slack.scopes),
            Check("app token", slack.app_token),
            *(
                Check(f"deployment {each.name}", partial(azure.probe, each))
                for each in configured.deployments(settings)
            ),
        )
        return 0 if await carry_out(asked, show) else 1


def migrate(environ: Mapping[str, str]) -> str:
    """Bring the database up to date; says where it stands."""
    url = database_url(environ)
    before, head = schema.current_and_head(url)
    if before == head:
        return f"The database is up to date, at {head}."
    schema.upgrade(url)
    return f"The database went from {before or 'nothing'} to {head}."


async def import_setup(environ: Mapping[str, str], channel_id: str, text: str) -> str:
    """Publish an exported setup as the channel's next version; WORKSPACE is the default of all channels.

    Raises `SetupFileFaulty`, and what a workspace or database out of reach raises.
    """
    settings = read_settings(environ)
    ours = {each.name: each for each in configured.deployments(settings)}
    read_setup(text, frozenset(ours))  # a faulty file is refused before anything is reached for
    async with AsyncExitStack() as stack:
        await asyncio.to_thread(_prepare, settings.database_url)
        workspace = await parts.connected(stack, settings)
        setups = StoredSetups(parts.stored(stack, settings), time.time)
        team_id = workspace.us.team_id
        access = (await setups.current(team_id, channel_id)).access
        setup = read_setup(text, frozenset(ours), access)
        for key, sentence in settings_faults(setup.settings, ours, settings.default_deployment).items():
            raise SetupFileFaulty(path_of(key), sentence.rstrip("."))
        version = await setups.publish(team_id, channel_id, setup, workspace.us.user_id, prepares=True)
    return f"{channel_id} has the setup now, as version {version}."


async def export_setup(environ: Mapping[str, str], channel_id: str) -> str:
    """What the channel has now, as the text of a setup file; its own, or the default that it uses.

    Raises what a workspace or database out of reach raises.
    """
    settings = read_settings(environ)
    async with AsyncExitStack() as stack:
        workspace = await parts.connected(stack, settings)
        setups = StoredSetups(parts.stored(stack, settings), time.time)
        current = await setups.current(workspace.us.team_id, channel_id)
    return write_setup(current, frozenset(each.name for each in settings.deployments))


class _SlackChecks:
    """What the bot token opens; without a workspace there are neither scopes nor sockets to look at."""

    def __init__(self, stack: AsyncExitStack, settings: Settings) -> None:
        self._stack = stack
        self._settings = settings
        self._workspace: Workspace | None = None

    async def bot_token(self) -> str:
        self._workspace = await parts.connected(self._stack, self._settings)
        return "\n".join(probe.bot_token(self._workspace))

    async def scopes(self) -> str:
        return "\n".join(probe.granted_scopes(self._found().scopes))

    async def app_token(self) -> str:
        return "\n".join(await probe.app_token(self._found(), self._settings.slack_app_token))

    def _found(self) -> Workspace:
        if self._workspace is None:
            raise OperatorFault("not tried: the bot token opens no workspace")
        return self._workspace


def _database_faults(environ: Mapping[str, str]) -> tuple[str, ...]:
    try:
        driven(database_url(environ))
    except SettingsFaulty as faulty:
        return faulty.faults
    return ()


def _log_as(level: str, form: str) -> None:
    """Our own lines; of the libraries' only what is wrong, for their chatter names addresses and payloads."""
    lines = logging.StreamHandler()
    lines.setFormatter(FORMATS[form]())
    logging.basicConfig(level=logging.WARNING, handlers=[lines])
    logging.getLogger("bot").setLevel(level)


def _stop(told: asyncio.Event) -> None:
    """The first signal ends in order; the next one ends the process at once, in nobody's order."""
    told.set()
    for each in SIGNALS:
        asyncio.get_running_loop().remove_signal_handler(each)
        signal.signal(each, signal.SIG_DFL)


async def _unless(told: asyncio.Event, start: Coroutine[object, object, object]) -> None:
    """See the start through, or break it off where it stands; unwinding is left to whoever owns the stack."""
    starting, over = asyncio.create_task(start), asyncio.create_task(told.wait())
    try:
        await asyncio.wait({starting, over}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in (starting, over):
            each.cancel()
        await asyncio.gather(starting, over, return_exceptions=True)
    if not (starting.cancelled() and told.is_set()):
        starting.result()


def _prepare(url: str) -> None:
    """SQLite is this machine's alone and is migrated; PostgreSQL is its operator's to migrate."""
    if url.startswith("sqlite"):
        schema.upgrade(url)
    else:
        schema.require_current(url)


async def _database(url: str) -> str:
    """An SQLite file that is not there yet is made at the first start."""
    if url.startswith("sqlite"):
        found, head = await asyncio.to_thread(schema.current_and_head, url)
        return f"SQLite at {found or 'nothing yet'}" + (
            "" if found == head else f"; `confab run` brings it to {head}"
        )
    await asyncio.to_thread(schema.require_current, url)
    return "PostgreSQL, up to date"
