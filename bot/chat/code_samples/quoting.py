"""Any text as a literal of Python or JSON: exactly that text again, and nothing in it hidden from the eye.

What does not print (control characters, zero-width spaces, marks that turn the direction of writing) is
escaped, so that a sample reads as it runs. Letters of every script and emoji stay themselves.
"""

import json
import re
from typing import Any

_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_INDENT = "    "


def python_literal(value: object, depth: int = 0) -> str:
    """A value of JSON's kinds as Python source; text of several lines stands on as many.

    `depth` is how far the line that it begins on is indented.
    """
    if isinstance(value, str):
        return _python_text(value, depth)
    if isinstance(value, dict):
        entries = [f"{_python_line(name)}: {python_literal(each, depth + 1)}" for name, each in value.items()]
        return _enclosed("{", entries, "}", depth)
    if isinstance(value, list | tuple):
        return _enclosed("[", [python_literal(each, depth + 1) for each in value], "]", depth)
    return repr(value)


def json_text(value: Any) -> str:  # whatever JSON holds
    """A value as indented JSON. No line of it begins with a letter, so that it can stand in a heredoc."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(character if _shows(character) else _in_json(character) for character in written)


def _python_text(text: str, depth: int) -> str:
    lines = [line for line in re.split(r"(?<=\n)", text) if line]
    if len(lines) <= 1:
        return _python_line(text)
    inner = "".join(f"{_INDENT * (depth + 1)}{_python_line(line)}\n" for line in lines)
    return f"(\n{inner}{_INDENT * depth})"


def _python_line(text: str) -> str:
    shown = (_SHORT.get(each) or (each if each.isprintable() else _in_python(each)) for each in text)
    return f'"{"".join(shown)}"'


def _in_python(character: str) -> str:
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _shows(character: str) -> bool:
    return character.isprintable() or character == "\n"


def _in_json(character: str) -> str:
    code = ord(character)
    if code <= 0xFFFF:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _enclosed(opening: str, entries: list[str], closing: str, depth: int) -> str:
    flat = f"{opening}{', '.join(entries)}{closing}"
    if not entries or ("\n" not in flat and len(flat) <= 80):
        return flat
    inner = "".join(f"{_INDENT * (depth + 1)}{entry},\n" for entry in entries)
    return f"{opening}\n{inner}{_INDENT * depth}{closing}"
