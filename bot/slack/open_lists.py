"""Lists in Markdown: whose items are open where a page ends."""

import re
from dataclasses import dataclass

from bot.slack.fences import Fence, fence_after

_ITEM = re.compile(r"(?P<indent> *)(?P<marker>[-*+]|\d{1,9}[.)])(?P<gap> +)(?=\S)")
_BREAKS_OFF = re.compile(r"#{1,6} |\||`{3}|~{3}|>")
_DEEPEST = 8
_WIDEST = 40  # columns of indentation


@dataclass(frozen=True, slots=True)
class Item:
    """An open item: the columns where its marker and its text begin."""

    indent: int
    marker: str
    content: int

    @property
    def opening(self) -> str:
        """The item's marker once more, as wide as it was, so that what is indented under it still belongs."""
        return f"{' ' * self.indent}{self.marker}".ljust(self.content) + "…"


@dataclass(frozen=True, slots=True)
class OpenLists:
    """The items around the end of a text, the outermost first."""

    items: tuple[Item, ...] = ()
    after_blank: bool = False

    def after(self, text: str, fence: Fence | None = None) -> "OpenLists":
        """What is open after more text, which `fence` was open at the beginning of."""
        found = self
        for line in text.expandtabs(4).removesuffix("\n").split("\n"):
            inside, fence = fence, fence_after(line, fence)
            if inside is None:
                found = found._after_line(line)
        return found

    def opening(self, rest: str, *, within_line: bool) -> str:
        """What stands above `rest`, which goes on here: with it, items keep their numbers and their depth."""
        if within_line:
            return "\n".join(each.opening for each in self.items) + (" " if self.items else "")
        line = rest[:_WIDEST].expandtabs(4).partition("\n")[0]
        indent = _indent(line) if line.strip() or len(line) >= _WIDEST else 0
        return "".join(f"{each.opening}\n" for each in self.items if each.content <= indent)

    def _after_line(self, line: str) -> "OpenLists":
        if not line.strip():
            return OpenLists(self.items, after_blank=True)
        found = _ITEM.match(line)
        if found is None:
            lazy = not self.after_blank and not _BREAKS_OFF.match(line.lstrip())
            return OpenLists(self.items if lazy else self._around(_indent(line)))
        item = Item(len(found["indent"]), found["marker"], found.end())
        return OpenLists((*self._around(item.indent), item)[:_DEEPEST])

    def _around(self, indent: int) -> tuple[Item, ...]:
        return tuple(each for each in self.items if each.content <= indent)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
