"""Socket Mode: one websocket to Slack, opened anew whenever it is lost.

Not the SDK's client: that one retries an address which Slack accepts only once, without a pause, for ever.
Here every attempt asks for a new address.
"""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Coroutine

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.ports.watch import UNWATCHED, Watch
from bot.errors import ConfabError, OperatorFault, SlackUnwilling, described
from bot.slack.calls import RateLimited, called
from bot.slack.envelopes import Envelopes
from bot.slack.governor import Sleep
from bot.slack.line import Frame, Line

_log = logging.getLogger(__name__)

_LEAST_GAP = 1.0  # seconds between two calls of apps.connections.open (Slack: tier 3, once tier 1)
_BACKOFF = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # seconds, by the failures in a row
_SECONDS_TO_OPEN = 5.0
_SECONDS_TO_GREET = 5.0
_SECONDS_TO_LEAVE = 15.0  # Slack closes a line about ten seconds after it asked us to leave
_FATAL = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "not_allowed_token_type",
        "missing_scope",
        "token_revoked",
        "account_inactive",
    }
)


class ComeBackLater(ConnectionError):
    """Slack gives no address for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"busy for {seconds:g} seconds")
        self.seconds = seconds


async def open_connection(client: AsyncWebClient) -> str:
    """A new address for one websocket, as apps.connections.open gives it.

    Raises:
        OperatorFault: Slack does not take the app-level token.
        ConnectionError: not now; `ComeBackLater` where Slack says when.
    """
    try:
        async with asyncio.timeout(_SECONDS_TO_OPEN):
            response = await called(client, "apps.connections.open")
    except RateLimited as limited:
        raise ComeBackLater(limited.wait) from None
    except SlackUnwilling as refused:
        if refused.code in _FATAL:
            raise OperatorFault(
                f"apps.connections.open: {refused.code}; is SLACK_APP_TOKEN this app's app-level token, "
                "with connections:write?"
            ) from None
        raise ConnectionError(refused.code) from None
    except TimeoutError:
        raise ConnectionError("no answer in time") from None
    url = response.get("url")
    if not isinstance(url, str) or not url:
        raise ConnectionError("an answer without an address")
    return url


class SocketRunner:
    """Keeps one socket open and gives what comes through it to the Bolt app.

    Args:
        app: the Bolt app with its listeners.
        client: a client with the app-level token; its session carries the socket, too.
        clock: seconds; only differences count.
        sleep: waits that many seconds.
        chance: a number from 0 to 1, to spread the reconnects of many replicas.
        on_end: called once if, after `connect`, nothing keeps the socket open any more without `close` having
            been called; Confab hears nothing from then on.
        watch: is told of everything that was delivered.
    """

    def __init__(
        self,
        app: AsyncApp,
        client: AsyncWebClient,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
        on_end: Callable[[], None] = lambda: None,
        watch: Watch = UNWATCHED,
    ) -> None:
        self._client = client
        self._clock = clock
        self._sleep = sleep
        self._chance = chance
        self._on_end = on_end
        self._envelopes = Envelopes(app, watch)
        self._running: asyncio.Task[None] | None = None
        self._lines: set[asyncio.Task[None]] = set()
        self._greeted = asyncio.Event()
        self._ever_greeted = False
        self._asked = float("-inf")

    @property
    def connected(self) -> bool:
        """Whether Slack has greeted us on a socket that is still open."""
        return self._greeted.is_set()

    async def connect(self) -> None:
        """Open the first socket and return once Slack has greeted us; from then on it is kept open.

        Raises:
            OperatorFault: Slack does not take the app-level token, or what keeps the socket open broke.
        """
        self._running = asyncio.create_task(self._run(), name="socket")
        greeted = asyncio.create_task(self._greeted.wait())
        try:
            await asyncio.wait({self._running, greeted}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            greeted.cancel()
        if self._running.cancelled():
            raise OperatorFault("Socket Mode broke: it was cancelled")
        if self._running.done():
            await self._running
        self._running.add_done_callback(self._ended)

    async def close(self) -> None:
        """Take nothing more, let what was taken be acknowledged (three seconds at most), hang up."""
        await self._envelopes.close()
        if self._running is not None:
            self._running.remove_done_callback(self._ended)
        tasks = [task for task in (self._running, *self._lines) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._greeted.clear()

    async def _run(self) -> None:
        try:
            await self._keep_open()
        except ConfabError:
            raise
        except Exception as error:  # noqa: BLE001 - a bot that hears nothing must say so, whatever the reason
            raise OperatorFault(f"Socket Mode broke: {described(error)}") from None

    def _ended(self, running: asyncio.Task[None]) -> None:
        error = None if running.cancelled() else running.exception()
        why = described(error) if error else "it was cancelled"
        _log.error("Slack is not listened to any more: %s", why)
        self._on_end()

    async def _keep_open(self) -> None:
        failures = 0
        while True:
            await self._sleep(self._pause(failures))
            try:
                greeted = await self._one_line()
            except ConnectionError as error:
                greeted = False
                _log.warning("no socket to Slack (attempt %d): %s", failures + 1, error)
                if isinstance(error, ComeBackLater):
                    await self._sleep(error.seconds)
            except OperatorFault as fault:
                if not self._ever_greeted:
                    raise
                greeted = False
                _log.error("no socket to Slack: %s", described(fault))
            failures = 0 if greeted else failures + 1

    async def _one_line(self) -> bool:
        """Open a line and stay with it until it ends or Slack asks us to leave; whether Slack greeted us."""
        self._asked = self._clock()
        url = await open_connection(self._client)
        line = await Line.dial(self._client, url, self._clock, self._sleep)
        greeted, leave = asyncio.Event(), asyncio.Event()

        def hear(frame: Frame) -> None:
            match frame.get("type"):
                case "hello":
                    greeted.set()
                    self._ever_greeted = True
                    self._greeted.set()
                case "disconnect":
                    leave.set()
                case _:
                    self._envelopes.take(frame, line.send)

        reading = self._beside(line.run(hear))
        await _first(reading, greeted.wait(), leave.wait(), self._sleep(_SECONDS_TO_GREET))
        if greeted.is_set():
            await _first(reading, leave.wait())
        self._greeted.clear()
        # What came through this line may still be answered through it, until Slack closes it.
        self._beside(self._leave(line, _SECONDS_TO_LEAVE if leave.is_set() else 0.0))
        return greeted.is_set()

    async def _leave(self, line: Line, seconds: float) -> None:
        await self._sleep(seconds)
        await line.hang_up()

    def _beside(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._lines.add(task)
        task.add_done_callback(self._lines.discard)
        return task

    def _pause(self, failures: int) -> float:
        since = self._clock() - self._asked
        backoff = _BACKOFF[min(failures, len(_BACKOFF) - 1)]
        return max(0.0, _LEAST_GAP - since, backoff * (0.5 + self._chance() / 2))


async def _first(task: asyncio.Task[None], *waits: Awaitable[object]) -> None:
    """Until the task is done, or one of the waits is."""
    waiting = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait({task, *waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()
