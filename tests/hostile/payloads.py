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
UNKNOWN = ("reaction_added", "channel_rename", "team_join", "assistant_thread_started", SECRET)
EXTRA = ("subtype", "thread_ts", "bot_id", "edited", "message", "files")


def spoilt(genuine: Sequence[tuple[str, Payload]]) -> st.SearchStrategy[tuple[str, Payload]]:
    """One of the genuine payloads with one to four places of it missing, replaced or of another kind."""

    @st.composite
    def draw_one(draw: st.DrawFn) -> tuple[str, Payload]:
        kind, whole = draw(st.sampled_from(genuine))
        payload = copy.deepcopy(whole)
        for _ in range(draw(st.integers(1, 4))):
            _spoil(draw, payload)
        return kind, payload

    return draw_one()


def _spoil(draw: st.DrawFn, payload: Payload) -> None:
    paths = _paths(payload)
    if not paths:
        return
    *way, last = draw(st.sampled_from(paths))
    holder: Any = payload
    for step in way:
        holder = holder[step]
    what = draw(st.sampled_from(("drop", "garbage", "garbage", "subtype", "unknown", "text", "more")))
    if what == "drop":
        del holder[last]
    elif what == "more" and isinstance(holder, dict):
        holder[draw(st.sampled_from(EXTRA))] = copy.deepcopy(draw(st.sampled_from(GARBAGE)))
    elif what == "subtype" and isinstance(payload.get("event"), dict):
        payload["event"]["subtype"] = draw(st.sampled_from(SUBTYPES))
    elif what == "unknown" and isinstance(payload.get("event"), dict):
        payload["event"]["type"] = draw(st.sampled_from(UNKNOWN))
    elif what == "text":
        holder[last] = SECRET + draw(st.text(st.characters(), max_size=60))
    else:
        holder[last] = copy.deepcopy(draw(st.sampled_from(GARBAGE)))


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
