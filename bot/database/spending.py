"""The books of what calls cost, as `bot.chat.ports.Spending` wants them."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, partial

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.chat.ports import Clock
from bot.chat.spending import Bill, Held, Spent, total
from bot.chat.turns import Usage
from bot.database.access import Database
from bot.database.dialects import insert, one_at_a_time
from bot.database.spending_table import HELD, spending
from bot.errors import ConfabError, DailyCapReached, described

log = logging.getLogger(__name__)

DAY = 86_400

IN_TEAM = and_(spending.c.team_id == bindparam("of_team"), spending.c.day == bindparam("of_day"))
IN_CHANNEL = spending.c.channel_id == bindparam("of_channel")
COSTS = spending.c.prompt_tokens + spending.c.completion_tokens
COUNTS = or_(spending.c.held_until.is_(None), spending.c.held_until > bindparam("now"))
TAKEN = select(func.coalesce(func.sum(COSTS), 0)).where(IN_TEAM, COUNTS)
TAKEN_BY_CHANNEL = TAKEN.where(IN_CHANNEL)
OWN = spending.c.call == bindparam("of_call")
OF_EARLIER_ATTEMPTS = and_(spending.c.turn_id == bindparam("of_turn"), HELD)
FREED = spending.delete().where(or_(OWN, OF_EARLIER_ATTEMPTS))
RELEASED = spending.delete().where(OWN, HELD)
# A thousand at once: a short transaction keeps no call waiting.
PRUNED = spending.delete().where(
    spending.c.call.in_(
        select(spending.c.call)
        .where(spending.c.team_id == bindparam("of_team"), spending.c.day < bindparam("first_day"))
        .limit(1_000)
    )
)
TODAY = spending.c.day == bindparam("of_day")
SPENT = select(
    *(
        func.coalesce(func.sum(column), 0)
        for tokens in (spending.c.prompt_tokens, spending.c.completion_tokens)
        for column in (case((TODAY, tokens), else_=0), tokens)
    )
).where(
    spending.c.team_id == bindparam("of_team"),
    IN_CHANNEL,
    spending.c.day.between(bindparam("first_day"), bindparam("of_day")),
    spending.c.held_until.is_(None),
)


@cache
def _entered(backend: str) -> sqlite.Insert | postgresql.Insert:
    new = insert(backend, spending)
    replaced = {name: new.excluded[name] for name in ("prompt_tokens", "completion_tokens", "held_until")}
    return new.on_conflict_do_update(index_elements=[spending.c.call], set_=replaced)


class StoredSpending:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away.

    `daily_tokens` is the workspace's cap, None for none. `longest_call`, in seconds, is after how long a call
    that was neither settled nor released is known to be over, whatever became of its process.
    """

    def __init__(
        self, database: Database, clock: Clock, *, daily_tokens: int | None, longest_call: float
    ) -> None:
        self._database = database
        self._clock = clock
        self._daily_tokens = daily_tokens
        self._longest_call = longest_call

    async def hold(self, bill: Bill, most: Usage) -> Held:
        """Set aside the most that a call may cost; where there is no cap, nothing needs to be."""
        (held,) = await self.hold_all(bill, (most,))
        return held

    async def hold_all(self, bill: Bill, mosts: Sequence[Usage]) -> tuple[Held, ...]:
        """The same for several calls at once, in one transaction: for all of them, or for none."""
        now = self._clock()
        held = tuple(Held(secrets.token_hex(12), bill, int(now // DAY)) for _ in mosts)
        caps = {"workspace": self._daily_tokens, "channel": bill.daily_tokens}
        if held and any(cap is not None for cap in caps.values()):
            until = {"held_until": now + self._longest_call}
            rows = [_row(each, most) | until for each, most in zip(held, mosts, strict=True)]
            reached = await self._database.write(partial(_hold, rows=rows, caps=caps, now=now))
            if reached:
                most = sum(total(each) for each in mosts)
                raise DailyCapReached(
                    whose=reached, cap=caps[reached] or 0, most=most, seconds=DAY - now % DAY
                )
        return held

    async def settle(self, held: Held, usage: Usage) -> None:
        """Put what the call cost in the place of what was held."""
        row = _row(held, usage) | {"held_until": None}
        await self._database.write(lambda connection: _enter(connection, row))

    async def release(self, held: Held) -> None:
        """Free what was held."""
        await self._database.write(
            lambda connection: connection.execute(RELEASED, {"of_call": held.call}).close()
        )

    async def prune(self, team_id: str) -> int:
        """Delete what nobody counts any more; how many rows went.

        These are the days before the last month began (UTC). Today's and this month's usage never change by
        it, on whichever side of midnight a process believes itself to be, and a call that outlives its month
        still finds its own row.
        """
        which = {"of_team": team_id, "first_day": _kept_from(self._clock())}
        gone = 0
        while removed := await self._database.write(partial(_prune, which=which)):
            gone += removed
        return gone

    async def keep_pruned(
        self, team_id: str, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        """Prune now and then every day, until it is cancelled; what fails is tried again the next day."""
        while True:
            try:
                gone = await self.prune(team_id)
                log.info("pruned %d rows of what calls cost in months gone by", gone)
            except ConfabError as error:
                log.warning("what calls cost was not pruned: %s", described(error))
            await sleep(DAY)

    async def spent(self, team_id: str, channel_id: str) -> Spent:
        """What the channel's calls have cost today and since the first of the month, by UTC."""
        now = self._clock()
        today = int(now // DAY)
        which = {
            "of_team": team_id,
            "of_channel": channel_id,
            "of_day": today,
            "first_day": today - datetime.fromtimestamp(now, UTC).day + 1,
        }
        row = await self._database.read(lambda connection: connection.execute(SPENT, which).one())
        prompt_today, prompt, completion_today, completion = (int(tokens) for tokens in row)
        return Spent(Usage(prompt_today, completion_today), Usage(prompt, completion))


def _row(held: Held, usage: Usage) -> dict[str, object]:
    bill = held.bill
    return {
        "call": held.call,
        "team_id": bill.team_id,
        "channel_id": bill.channel_id,
        "day": held.day,
        "turn_id": bill.lease.turn_id if bill.lease else None,
        "person_id": bill.person_id,
        "prompt_tokens": usage.prompt,
        "completion_tokens": usage.completion,
    }


def _hold(
    connection: Connection, rows: Sequence[dict[str, object]], caps: dict[str, int | None], now: float
) -> str | None:
    """Enter the calls if every cap has room for all of them; else whose has not."""
    one = rows[0]
    one_at_a_time(connection, f"spending {one['team_id']}")
    for row in rows:
        connection.execute(FREED, {"of_call": row["call"], "of_turn": row["turn_id"]})
    most = sum(int(str(row[tokens])) for row in rows for tokens in ("prompt_tokens", "completion_tokens"))
    which = {"of_team": one["team_id"], "of_day": one["day"], "of_channel": one["channel_id"], "now": now}
    for whose, taken in (("channel", TAKEN_BY_CHANNEL), ("workspace", TAKEN)):
        cap = caps[whose]
        if cap is not None and int(connection.scalars(taken, which).one()) + most > cap:
            return whose
    for row in rows:
        _enter(connection, row)
    return None


def _enter(connection: Connection, row: dict[str, object]) -> None:
    connection.execute(_entered(connection.dialect.name), row)


def _kept_from(now: float) -> int:
    """The first day of the month before this one, counted from 1970."""
    today = datetime.fromtimestamp(now, UTC)
    last = today.replace(day=1) - timedelta(days=1)
    return int(last.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp() // DAY)


def _prune(connection: Connection, which: dict[str, object]) -> int:
    return connection.execute(PRUNED, which).rowcount
