"""Whatever goes wrong in whatever order: the thread ends with the whole answer, once."""

import asyncio
import random
import re

import pytest

from bot.errors import SlackUnwilling
from bot.playground.workspace.faults import Moment
from tests.slack.desk import LONG, Desk, desk, short_pages
from tests.slack.virtual_time import in_virtual_time

METHODS = ("chat.startStream", "chat.appendStream", "chat.stopStream", "chat.postMessage", "chat.update")
DEATHS = ("message_not_in_streaming_state", "msg_too_long", "fatal_error")


def trouble(d: Desk, chance: random.Random) -> None:
    """One more thing that goes wrong soon."""
    method = chance.choice(METHODS)
    match chance.randrange(4):
        case 0:
            d.theirs.faults.drop_answer(method, moment=chance.choice(list(Moment)))
        case 1:
            d.theirs.faults.limit(method, chance.choice([1, 5, 30]))
        case 2 if "Stream" in method:
            d.theirs.faults.answer_error(method, chance.choice(DEATHS))
        case _:
            d.theirs.faults.latency[method] = chance.choice([0.0, 0.3, 3.0])


@pytest.mark.parametrize("seed", range(12))
@in_virtual_time
async def test_the_thread_ends_with_the_whole_answer_once(seed: int) -> None:
    chance = random.Random(seed)
    async with desk(stream_limits=short_pages()) as d:
        if chance.random() < 0.2:
            d.theirs.faults.refuse("chat.startStream")
        asked = d.asks(chance.choice(["general", "direct"]), "@Confab hello")
        for attempt in range(1, 12):
            reply = d.reply(d.turn(asked, attempt=attempt, reply_ts=tuple(d.kept)))
            try:
                for piece in re.findall(r"(?:\S+\s*){1,3}", LONG):
                    reply.write(piece)
                    if attempt < 9 and chance.random() < 0.25:
                        trouble(d, chance)
                    if attempt < 6 and chance.random() < 0.012:
                        raise SlackUnwilling("the worker", "died")  # noqa: TRY301 - as if it did
                    await asyncio.sleep(3 * chance.random())
                await reply.finish(LONG)
                break
            except SlackUnwilling:
                await reply.abandon()
        assert "\n\n".join(d.answers(asked)) == LONG
        assert not d.is_streaming(asked)
        assert sorted(d.kept) == sorted(set(d.kept))
