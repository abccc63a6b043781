"""`confab check`: line by line what works, and what to do about what does not."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.errors import ConfabError, described

Show = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to try. `run` says what it found, in a line or more, or raises the fault."""

    name: str
    run: Callable[[], Awaitable[str]]


async def carry_out(checks: Sequence[Check], show: Show) -> bool:
    """Try everything, whatever fails on the way; whether all of it works."""
    works = True
    for check in checks:
        try:
            for line in (await check.run()).splitlines():
                show(f"ok     {check.name}: {line}")
        except ConfabError as error:
            works = False
            show(f"FAULT  {check.name}: {error.for_operators}")
        except Exception as error:  # noqa: BLE001 - a check that breaks is itself a finding
            works = False
            show(f"FAULT  {check.name}: {described(error)}")
    return works
