"""Payloads as Slack sends them, spoilt in every way that JSON allows."""

import copy
from collections.abc import Sequence
from typing import Any, TypeAlias

from hypothesis import strategies as st

Payload: TypeAlias = dict[str, Any]
Path: TypeAlias = tuple[str | int, ...]

SECRET = "sour gooseberry"
"""In every text that is sent: what of it turns up in a log has leaked."""

_DEEP: Any = SECRET
for _ in range(200):
    _DEEP = {"type": "rich_text_section", "elements": [_DEEP]}

GARBAGE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**400, 2**63, 1e308, float("inf"), float("nan")),
    *("", " ", [], {}, [[]], [None], "D", "U" * 70, "9" * 400, "message_changed", "no_such_subtype"),
    *(f"{SECRET} " * 4_000, f"{SECRET}\ud800", f"\x00{SECRET}\x1b[2J\u202e", f"<!channel> {SECRET}", SECRET),
    *("99999999999.999999", "0.0", "-1.5", "1e9.1", "2147483648000.000001"),
    *(_DEEP, [_DEEP] * 3, {"ts": 5, "text": [SECRET]}, {"id": {"id": SECRET}}, {SECRET: SECRET, "": ""}),
)
SUBTYPES = (
    *("bot_message", "channel_join", "message_replied", "file_share", "me_message", "thread_broadcast"),
    *("message_changed", "message_deleted", "tombstone", "reminder_add", "huddle_thread"),
)
UNKNOWN = ("channel_rename", "team_join", "assistant_thread_started", SECRET)
EXTRA = ("subtype", "thread_ts", "bot_id", "edited", "message", "files")
HEARTS: tuple[Path, ...] = (
    *(("event",), ("actions", 0), ("message",), ("text",), ("value",), ("callback_id",)),
    *(("view", "state"), ("view", "private_metadata"), ("view", "callback_id")),
)


def spoilt(
    batch: Sequence[tuple[str, Payload]], others: Sequence[tuple[str, Payload]]
) -> st.SearchStrategy[list[tuple[str, Payload]]]:
    """Each of the batch, one to four places of it missing, replaced, or as they are in one of the others."""

    @st.composite
    def draw_all(draw: st.DrawFn) -> list[tuple[str, Payload]]:
        payloads = [(kind, copy.deepcopy(whole)) for kind, whole in batch]
        for _, payload in payloads:
            for _ in range(draw(st.integers(1, 4))):
                _spoil(draw, payload, draw(st.sampled_from(others))[1])
        return payloads

    return draw_all()


def _spoil(draw: st.DrawFn, payload: Payload, other: Payload) -> None:
    if not (path := _somewhere(draw, payload)):
        return
    holder, last, event = _at(payload, path[:-1]), path[-1], payload.get("event")
    ways = ["drop", "garbage", "garbage", "text", "other", *(["more"] if isinstance(holder, dict) else [])]
    what = draw(st.sampled_from([*ways, *(["subtype", "unknown"] if isinstance(event, dict) else [])]))
    if what == "drop":
        del holder[last]
    elif what == "more":
        holder[draw(st.sampled_from(EXTRA))] = copy.deepcopy(draw(st.sampled_from(GARBAGE)))
    elif what == "subtype":
        payload["event"]["subtype"] = draw(st.sampled_from(SUBTYPES))
    elif what == "unknown":
        payload["event"]["type"] = draw(st.sampled_from(UNKNOWN))
    elif what == "text":
        holder[last] = SECRET + draw(st.text(st.characters(), max_size=60))
    elif what == "other":
        holder[last] = copy.deepcopy(_at(other, path))
    else:
        holder[last] = copy.deepcopy(draw(st.sampled_from(GARBAGE)))


def _somewhere(draw: st.DrawFn, payload: Payload) -> Path:
    """One of its places, every other time one that Confab reads: a view has hundreds that it does not."""
    if not (paths := _paths(payload)):
        return ()
    starts = [heart for heart in HEARTS if heart in paths]
    if not starts or draw(st.booleans()):
        starts = list(dict.fromkeys(path[:2] for path in paths))
    start = draw(st.sampled_from(starts))
    return draw(st.sampled_from([path for path in paths if path[: len(start)] == start]))


def _at(value: Any, path: Path) -> Any:
    """What stands there; None where that place is not."""
    for step in path:
        try:
            value = value[step]
        except (TypeError, KeyError, IndexError):
            return None
    return value


def _paths(value: Any, before: Path = ()) -> list[Path]:
    """Every place in a value, the outer ones first; of what is deep, the first six levels."""
    if len(before) > 6:
        return []
    steps: list[str | int] = []
    if isinstance(value, dict):
        steps = list(value)
    elif isinstance(value, list):
        steps = list(range(len(value)))
    return [(*before, step) for step in steps] + [
        path for step in steps for path in _paths(value[step], (*before, step))
    ]
