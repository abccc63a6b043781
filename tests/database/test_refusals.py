"""What deployments refused is known to the next process, and for a day."""

from bot.chat.deployments import Transport
from bot.chat.ports.refusals import KEPT_FOR, ParameterRefused
from bot.chat.setup import Effort
from bot.database.refusals import StoredRefusals
from tests.database.rooms import TEAM, Room, opened


def refused(parameter: str, at: float, effort: Effort | None = None) -> ParameterRefused:
    return ParameterRefused("gpt", Transport.CHAT, effort, parameter, at)


async def test_a_refusal_outlives_its_process_within_its_own_team(database_url: str) -> None:
    async with opened(database_url) as room:
        kept = StoredRefusals(room.database, TEAM, room.clock)
        await kept.keep(refused("temperature", room.clock.now))
        await kept.keep(refused("top_p", room.clock.now, Effort.LOW))
    async with opened(database_url) as restarted:
        known = await StoredRefusals(restarted.database, TEAM, restarted.clock).known()
        assert set(known) == {
            refused("temperature", restarted.clock.now),
            refused("top_p", restarted.clock.now, Effort.LOW),
        }
        assert not await StoredRefusals(restarted.database, "T2", restarted.clock).known()


async def test_a_refusal_counts_for_a_day_from_the_last_one(room: Room) -> None:
    kept = StoredRefusals(room.database, TEAM, room.clock)
    begun = room.clock.now
    await kept.keep(refused("temperature", begun))
    await kept.keep(refused("stop", begun))
    await kept.keep(refused("stop", begun + 10))
    room.clock.pass_(KEPT_FOR)
    assert await kept.known() == (refused("stop", begun + 10),)
    room.clock.pass_(10)
    assert await kept.known() == ()
