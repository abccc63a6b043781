"""What one process remembers for an hour."""

from bot.chat.recent import MEMORY, Recent


class Time:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_the_oldest_makes_room() -> None:
    recent: Recent[int, str] = Recent(Time(), most=2)
    for number in (1, 2, 1, 3):
        recent.put(number, "there")
    assert [recent.get(number) for number in (1, 2, 3)] == ["there", None, "there"]


def test_after_an_hour_nothing_is_left_of_it() -> None:
    time = Time()
    recent: Recent[int, str] = Recent(time)
    recent.put(1, "there")
    time.now += MEMORY
    assert recent.get(1) == "there"
    time.now += 1
    assert recent.get(1) is None
    recent.put(2, "there")
    assert len(recent) == 1


def test_what_is_dropped_is_given_once() -> None:
    recent: Recent[int, str] = Recent(Time())
    recent.put(1, "there")
    assert (recent.drop(1), recent.drop(1)) == ("there", None)
