"""Text that cannot be taken for a prompt's own markers.

Engines turn `<|im_end|>` in a message into the control token of that name, on the chat route too, and so
whoever wrote it has forged a turn. Every text that goes into a prompt passes through here first: what people
wrote, their names, topics, examples, and stored answers.
"""

import re

_OPENING = re.compile(r"<(?=[|\uff5c])")
_CLOSING = ("|>", "\uff5c>")
_ZERO_WIDTH_SPACE = "\u200b"


def neutralise(text: str) -> str:
    """The text with a zero-width space after the `<` of every `<|…|>`, which looks as it did.

    Covers each marker written on one line, known or not, with DeepSeek's full-width bars as well. A lone
    `<|`, as functional languages write it, stays. Doing it twice changes nothing more.
    """
    if "<" not in text:
        return text
    return "\n".join(map(_neutral_line, text.split("\n")))


def is_neutral(text: str) -> bool:
    """Whether no marker is left in the text."""
    return neutralise(text) == text


def _neutral_line(line: str) -> str:
    # Every opening before the last closing is a marker's, nested and overlapping ones too, in linear time.
    end = max(map(line.rfind, _CLOSING))
    if end < 0:
        return line
    return _OPENING.sub("<" + _ZERO_WIDTH_SPACE, line[:end]) + line[end:]
