"""What a daily cap on tokens leaves no room for."""

from bot.errors.root import ConfabError, duration


class DailyCapReached(ConfabError):
    """A call was not made, because the day's tokens might not do for it.

    `whose` is "channel" or "workspace", `cap` their tokens a day, `most` what the call might have taken, and
    `seconds` what is left of the UTC day.
    """

    outcome = "daily_cap"

    def __init__(self, *, whose: str, cap: int, most: int, seconds: float) -> None:
        super().__init__(
            f"This {whose}'s {cap:,} tokens for today are used up, or nearly so: "
            f"there will be new ones at midnight UTC, in {duration(seconds)}."
            if most <= cap
            else f"This could take {most:,} tokens, more than this {whose} has in a whole day ({cap:,}): "
            "a smaller maximum response or fewer past messages would make it fit."
        )
        self.whose = whose
