"""What a reading process may not do: a hostile file is parsed with no more than this."""

import resource

MEMORY = 1 << 30
"""Bytes of address space; a page of a scanned document needs a tenth of it."""

OPEN_FILES = 32


def confine(seconds: int) -> None:
    """Give up, for the rest of this process, writing files, and more time and memory than a file is worth."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
