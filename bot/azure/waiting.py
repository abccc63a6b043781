"""How long to wait before asking again, as the service says it."""

import re
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime

from openai import APIError, APIStatusError

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 8.0
_IN_WORDS = re.compile(r"(?:try again in|retry after|retry in) (\d+(?:\.\d+)?) ?(ms|s|m)", re.IGNORECASE)
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0}


def named_wait(error: APIError, now: Callable[[], float] = time.time) -> float | None:
    """Seconds to wait: from `retry-after-ms`, `Retry-After` (seconds or a date), or the message."""
    if isinstance(error, APIStatusError):
        headers = error.response.headers
        if (milliseconds := _number(headers.get("retry-after-ms"))) is not None:
            return milliseconds / 1000
        if (seconds := _seconds(headers.get("retry-after"), now)) is not None:
            return seconds
    return _in_words(error.message)


def pause(tries: int, jitter: float) -> float:
    """Seconds to wait where nobody says how long: half a second, then twice that, and so on.

    `jitter`, from 0 to 1, takes away up to a quarter, so that many who failed at once do not return at once.
    """
    return min(_FIRST_PAUSE * 2.0 ** (tries - 1), _LONGEST_PAUSE) * (1 - jitter / 4)


def _seconds(header: str | None, now: Callable[[], float]) -> float | None:
    if header is None:
        return None
    if (seconds := _number(header)) is not None:
        return seconds
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - now())
    except ValueError:
        return None


def _in_words(message: str) -> float | None:
    found = _IN_WORDS.search(message)
    return float(found[1]) * _UNITS[found[2].lower()] if found else None


def _number(header: str | None) -> float | None:
    try:
        number = float(header or "")
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
