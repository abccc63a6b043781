"""The root of the tree, and how an error is written into a log."""

import traceback
from pathlib import Path


class ConfabError(Exception):
    """The root: `sentence` is for people, `detail` for operators, `outcome` a short word for logs.

    `passing` says that something was out of reach for a while, whatever was asked of it.
    """

    outcome = "error"
    passing = False

    def __init__(self, sentence: str, *, detail: str = "") -> None:
        super().__init__(sentence if not detail else f"{sentence} [{detail}]")
        self.sentence = sentence
        self.detail = detail

    @property
    def for_operators(self) -> str:
        """The error on a terminal: whoever runs Confab needs the detail, too."""
        return str(self)


def described(error: BaseException) -> str:
    """An error for the log: our own by its words, a foreign one by its type and where it came from.

    A foreign error's message may quote what somebody wrote, or a token, and stays out.
    """
    if isinstance(error, ConfabError):
        return f"{error.outcome}: {error.detail or error.sentence}"
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    way = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {way or 'unknown'}"


def duration(seconds: float) -> str:
    """A stretch of time as a sentence says it."""
    whole = max(1, round(seconds))
    if whole < 90:
        return f"{whole} second{'s' if whole > 1 else ''}"
    if whole < 90 * 60:
        return f"{round(whole / 60)} minutes"
    return f"{round(whole / 3600)} hours"
