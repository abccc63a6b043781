import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import ClauseElement, Connection, text
from sqlalchemy.sql.compiler import SQLCompiler

from bot.chat.threads import ThreadKey
from bot.chat.turns import TurnState
from bot.database import clearing, ending, homes, turns_at
from bot.database.answers import LATEST, OF_TURN
from bot.database.claiming import CLAIM
from bot.database.past import FUTURE, HOW_MANY, PAST, read_past
from bot.database.spending import SPENT, TAKEN, TAKEN_BY_CHANNEL
from bot.database.storing import thread_values
from tests.database.rooms import TEAM, Room, opened, question

ANSWERED = 100_000
THREADS = 1_000
POSTGRESQL = "postgresql"


@pytest.fixture
async def long_lived(database_url: str) -> AsyncIterator[Room]:
    """A workspace that has answered a hundred thousand turns, one thread with a tenth of them."""
    async with opened(database_url) as room:
        await room.database.write(_answered_turns)
        yield room


def _answered_turns(connection: Connection) -> None:
    ts = "CAST(1600000000 + i AS TEXT) || '.000000'"
    within = f"CASE WHEN i % 10 = 0 THEN 1 ELSE i % {THREADS} + 1 END"
    spoken = "team_id, channel_id, conversation_id, turn_id, role, author_id, ts, text, deleted"
    if connection.dialect.name == POSTGRESQL:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # no foreign keys: faster
    for table, columns, values, rows in (
        ("conversation", "team_id, channel_id, root_ts, place", f"'{TEAM}', 'C1', {ts}, 'channel'", THREADS),
        (
            "turn",
            "team_id, conversation_id, state, attempts, created_at",
            f"'{TEAM}', {within}, '{TurnState.ANSWERED}', 1, i",
            ANSWERED,
        ),
        ("message", spoken, f"'{TEAM}', 'C1', {within}, i, 'user', 'U1', {ts}, 'q', false", ANSWERED),
        ("message", spoken, f"'{TEAM}', 'C1', {within}, i, 'assistant', 'U', '', 'a', false", ANSWERED),
    ):
        _insert(connection, f"INSERT INTO {table} ({columns})", f"SELECT {values} FROM n ORDER BY i", rows)
    connection.execute(text("ANALYZE"))


def _insert(connection: Connection, insert: str, select: str, rows: int) -> None:
    """Insert what is selected for each number `i` from 1 on."""
    if connection.dialect.name == POSTGRESQL:
        numbers = f"WITH n(i) AS (SELECT generate_series(1, {rows}))"
        connection.execute(text(f"{insert} {numbers} {select}"))
    else:
        numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})"
        connection.execute(text(f"{numbers} {insert} {select}"))


def plan(connection: Connection, statement: ClauseElement, terms: dict[str, Any]) -> str:
    """The database's plan of a statement exactly as we send it, on one line."""
    compiled = statement.compile(connection, column_keys=list(terms))
    assert isinstance(compiled, SQLCompiler)
    values: Any = compiled.construct_params(terms)
    if connection.dialect.name == POSTGRESQL:
        explain = "EXPLAIN"
    else:
        explain, values = "EXPLAIN QUERY PLAN", tuple(values[name] for name in compiled.positiontup or ())
    rows = connection.exec_driver_sql(f"{explain} {compiled}", values).all()
    return " | ".join(str(row[-1]).strip() for row in rows)


async def test_a_claim_finds_what_waits_by_its_index(long_lived: Room) -> None:
    await long_lived.store(question(1))
    terms = {"of_team": TEAM, "now": 0.0, "limit": 64, "owner": "me", "lease_until": 1.0}
    said = await long_lived.database.read(lambda connection: plan(connection, CLAIM, terms))
    assert "turn_open" in said
    assert not scans(said)


