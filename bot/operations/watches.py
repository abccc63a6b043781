"""Several watches that are told the same."""

from bot.chat.ports.watch import ModelCalled, TurnEnded, Watch


class Watches:
    """Implements `bot.chat.ports.watch.Watch` by telling every one of them."""

    def __init__(self, *each: Watch) -> None:
        self._each = each

    def turn_ended(self, ended: TurnEnded) -> None:
        """Tell all."""
        for watch in self._each:
            watch.turn_ended(ended)

    def model_called(self, call: ModelCalled) -> None:
        """Tell all."""
        for watch in self._each:
            watch.model_called(call)

    def slack_called(self, method: str, outcome: str, seconds: float) -> None:
        """Tell all."""
        for watch in self._each:
            watch.slack_called(method, outcome, seconds)

    def slack_waited(self, method: str, seconds: float) -> None:
        """Tell all."""
        for watch in self._each:
            watch.slack_waited(method, seconds)

    def delivered(self, kind: str, *, acked: bool) -> None:
        """Tell all."""
        for watch in self._each:
            watch.delivered(kind, acked=acked)
