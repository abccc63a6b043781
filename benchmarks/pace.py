"""How fast the stand-ins are, and what the model says."""

from dataclasses import dataclass

from bot.playground.model.scripted.answer import BEFORE_HEADERS, Answer
from bot.playground.model.scripted.asked import Asked

FIRST = "w000"
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds that a Slack call takes, that the model's first token takes, and between two tokens.

    `rates`: Slack's tiers are enforced. `mute`: the model never begins to answer.
    """

    slack: float = 0.0
    first: float = 0.0
    delay: float = 0.0
    tokens: int = 300
    rates: bool = False
    mute: bool = False

    def brain(self, _asked: Asked) -> Answer:
        """Numbered words, one token each, the last with a full stop: whoever looks knows how far it is."""
        return Answer(
            chunks=words(self.tokens),
            first_token_after=self.first,
            delay=self.delay,
            stuck_after=BEFORE_HEADERS if self.mute else None,
        )


def words(number: int) -> tuple[str, ...]:
    """The pieces of an answer of so many tokens."""
    return (FIRST, *(f" w{each:03d}" for each in range(1, number - 1)), f" w{number - 1:03d}.")


def last_word(number: int) -> str:
    """What an answer of so many tokens ends with."""
    return f"w{number - 1:03d}."


SLACK, REPLY, TTFT, TOKEN = 0.08, 0.15, 0.4, 0.012
"""Seconds of a realistic network: a Slack call, `conversations.replies`, the first token, each later one."""
