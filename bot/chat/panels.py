"""The panels of a person's home: the seed's three, each hidden, shown and moved at will."""

from dataclasses import dataclass
from enum import StrEnum


class Panel(StrEnum):
    """The seed: "by default there are three panels: assistant setup, chat session, and settings"."""

    SETUP = "setup"
    SESSIONS = "sessions"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Panels:
    """One person's arrangement. A hidden panel keeps its place, and has it again when it comes back."""

    order: tuple[Panel, ...] = tuple(Panel)
    hidden: frozenset[Panel] = frozenset()

    @property
    def shown(self) -> tuple[Panel, ...]:
        """What stands on the page, from top to bottom."""
        return tuple(panel for panel in self.order if panel not in self.hidden)

    def hide(self, panel: Panel) -> "Panels":
        """Close a panel."""
        return Panels(self.order, self.hidden | {panel})

    def show_only(self, panels: frozenset[Panel]) -> "Panels":
        """Show exactly these; closed ones among them come back."""
        return Panels(self.order, frozenset(self.order) - panels)

    def raise_(self, panel: Panel) -> "Panels":
        """Move a panel above the one that is shown before it; the first one stays where it is."""
        return self._moved(panel, -1)

    def lower(self, panel: Panel) -> "Panels":
        """Move a panel below the one that is shown after it; the last one stays where it is."""
        return self._moved(panel, +1)

    def _moved(self, panel: Panel, by: int) -> "Panels":
        shown = list(self.shown)
        if panel not in shown or not 0 <= shown.index(panel) + by < len(shown):
            return self
        other = shown[shown.index(panel) + by]
        swap = {panel: other, other: panel}
        return Panels(tuple(swap.get(each, each) for each in self.order), self.hidden)


def arranged(order: list[str], hidden: list[str]) -> Panels:
    """An arrangement from its stored words: unknown ones are passed over, panels it lacks come last.

    So a page that was arranged before there was a panel, or after it was gone, still works.
    """
    known = [Panel(word) for word in dict.fromkeys(order) if word in set(Panel)]
    whole = (*known, *(panel for panel in Panel if panel not in known))
    return Panels(whole, frozenset(Panel(word) for word in hidden if word in set(Panel)))
