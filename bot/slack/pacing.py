"""How many replies show progress at once, which is what their shares of a rate depend on."""

from bot.slack.governor import Governor

_PACED_BY = {"chat.startStream": "chat.appendStream", "chat.postMessage": "chat.update"}


class Pacing:
    """One reply, counted with the one method by which it goes on."""

    def __init__(self, governor: Governor) -> None:
        self._governor = governor
        self._method: str | None = None

    def by(self, method: str) -> None:
        """Count it with what follows that call."""
        going_on = _PACED_BY.get(method, method)
        if going_on != self._method:
            self.end()
            self._method = going_on
            self._governor.begin(going_on)

    def end(self) -> None:
        """Count it no more."""
        method, self._method = self._method, None
        if method is not None:
            self._governor.end(method)
