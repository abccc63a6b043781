"""What a call costs is held before it, and the real price put in its place after it."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest

from bot.chat.deployments import Deployment, Transport
from bot.chat.metering import PAUSES, Metered
from bot.chat.ports import Finish, Piece, Request
from bot.chat.sent import Sent
from bot.chat.setup import ChannelSettings, Effort
from bot.chat.spending import Bill, Held, Spent
from bot.chat.turns import Usage
from bot.errors import AnswerCut, AnswerEmpty, ConfabError, DailyCapReached, DatabaseDown, ModelBusy
from bot.tokens import counter

BILL = Bill("T1", "C1", daily_tokens=1_000)
REQUEST = Request("T1.1", Deployment("gpt"), ChannelSettings(max_response=100), ())
SENT = Sent("gpt", Transport.CHAT, None, {})


@dataclass
class Books:
    """Keeps what it is told; refuses where it is told that there is no room."""

    full: bool = False
    held: list[Usage] = field(default_factory=list)
    settled: list[Usage] = field(default_factory=list)
    released: int = 0

    async def hold(self, bill: Bill, most: Usage) -> Held:
        if self.full:
            raise DailyCapReached(whose="channel", cap=1_000, most=150, seconds=60)
        self.held.append(most)
        return Held("1", bill, day=0)

    async def hold_all(self, bill: Bill, mosts: Sequence[Usage]) -> tuple[Held, ...]:
        return tuple([await self.hold(bill, most) for most in mosts])

    async def settle(self, held: Held, usage: Usage) -> None:
        assert held.call == "1"
        self.settled.append(usage)

    async def release(self, held: Held) -> None:
        assert held.call == "1"
        self.released += 1

    async def spent(self, team_id: str, channel_id: str) -> Spent:
        raise NotImplementedError


@dataclass
class Speaker:
    """A model that says its parts, then ends or fails."""

    parts: tuple[Piece | Finish, ...] = ()
    fails: ConfabError | None = None
    asked: int = 0

    async def stream(self, request: Request) -> AsyncGenerator[Piece | Finish, None]:
        assert request is REQUEST
        self.asked += 1
        for part in self.parts:
            yield part
        if self.fails:
            raise self.fails

    def refused(self, deployment: Deployment, effort: Effort | None = None) -> frozenset[str]:
        raise NotImplementedError


async def listen(books: Books, speaker: Speaker, *, until: int = 100) -> str:
    said: list[str] = []
    metered = Metered(speaker, books, counter())
    try:
        async with aclosing(metered.stream(REQUEST, BILL, 50)) as stream:
            async for part in stream:
                if isinstance(part, Piece):
                    said.append(part.text)
                if len(said) >= until:
                    break
    finally:
        await metered.settled()
    return "".join(said)


async def test_the_most_is_held_before_and_the_real_price_settled_after() -> None:
    books = Books()
    price = Usage(prompt=48, completion=7, cached=40)
    said = await listen(books, Speaker((Piece("Hello"), Piece(" Ada"), Finish("stop", price, SENT))))
    assert said == "Hello Ada"
    assert (books.held, books.settled, books.released) == ([Usage(50, 100)], [price], 0)


async def test_where_there_is_no_room_the_model_is_not_asked() -> None:
    speaker = Speaker((Piece("Hello"),))
    with pytest.raises(DailyCapReached):
        await listen(Books(full=True), speaker)
    assert speaker.asked == 0


async def test_a_call_that_failed_before_a_word_is_free() -> None:
    books = Books()
    with pytest.raises(ModelBusy):
        await listen(books, Speaker(fails=ModelBusy()))
    assert (books.settled, books.released) == ([], 1)


@pytest.mark.parametrize("fails", [AnswerCut(), None])
async def test_what_was_said_before_it_broke_off_is_counted_here(fails: ConfabError | None) -> None:
    books = Books()
    speaker = Speaker((Piece("Hello"), Piece(" Ada")), fails)
    if fails:
        with pytest.raises(AnswerCut):
            await listen(books, speaker)
    else:
        await listen(books, speaker, until=2)
    [price] = books.settled
    assert price == Usage(prompt=50, completion=counter()("Hello Ada", "o200k_base"))


async def test_a_service_that_tells_no_usage_is_counted_here() -> None:
    books = Books()
    await listen(books, Speaker((Piece("Hello"), Finish("stop", Usage(), SENT))))
    assert books.settled == [Usage(prompt=50, completion=1)]


async def test_an_answer_that_was_all_thought_costs_its_whole_maximum() -> None:
    books = Books()
    with pytest.raises(AnswerEmpty):
        await listen(books, Speaker(fails=AnswerEmpty(reasoned=True)))
    assert books.settled == [Usage(50, 100)]


async def test_a_call_that_is_cut_off_from_outside_settles_its_books() -> None:
    books, spoke = Books(), asyncio.Event()

    class Slow(Speaker):
        async def stream(self, request: Request) -> AsyncGenerator[Piece | Finish, None]:
            yield Piece("Hello")
            spoke.set()
            await asyncio.Event().wait()

    listening = asyncio.create_task(listen(books, Slow()))
    await spoke.wait()
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    assert books.settled == [Usage(prompt=50, completion=1)]


@pytest.mark.parametrize("times", [3, len(PAUSES) + 1])
async def test_books_are_closed_once_the_database_is_back(
    times: int, caplog: pytest.LogCaptureFixture
) -> None:
    class Away(Books):
        tries = 0

        async def settle(self, held: Held, usage: Usage) -> None:
            self.tries += 1
            if self.tries <= times:
                raise DatabaseDown("away")
            await super().settle(held, usage)

    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    books, speaker = Away(), Speaker((Piece("Hello"), Finish("stop", Usage(48, 7), SENT)))
    metered = Metered(speaker, books, counter(), sleep=sleep)
    async with aclosing(metered.stream(REQUEST, BILL, 50)) as stream:
        assert [part async for part in stream]
    await metered.settled()
    assert slept == list(PAUSES[:times])
    assert books.settled == ([Usage(48, 7)] if times == 3 else [])
    assert ("is not in the books: database_down: away" in caplog.text) == (times > 3)


async def test_what_was_reserved_is_not_held_once_more() -> None:
    books = Books()
    metered = Metered(Speaker((Piece("Hello"), Finish("stop", Usage(48, 7), SENT))), books, counter())
    [held] = await metered.reserve(BILL, [(REQUEST, 50)])
    async with aclosing(metered.stream(REQUEST, BILL, 50, held)) as stream:
        assert [part async for part in stream]
    await metered.settled()
    assert (books.held, books.settled) == ([Usage(50, 100)], [Usage(48, 7)])
