import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.messages import Message, Role
from bot.chat.passed_over import NOBODY, PassedOver
from bot.chat.setup import ContextMode
from bot.chat.window import Room, fit, included
from bot.errors import QuestionTooLong, SetupTooLong


def message(number: int, role: Role = Role.USER) -> Message:
    return Message(number, role, "UADA", f"{number}.0", f"text {number}")


def conversation(past: int, questions: int) -> tuple[list[Message], list[Message]]:
    return [message(n) for n in range(past)], [message(n) for n in range(past, past + questions)]


@given(
    sizes=st.lists(st.integers(1, 50), min_size=1, max_size=40),
    questions=st.integers(1, 5),
    left=st.integers(1, 800),
)
def test_the_window_is_the_longest_tail_that_fits(sizes: list[int], questions: int, left: int) -> None:
    questions = min(questions, len(sizes))
    past, new = conversation(len(sizes) - questions, questions)
    by_id = dict(enumerate(sizes))
    room = Room(context=left + 30, fixed=20, response=10)
    if min(sizes[-questions:]) > left:
        with pytest.raises(QuestionTooLong):
            fit(past, new, by_id, room)
        return
    window = fit(past, new, by_id, room)
    kept = [m.id for m in (*window.past, *window.questions)]
    able = [m.id for m in (*past, *new) if m in past or by_id[m.id] <= left]
    assert kept == able[len(able) - len(kept) :]
    assert window.questions
    assert window.tokens + room.response <= room.context
    if len(kept) < len(able):
        assert sum(by_id[id_] for id_ in able[-len(kept) - 1 :]) > left


@given(sizes=st.lists(st.integers(1, 50), min_size=1, max_size=6), left=st.integers(1, 120))
def test_each_question_is_in_the_window_or_passed_over_for_one_reason(sizes: list[int], left: int) -> None:
    past, new = conversation(2, len(sizes))
    by_id = dict(enumerate([5, 5, *sizes]))
    if min(sizes) > left:
        return
    window = fit(past, new, by_id, Room(context=left, fixed=0, response=0))
    over = window.passed_over
    read = [each.ts for each in window.questions]
    assert sorted([*read, *over.crowded, *over.too_long]) == sorted(each.ts for each in new)
    assert over.too_long == {each.ts: by_id[each.id] for each in new if by_id[each.id] > left}
    assert not (over.crowded and window.past)
    assert over.room == (left if over.too_long else 0)


def test_where_only_past_messages_have_no_room_no_question_is_passed_over() -> None:
    past, new = conversation(3, 2)
    window = fit(past, new, dict.fromkeys(range(5), 10), Room(context=30, fixed=0, response=0))
    assert ([each.id for each in window.past], window.passed_over) == ([2], NOBODY)


def test_a_question_too_long_on_its_own_takes_nothing_from_the_others_or_the_past() -> None:
    past, new = conversation(2, 3)
    sizes = {0: 5, 1: 5, 2: 10, 3: 10, 4: 100}
    window = fit(past, new, sizes, Room(context=30, fixed=0, response=0))
    assert [each.id for each in (*window.past, *window.questions)] == [0, 1, 2, 3]
    assert window.passed_over == PassedOver(too_long={"4.0": 100}, room=30)


def test_nothing_fits_beside_a_setup_that_fills_the_context() -> None:
    past, new = conversation(0, 1)
    with pytest.raises(SetupTooLong):
        fit(past, new, {0: 1}, Room(context=100, fixed=60, response=40))


def test_a_message_too_long_on_its_own_is_refused_and_says_how_much_room_there_is() -> None:
    past, new = conversation(2, 1)
    with pytest.raises(QuestionTooLong, match="about 5,000 tokens, and I have room for 3,200"):
        fit(past, new, {0: 1, 1: 1, 2: 5_000}, Room(context=4_096, fixed=96, response=800))


SIZES = st.sampled_from([0, 1, 2, 3, 4, 10, 11, 1_000]) | st.integers(0, 60)


@given(total=st.integers(0, 5_000), most=SIZES)
def test_the_exact_mode_includes_exactly_as_many_as_there_may_be(total: int, most: int) -> None:
    assert included(total, most, ContextMode.EXACT) == min(total, most)


@given(total=st.integers(0, 5_000), most=SIZES)
def test_the_economical_mode_includes_about_half_of_them_or_more(total: int, most: int) -> None:
    kept = included(total, most, ContextMode.ECONOMICAL)
    assert kept <= most
    if total <= most:
        assert kept == total
    else:
        assert kept >= most / 2 - 1


@given(most=st.integers(4, 60).filter(lambda most: most % 2 == 0), exchanges=st.integers(0, 200))
def test_the_economical_windows_beginning_stays_for_turns_and_is_a_question(
    most: int, exchanges: int
) -> None:
    """Of a conversation in which each question has its answer."""
    begins = [
        2 * n - included(2 * n, most, ContextMode.ECONOMICAL) for n in range(exchanges, exchanges + most)
    ]
    assert begins == sorted(begins)
    assert all(begin % 2 == 0 for begin in begins)
    assert len(set(begins)) <= len(begins) // (most // 4) + 2


def test_ten_messages_economically_keep_their_beginning_for_three_turns() -> None:
    totals = range(0, 32, 2)
    begins = [total - included(total, 10, ContextMode.ECONOMICAL) for total in totals]
    assert begins == [0, 0, 0, 0, 0, 0, 6, 6, 6, 12, 12, 12, 18, 18, 18, 24]
