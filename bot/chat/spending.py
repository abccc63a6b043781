"""What calls of a model cost, in tokens: counted by the UTC day, which is when daily caps begin anew."""

from dataclasses import dataclass

from bot.chat.turns import Lease, Usage


@dataclass(frozen=True, slots=True)
class Bill:
    """Who pays for a call. `daily_tokens` is the channel's own cap; None is none.

    A call for a turn names its lease: a later attempt at the turn frees what an earlier one held. A call for
    none names `person_id`, whose own usage counts it; a turn is counted for whoever asked.
    """

    team_id: str
    channel_id: str
    daily_tokens: int | None = None
    lease: Lease | None = None
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A call that was allowed; `day` is the one that pays, counted from 1970."""

    call: str
    bill: Bill
    day: int


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens of a channel, today and this month, both by UTC; tries and comparisons are in it."""

    today: Usage
    month: Usage


def total(usage: Usage) -> int:
    """What counts against a cap: prompt and completion, cached and reasoned ones included."""
    return usage.prompt + usage.completion
