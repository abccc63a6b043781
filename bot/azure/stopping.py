"""Stop sequences, where the service does not look for them."""

from collections.abc import Iterable


class Stopping:
    """Ends a text before the first stop sequence, however the text is cut into chunks.

    The sequence that is complete first ends it, of several complete at once the longest. What may yet turn
    out to be the beginning of one is held back until the next chunk.
    """

    def __init__(self, stops: Iterable[str]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._held = ""
        self.met = False

    def feed(self, chunk: str) -> str:
        """What of the text so far can be shown now; nothing any more once a stop was met."""
        if not self._stops:
            return chunk
        if self.met:
            return ""
        text = self._held + chunk
        ends = [(at + len(stop), at) for stop in self._stops if (at := text.find(stop)) >= 0]
        if ends:
            self.met = True
            self._held = ""
            return text[: min(ends)[1]]
        keep = self._begun(text)
        self._held = text[len(text) - keep :]
        return text[: len(text) - keep]

    def rest(self) -> str:
        """What was held back, at the end of the text."""
        held, self._held = self._held, ""
        return held

    def _begun(self, text: str) -> int:
        """How many of the last characters may be the beginning of a stop sequence."""
        longest = 0
        for stop in self._stops:
            for size in range(min(len(stop) - 1, len(text)), longest, -1):
                if text.endswith(stop[:size]):
                    longest = size
                    break
        return longest