async def test_the_past_is_read_by_its_index(long_lived: Room) -> None:
    terms = {"conversation_id": 1, "turn_id": ANSWERED + 1, "limit": 20}
    said = await long_lived.database.read(lambda connection: plan(connection, PAST, terms))
    assert "message_history" in said
    assert not scans(said)
    read = await long_lived.database.read(lambda connection: read_past(connection, **terms))
    assert len(read.messages) == 20
    assert read.earlier > 1_000


SPENT_BEFORE = 20_000


@pytest.mark.parametrize("statement", [TAKEN, TAKEN_BY_CHANNEL, SPENT], ids=["workspace", "channel", "usage"])
async def test_what_is_spent_is_found_by_its_index(database_url: str, statement: ClauseElement) -> None:
    async with opened(database_url) as room:
        await room.database.write(_calls)
        terms = {"of_team": TEAM, "of_channel": "C7", "of_day": 20_500, "first_day": 20_490, "now": 1.0}
        said = await room.database.read(lambda connection: plan(connection, statement, terms))
    assert not scans(said)


async def test_what_somebody_spent_besides_their_turns_is_found_by_its_index(database_url: str) -> None:
    async with opened(database_url) as room:
        await room.database.write(_calls)
        terms = {"team_id": TEAM, "person_id": "U10", "first_day": 20_590}
        said = await room.database.read(lambda connection: plan(connection, homes.SPENT_BESIDES, terms))
    assert "spending_person" in said
    assert not scans(said)


def _calls(connection: Connection) -> None:
    """Twenty thousand calls of fifty channels, over two hundred days."""
    person = "CASE WHEN i % 10 = 0 THEN 'U' || (i % 50) END"
    values = f"'call ' || i, '{TEAM}', 'C' || (i % 50), 20400 + i / 100, i, 100, 50, {person}"
    columns = "call, team_id, channel_id, day, turn_id, prompt_tokens, completion_tokens, person_id"
    _insert(connection, f"INSERT INTO spending ({columns})", f"SELECT {values} FROM n", SPENT_BEFORE)
    connection.execute(text("ANALYZE"))


async def test_a_thread_is_cleared_and_its_answers_found_by_their_indexes(long_lived: Room) -> None:
    within = {"conversation_id": 1, "turn_id": ANSWERED + 1}
    root = thread_values(ThreadKey(TEAM, "C1", "1600000001.000000"))
    asked: list[tuple[ClauseElement, dict[str, Any]]] = [
        (HOW_MANY, within),
        (clearing.ANSWERED, within),
        (clearing.LAST, within | {"before": FUTURE}),
        (ending.FIRST_SINCE, within | {"at": "1600000002.000000"}),
        (ending.SINCE, {"of_id": 1, "at": "1600000002.000000"}),
        (ending.TAKEN_AWAY, {"of_id": 1, "before": FUTURE, "until": 1.0}),
        (turns_at.RUNNING, within),
        (turns_at.ASKED_AT, within),
        (clearing.LOCKED_RUNNING, within),
        (clearing.STARTER, root),
        (LATEST, root),
        (OF_TURN, within),
    ]
    for statement, terms in asked:
        said = await long_lived.database.read(
            lambda connection, statement=statement, terms=terms: plan(connection, statement, terms)  # type: ignore[misc] # bound now
        )
        assert not scans(said), said


def scans(said: str) -> bool:
    """Whether a plan walks through a whole table."""
    steps = [step for step in said.split(" | ") if "chosen" not in step and "CTE" not in step]
    return any(step.startswith("SCAN") or "Seq Scan" in step for step in steps)


@pytest.mark.parametrize("statement", [homes.SESSIONS, homes.SPENT], ids=["sessions", "usage"])
async def test_what_is_somebodys_own_is_found_by_its_index(
    long_lived: Room, statement: ClauseElement
) -> None:
    newest = f"{1_600_000_000 + ANSWERED - 50}.000000"
    terms = {"team_id": TEAM, "person_id": "U1", "since": newest}
    said = await long_lived.database.read(lambda connection: plan(connection, statement, terms))
    assert "message_author" in said
    assert not re.search(r"(Seq Scan on|SCAN) (message|turn)", said), said
