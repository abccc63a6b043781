"""How long Confab waits for a model, and how often it asks again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """All in seconds, but for `tries`.

    Args:
        connect: for a connection, and for a free one where all are in use.
        idle: between two signs of life, the first included; reasoning counts as silence.
        total: for one answer from the first byte sent to the last one read.
        tries: requests in all, as long as nothing of an answer was shown.
        patience: after this long no further try begins, however long the service asks to wait.
    """

    connect: float = 5.0
    idle: float = 30.0
    total: float = 600.0
    tries: int = 3
    patience: float = 60.0


USUAL = Limits()
