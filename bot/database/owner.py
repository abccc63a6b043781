"""Who holds a lease, written so that a later process can prove that the holder is gone."""

import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Owner:
    """One process, from its start to its end.

    `kernel` is the running kernel's boot id and `namespace` the PID namespace's number: only together do they
    say what a pid means, for host names repeat and every machine's first namespace has the same number.
    `start` is random, since a container's processes begin with the same pids each time.
    """

    host: str
    kernel: str
    namespace: str
    pid: int
    start: str

    @classmethod
    def here(cls) -> "Owner":
        """This process; a new one each time that it is asked for."""
        return cls(
            host=socket.gethostname().replace("/", "-"),
            kernel=_kernel(),
            namespace=_namespace(),
            pid=os.getpid(),
            start=secrets.token_hex(8),
        )

    @classmethod
    def of_claim(cls, name: str) -> "Owner | None":
        """The process behind a claim's name; None for a name that was written otherwise."""
        parts = name.split("/")
        if len(parts) != 6 or not parts[3].isdecimal():
            return None
        return cls(parts[0], parts[1], parts[2], int(parts[3]), parts[4])

    def claim(self, number: int) -> str:
        """The name of one claim, never used twice: it alone fences what the claim's holder writes."""
        return f"{self.host}/{self.kernel}/{self.namespace}/{self.pid}/{self.start}/{number}"

    def knows_gone(self, other: "Owner") -> bool:
        """Whether the other process has provably ended; in doubt it has not."""
        if not (self.kernel and self.namespace) or (self.kernel, self.namespace) != (
            other.kernel,
            other.namespace,
        ):
            return False
        if other.pid == self.pid:
            return other.start != self.start
        return not _runs(other.pid)


def _kernel() -> str:
    try:
        return (PROC / "sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _namespace() -> str:
    try:
        return str((PROC / "self/ns/pid").stat().st_ino)
    except OSError:
        return ""


def _runs(pid: int) -> bool:
    """Whether a process of this number runs; one that only waits to be reaped does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        state = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state not in ("Z", "X")
