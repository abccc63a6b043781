"""What operators see: numbers, ids and outcomes, and never a word of what people wrote."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp
import pytest

from bot.chat.ports.watch import ModelCalled, QueueDepth, TurnEnded, Unwatched
from bot.chat.threads import ThreadKey
from bot.chat.turns import Usage
from bot.database.queue_depth import queue_depth
from bot.errors import DatabaseDown, OperatorFault
from bot.operations.doors import Doors
from bot.operations.log_format import FACTS, FORMATS
from bot.operations.metrics import Metrics
from bot.operations.pulse import Pulse
from bot.operations.turn_lines import TurnLines
from bot.operations.watches import Watches
from tests.database.rooms import LEASE_SECONDS, TEAM, opened, question, thread

ENDED = TurnEnded(7, 1, ThreadKey("T1", "C1", "1795000000.000100"), "stop", waited=0.01, took=2.5, final=True)
CALLED = ModelCalled(7, "gpt", "stop", first=0.4, took=2.2, usage=Usage(100, 20, cached=75, reasoned=5))
NOTHING = QueueDepth(0, 0, 0.0)


def values(page: bytes) -> dict[str, float]:
    lines = [line for line in page.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def record(message: str, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("bot.x", logging.INFO, "x.py", 1, message, (), None)
    vars(made).update(more)
    return made


def test_a_turn_that_ended_is_counted_by_its_outcome() -> None:
    metrics = Metrics("sqlite")
    metrics.turn_ended(ENDED)
    metrics.model_called(CALLED)
    found = values(metrics.page(QueueDepth(waiting=3, running=2, oldest=4.5)))
    assert found['confab_turns_total{outcome="stop"}'] == 1
    assert found["confab_turn_wait_seconds_sum"] == 0.01
    assert found['confab_model_first_token_seconds_sum{deployment="gpt"}'] == 0.4
    assert found['confab_tokens_total{deployment="gpt",kind="cached"}'] == 75
    assert found["confab_cached_token_share"] == 0.75
    assert found['confab_queue_turns{state="waiting"}'] == 3
    assert found['confab_queue_turns{state="running"}'] == 2
    assert found["confab_queue_oldest_seconds"] == 4.5
    assert found["confab_database_up"] == 1


def test_an_attempt_that_another_follows_is_no_turn_that_ended() -> None:
    metrics = Metrics("sqlite")
    lost = TurnEnded(7, 1, ENDED.thread, "lease_lost", waited=0.0, took=1.0, final=False)
    metrics.turn_ended(lost)
    found = values(metrics.page(None))
    assert found["confab_leases_lost_total"] == 1
    assert found['confab_attempts_unfinished_total{outcome="lease_lost"}'] == 1
    assert not any(name.startswith("confab_turns_total") for name in found)
    assert found["confab_database_up"] == 0


def test_slack_and_its_deliveries_are_counted() -> None:
    metrics = Metrics("sqlite")
    metrics.slack_called("chat.update", "ok", 0.05)
    metrics.slack_called("chat.update", "rate_limited", 0.01)
    metrics.slack_waited("chat.update", 1.5)
    metrics.delivered("events_api", acked=True)
    metrics.delivered("events_api", acked=False)
    metrics.replicas(3)
    found = values(metrics.page(NOTHING))
    assert found['confab_slack_calls_total{method="chat.update",outcome="rate_limited"}'] == 1
    assert found['confab_slack_call_seconds_count{method="chat.update"}'] == 2
    assert found['confab_slack_wait_seconds_sum{method="chat.update"}'] == 1.5
    assert found['confab_events_total{acked="false",kind="events_api"}'] == 1
    assert found["confab_replicas"] == 3


def test_what_a_strange_model_says_of_its_end_becomes_no_label() -> None:
    metrics = Metrics("sqlite")
    metrics.model_called(ModelCalled(None, "gpt", "my secret", 0.1, 0.2, Usage()))
    assert b"my secret" not in metrics.page(NOTHING)


def test_all_watches_are_told_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    metrics = Metrics("sqlite")
    both = Watches(metrics, TurnLines(), Unwatched())
    both.model_called(CALLED)
    both.slack_called("auth.test", "ok", 0.1)
    both.slack_waited("auth.test", 0.0)
    both.delivered("interactive", acked=True)
    both.turn_ended(ENDED)
    assert values(metrics.page(NOTHING))['confab_turns_total{outcome="stop"}'] == 1
    (line,) = [each for each in caplog.records if each.getMessage() == "turn"]
    facts = vars(line)[FACTS]
    assert (facts["turn"], facts["outcome"], facts["prompt_tokens"]) == (7, "stop", 100)
    assert (facts["first_token"], facts["waited"]) == (0.4, 0.01)


def test_a_comparison_belongs_to_no_turns_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    lines = TurnLines()
    lines.model_called(ModelCalled(None, "gpt", "stop", 0.1, 0.2, Usage(9)))
    lines.turn_ended(ENDED)
    assert "prompt_tokens" not in vars(caplog.records[-1])[FACTS]


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_whatever_is_in_it_a_line_is_one_line(form: str) -> None:
    line = FORMATS[form]().format(record("two\nlines", **{FACTS: {"word": 'a "b"\n\u2028c', "none": None}}))
    assert len(line.splitlines()) == 1


def test_a_json_line_is_read_back_as_it_was_meant() -> None:
    line = FORMATS["JSON"]().format(record("turn", **{FACTS: {"turn": 7, "closed": True}}))
    found = json.loads(line)
    assert (found["event"], found["level"], found["turn"], found["closed"]) == ("turn", "info", 7, True)


def test_a_logfmt_line_quotes_what_has_blanks() -> None:
    line = FORMATS["LOGFMT"]().format(record("no socket", **{FACTS: {"turn": 7, "closed": True, "a": ""}}))
    assert 'event="no socket" turn=7 closed=true a=""' in line


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_foreign_error_is_named_without_its_words(form: str) -> None:
    error = ValueError("what somebody wrote")
    line = FORMATS[form]().format(record("it broke", exc_info=(ValueError, error, None)))
    assert "ValueError" in line
    assert "somebody" not in line


@asynccontextmanager
async def doors(queue: QueueDepth | None, **parts: Callable[[], bool]) -> AsyncIterator[int]:
    async def look() -> QueueDepth:
        if queue is None:
            raise DatabaseDown("away")
        return queue

    async with AsyncExitStack() as stack:
        yield await Doors(Metrics("sqlite"), look, parts).open(stack, "127.0.0.1", 0)


async def asked(port: int, page: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{page}") as answer:
        return answer.status, await answer.text()


async def test_ready_is_who_can_answer_messages() -> None:
    async with doors(NOTHING, worker=lambda: True, socket=lambda: True) as port:
        assert (await asked(port, "/readyz"))[0] == 200


@pytest.mark.parametrize(
    ("queue", "worker", "socket"), [(None, True, True), (NOTHING, False, True), (NOTHING, True, False)]
)
async def test_who_is_not_ready_says_what_is_missing(
    queue: QueueDepth | None, *, worker: bool, socket: bool
) -> None:
    async with doors(queue, worker=lambda: worker, socket=lambda: socket) as port:
        status, said = await asked(port, "/readyz")
        assert (await asked(port, "/healthz"))[0] == 200
        assert (await asked(port, "/metrics"))[0] == 200
    assert status == 503
    assert json.loads(said) == {"database": queue is not None, "worker": worker, "socket": socket}


async def test_a_database_that_does_not_answer_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.operations.doors.PATIENCE", 0.01)

    async def look() -> QueueDepth:
        await asyncio.Event().wait()
        return NOTHING

    async with AsyncExitStack() as stack:
        port = await Doors(Metrics("sqlite"), look, {}).open(stack, "127.0.0.1", 0)
        assert await asked(port, "/readyz") == (503, '{"database": false}')


async def test_a_port_that_is_taken_is_named() -> None:
    async with doors(NOTHING) as port, AsyncExitStack() as stack:

        async def look() -> QueueDepth:
            return NOTHING

        with pytest.raises(OperatorFault) as fault:
            await Doors(Metrics("sqlite"), look, {}).open(stack, "127.0.0.1", port)
        assert f"CONFAB_OPERATIONS_PORT: 127.0.0.1:{port}" in fault.value.detail


class Rung:
    """An alarm that remembers."""

    def __init__(self) -> None:
        self.rings: list[tuple[str, str]] = []

    def ring(self, kind: str, detail: str) -> None:
        self.rings.append((kind, detail))


def test_an_outage_of_the_database_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    rung, metrics, shares = Rung(), Metrics("sqlite"), [0]
    pulse = Pulse(rung, metrics, shares.append)
    pulse.live(1)
    for _ in range(5):
        pulse.missed(DatabaseDown("SQLITE_FULL"))
    ((kind, detail),) = rung.rings
    assert kind == "database_down"
    assert detail.startswith("SQLITE_FULL: nothing can be stored")
    assert not pulse.beats()
    assert values(metrics.page(NOTHING))["confab_database_writes"] == 0
    pulse.beat()
    assert pulse.beats()
    assert values(metrics.page(NOTHING))["confab_database_writes"] == 1
    assert "stores again" in caplog.text


def test_a_database_that_starts_again_swiftly_wakes_nobody() -> None:
    rung = Rung()
    pulse = Pulse(rung, Metrics("sqlite"), lambda _: None)
    for _ in range(3):
        pulse.missed(DatabaseDown("starting up"))
        pulse.beat()
    assert not rung.rings


async def test_the_queue_is_as_deep_as_what_waits(database_url: str) -> None:
    async with opened(database_url) as room:
        assert await queue_depth(room.database, TEAM, room.clock) == NOTHING
        await room.store(question(1), question(2, within=thread(2)))
        await room.turns.claim(1)
        room.clock.pass_(12)
        assert await queue_depth(room.database, TEAM, room.clock) == QueueDepth(1, 1, 12.0)
        assert await queue_depth(room.database, "T2", room.clock) == NOTHING


async def test_a_turn_that_nobody_works_on_any_more_waits_again(database_url: str) -> None:
    async with opened(database_url) as room:
        await room.store(question(1), question(2, within=thread(2)))
        (turn,) = await room.turns.claim(1)
        await room.turns.hand_back(turn.lease, delay=60)
        await room.turns.claim(1)
        assert await queue_depth(room.database, TEAM, room.clock) == QueueDepth(1, 1, 0.0)
        room.clock.pass_(LEASE_SECONDS)
        assert await queue_depth(room.database, TEAM, room.clock) == QueueDepth(2, 0, LEASE_SECONDS)
