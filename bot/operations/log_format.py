"""How a line of the log is written: logfmt or JSON, one line each whatever is in it."""

import json
import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.errors import described

FACTS = "facts"
"""The attribute of a record that has its facts by name instead of a sentence."""

_PLAIN = re.compile(r"[!#-<>-\[\]-~]+")


class Logfmt(logging.Formatter):
    """`name=value`, with quotes where a value has a space in it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        return " ".join(f"{name}={_word(value)}" for name, value in _facts(record).items())


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        return json.dumps(_facts(record), separators=(",", ":"))


FORMATS: Mapping[str, type[logging.Formatter]] = {"LOGFMT": Logfmt, "JSON": JsonLines}


def _facts(record: logging.LogRecord) -> dict[str, object]:
    """A foreign error is told by its type and place: its message may quote what somebody wrote."""
    moment = datetime.fromtimestamp(record.created, UTC)
    facts: dict[str, object] = {
        "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": record.getMessage(),
    }
    facts |= getattr(record, FACTS, {})
    if record.exc_info and (error := record.exc_info[1]) is not None:
        facts["error"] = described(error)
    return facts


def _word(value: object) -> str:
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text)
