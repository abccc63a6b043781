"""Whether anything can be stored: the heartbeats that reach the database, and those that do not."""

import logging
from collections.abc import Callable

from bot.chat.ports import Alarm
from bot.errors import ConfabError
from bot.operations.metrics import Metrics

log = logging.getLogger(__name__)

MISSED = 2
"""In a row, before somebody is told: a database that starts again swiftly wakes nobody."""

WAITING = "nothing can be stored. What people write waits here for an hour, and with Slack for some minutes"


class Pulse:
    """Is told of every heartbeat; tells admins, metrics and the log of an outage once, not at each of them.

    A full disk answers every question and takes nothing: only a write shows it.

    Args:
        alarm: the way to the people who can mend it.
        metrics: where `confab_database_writes` stands.
        share: is given the number of live processes.
    """

    def __init__(self, alarm: Alarm, metrics: Metrics, share: Callable[[int], None]) -> None:
        self._alarm = alarm
        self._metrics = metrics
        self._share = share
        self._missed = 0

    def beats(self) -> bool:
        """Whether the last heartbeat was stored."""
        return not self._missed

    def beat(self) -> None:
        """A heartbeat is stored."""
        if self._missed:
            log.warning("the database stores again, after %d missed heartbeats", self._missed)
        self._missed = 0
        self._metrics.stores(well=True)

    def live(self, processes: int) -> None:
        """So many processes are alive, this one included."""
        self._metrics.replicas(processes)
        self._share(processes)

    def missed(self, error: ConfabError) -> None:
        """A heartbeat could not be stored."""
        self._missed += 1
        self._metrics.stores(well=False)
        if self._missed == MISSED:
            self._alarm.ring(error.outcome, f"{error.detail}: {WAITING}")
