"""One line in the log for every attempt at a turn: ids, waits, tokens and the outcome."""

import logging
from collections import defaultdict

from bot.chat.ports.watch import ModelCalled, TurnEnded
from bot.operations.log_format import FACTS

log = logging.getLogger(__name__)

_MOST_TURNS = 1_000


class TurnLines:
    """Implements `bot.chat.ports.watch.Watch`: gathers what belongs to a turn until it ends."""

    def __init__(self) -> None:
        self._calls: defaultdict[int, list[ModelCalled]] = defaultdict(list)

    def turn_ended(self, ended: TurnEnded) -> None:
        """Write the line."""
        facts = {
            "turn": ended.turn_id,
            "attempt": ended.attempt,
            "team": ended.thread.team_id,
            "channel": ended.thread.channel_id,
            "thread": ended.thread.root_ts,
            "outcome": ended.outcome,
            "closed": ended.final,
            "waited": round(ended.waited, 3),
            "took": round(ended.took, 3),
        }
        for call in self._calls.pop(ended.turn_id, ())[-1:]:
            facts |= {
                "deployment": call.deployment,
                "model": call.outcome,
                "first_token": None if call.first is None else round(call.first, 3),
                "model_took": round(call.took, 3),
                "prompt_tokens": call.usage.prompt,
                "cached_tokens": call.usage.cached,
                "completion_tokens": call.usage.completion,
                "reasoned_tokens": call.usage.reasoned,
            }
        log.info("turn", extra={FACTS: facts})

    def model_called(self, call: ModelCalled) -> None:
        """Keep it for the line of its turn."""
        if call.turn_id is not None:
            if len(self._calls) > _MOST_TURNS:
                self._calls.clear()
            self._calls[call.turn_id].append(call)

    def slack_called(self, method: str, outcome: str, seconds: float) -> None:
        """Nothing for this line."""

    def slack_waited(self, method: str, seconds: float) -> None:
        """Nothing for this line."""

    def delivered(self, kind: str, *, acked: bool) -> None:
        """Nothing for this line."""
