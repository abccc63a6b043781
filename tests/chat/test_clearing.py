"""Who may clear a chat: whoever started the thread, and who may configure the channel."""

import pytest

from bot.chat.rights import NoRight, Standing, may_clear
from bot.chat.setup import Access, Configurers

LISTED = Access(Configurers.LISTED, people=("ULISTED",))
OPEN = Access()


def person(name: str, *, full: bool = True, member: bool = True, admin: bool = False) -> Standing:
    return Standing(name, full=full, workspace_admin=admin, member=member, creator=False)


@pytest.mark.parametrize(
    ("standing", "access", "refused"),
    [
        (person("UADA"), LISTED, None),
        (person("UADA", full=False), OPEN, None),
        (person("UADA", member=False), OPEN, NoRight.NOT_MEMBER),
        (person("UGRACE"), OPEN, None),
        (person("UGRACE"), LISTED, NoRight.NOT_LISTED),
        (person("ULISTED"), LISTED, None),
        (person("UGRACE", admin=True), LISTED, None),
        (person("UGUEST", full=False), OPEN, NoRight.NOT_FULL),
        (person("UOUT", member=False, admin=True), OPEN, NoRight.NOT_MEMBER),
    ],
)
def test_the_starter_and_who_may_configure_may_clear(
    standing: Standing, access: Access, refused: NoRight | None
) -> None:
    assert may_clear(standing, access, "UADA") is refused


def test_a_thread_that_nobody_started_is_not_everybodys() -> None:
    assert may_clear(person("UGUEST", full=False), OPEN, None) is NoRight.NOT_FULL
