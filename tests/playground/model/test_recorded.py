import json
from collections.abc import Callable

from bot.playground.model.recorded import Outcome, Recorded, Recordings


def ticking() -> Callable[[], float]:
    ticks = iter(range(100, 1000))
    return lambda: next(ticks)


def request(number: int, name: str = "turn") -> Recorded:
    return Recorded(name, f"request-{number}", "smollm2", "completions", {"stream": True}, ticking(), 200)


def event(text: str) -> bytes:
    return b"data: " + json.dumps({"choices": [{"text": text}]}).encode() + b"\n\n"


def test_an_answer_is_heard_however_it_is_torn() -> None:
    wire = (
        event("Hällo")
        + event(" there")
        + b'data: {"choices":[],"usage":{"total_tokens":3}}\n\ndata: [DONE]\n\n'
    )
    recorded = request(1)

    for at in range(len(wire)):
        recorded.heard(wire[at : at + 1])
    recorded.finish(Outcome.ANSWERED)

    assert recorded.text == "Hällo there"
    assert recorded.usage == {"total_tokens": 3}
    assert recorded.outcome is Outcome.ANSWERED


def test_times_count_from_the_start() -> None:
    recorded = request(1)

    recorded.heard(event("Hello"))
    recorded.heard(event(" there"))
    recorded.finish(Outcome.ANSWERED)

    assert (recorded.started_at, recorded.first_token_after, recorded.finished_after) == (100, 1, 2)


def test_an_answer_that_breaks_off_keeps_what_was_said() -> None:
    recorded = request(1)

    recorded.heard(event("Hello") + event(" there")[:-8])
    recorded.finish(Outcome.CUT)

    assert (recorded.text, recorded.outcome) == ("Hello", Outcome.CUT)


def test_an_error_that_spans_lines_is_understood() -> None:
    recorded = request(1)
    recorded.status = 400

    recorded.heard(b'{\n  "error": {"code": 400}\n}\n')
    recorded.finish(Outcome.ANSWERED)

    assert recorded.error == {"code": 400}
    assert recorded.outcome is Outcome.REFUSED


def test_only_the_newest_are_kept() -> None:
    recordings = Recordings(keep=2)
    for number in range(3):
        recordings.add(request(number, f"turn-{number}"))

    assert [each.id for each in recordings.all()] == ["turn-1", "turn-2"]
    assert recordings.find("turn-0") is None


def test_a_repeated_id_finds_the_last_request() -> None:
    recordings = Recordings()
    first, again = recordings.add(request(1)), recordings.add(request(2))

    assert recordings.find("turn") is again
    assert recordings.find("request-1") is first
