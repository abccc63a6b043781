"""The books of what was spent, and calls that may be too many for them."""

from datetime import UTC, datetime

from bot.chat.spending import Bill
from bot.chat.turns import Lease, Usage
from bot.database.spending import StoredSpending
from bot.errors import DailyCapReached
from tests.database.rooms import TEAM, Room

LONGEST_CALL = 660.0
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()
MOST = Usage(prompt=60, completion=40)


def books(room: Room, daily_tokens: int | None = None) -> StoredSpending:
    room.clock.now = NOON
    return StoredSpending(room.database, room.clock, daily_tokens=daily_tokens, longest_call=LONGEST_CALL)


def bill(cap: int | None = None, *, channel: str = "C1", lease: Lease | None = None) -> Bill:
    return Bill(TEAM, channel, cap, lease)


async def room_for(books: StoredSpending, bill: Bill, most: Usage = MOST) -> bool:
    try:
        await books.hold(bill, most)
    except DailyCapReached:
        return False
    return True
