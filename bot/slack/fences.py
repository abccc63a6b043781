"""Fences of code in Markdown: which one is open where."""

import re
from dataclasses import dataclass

_FENCE = re.compile(r"^[ \t]*(?P<marker>`{3,10}|~{3,10})(?P<info>[^`\n]*)$")


@dataclass(frozen=True, slots=True)
class Fence:
    """An open fence: its marker (three backticks, say) and the language that it names."""

    marker: str
    language: str = ""

    @property
    def opening(self) -> str:
        """The line that opens it again on another page."""
        return f"{self.marker}{self.language}\n"

    def closed_by(self, marker: str, info: str) -> bool:
        """CommonMark: the same character, at least as many, and nothing after."""
        return marker[0] == self.marker[0] and len(marker) >= len(self.marker) and not info.strip()


def fence_after(text: str, fence: Fence | None = None) -> Fence | None:
    """The fence that is open at the end of a text; `fence` was open at its beginning."""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if not found:
            continue
        if fence is None:
            fence = Fence(found["marker"], found["info"].strip()[:24])
        elif fence.closed_by(found["marker"], found["info"]):
            fence = None
    return fence


def with_note(text: str, note: str) -> str:
    """The text with a sentence in italics under it, outside of any code."""
    body = text.rstrip()
    fence = fence_after(body)
    return f"{body}\n{fence.marker}\n\n_{note}_" if fence else f"{body}\n\n_{note}_"
