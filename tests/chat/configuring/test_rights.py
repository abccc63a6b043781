"""Who may do what, by every route: asked anew at each submission, whatever a view showed before."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import product

import pytest

from bot.chat.outcomes import NotAllowed, Opened
from bot.chat.rights import NoRight, Standing, may_configure, may_configure_workspace, may_read
from bot.chat.setup import Access, Configurers, Persona, Setup
from bot.chat.versions import WORKSPACE, DraftKey
from tests.chat.configuring.desk import Desk, key
from tests.chat.configuring.roster import CHANNEL, NOBODY, TEAM

LISTED = Access(Configurers.LISTED, ("friend",))

Route = Callable[[Desk, DraftKey], Awaitable[object]]

EDITS: dict[str, Route] = {
    "persona": lambda desk, by: desk.configuring.set_persona(
        by, None, name="X", icon="", system_message="", greeting=""
    ),
    "choose": lambda desk, by: desk.configuring.choose_persona(by, None, "xbox-support"),
    "add example": lambda desk, by: desk.configuring.add_example(by, None, "a", "b"),
    "edit example": lambda desk, by: desk.configuring.edit_example(by, None, 0, "a", "b"),
    "remove example": lambda desk, by: desk.configuring.remove_example(by, None, 0),
    "move example": lambda desk, by: desk.configuring.move_example(by, None, 0, 1),
    "settings": lambda desk, by: desk.configuring.set_settings(by, None, {"temperature": "0"}),
    "reset in the draft": lambda desk, by: desk.configuring.reset_settings(by, None),
    "access": lambda desk, by: desk.configuring.set_access(
        by, None, configurers=Configurers.MEMBERS, people=(), open_to_read=True
    ),
    "import": lambda desk, by: desk.configuring.import_setup(by, None, "{}"),
    "publish": lambda desk, by: desk.publishing.publish(by, None),
    "publish over": lambda desk, by: desk.publishing.publish(by, None, over=99),
    "restore": lambda desk, by: desk.publishing.restore(by, 1, over=1),
    "reset": lambda desk, by: desk.publishing.reset_settings(by),
}

PEOPLE = {
    "member": Standing("member", full=True, workspace_admin=False, member=True, creator=False),
    "creator": Standing("creator", full=True, workspace_admin=False, member=True, creator=True),
    "friend": Standing("friend", full=True, workspace_admin=False, member=True, creator=False),
    "admin": Standing("admin", full=True, workspace_admin=True, member=True, creator=False),
    "root": Standing("root", full=True, workspace_admin=False, member=True, creator=False, confab_admin=True),
    "guest": Standing("guest", full=False, workspace_admin=False, member=True, creator=True),
    "admin outside": Standing("admin", full=True, workspace_admin=True, member=False, creator=False),
    "stranger": Standing("stranger", full=True, workspace_admin=False, member=False, creator=False),
}


@pytest.mark.parametrize(
    ("who", "open_to_members", "listed", "workspace"),
    [
        ("member", None, NoRight.NOT_LISTED, NoRight.NOT_ADMIN),
        ("creator", None, None, NoRight.NOT_ADMIN),
        ("friend", None, None, NoRight.NOT_ADMIN),
        ("admin", None, None, None),
        ("root", None, None, None),
        ("guest", NoRight.NOT_FULL, NoRight.NOT_FULL, NoRight.NOT_FULL),
        ("admin outside", NoRight.NOT_MEMBER, NoRight.NOT_MEMBER, None),
        ("stranger", NoRight.NOT_MEMBER, NoRight.NOT_MEMBER, NoRight.NOT_ADMIN),
    ],
)
def test_who_may_configure(
    who: str, open_to_members: NoRight | None, listed: NoRight | None, workspace: NoRight | None
) -> None:
    assert may_configure(PEOPLE[who], Access()) is open_to_members
    assert may_configure(PEOPLE[who], LISTED) is listed
    assert may_configure_workspace(PEOPLE[who]) is workspace


@pytest.mark.parametrize(("who", "listed"), tuple(product(PEOPLE, (True, False))))
def test_who_may_read(who: str, listed: bool) -> None:
    standing = PEOPLE[who]
    access = replace(LISTED if listed else Access(), open_to_read=True)
    if not standing.member or not standing.full:
        assert may_read(standing, access) is not None
    else:
        assert may_read(standing, access) is None
    closed = replace(access, open_to_read=False)
    assert may_read(standing, closed) is may_configure(standing, closed)


@pytest.mark.parametrize("route", EDITS)
@pytest.mark.parametrize(
    ("person", "reason"),
    [("stranger", NoRight.NOT_MEMBER), ("guest", NoRight.NOT_FULL), ("ada", NoRight.NOT_LISTED)],
)
async def test_no_route_lets_anybody_change_what_they_may_not(
    small_desk: Desk, route: str, person: str, reason: NoRight
) -> None:
    desk = small_desk
    await desk.setups.publish(TEAM, CHANNEL, Setup(access=LISTED), "grace")
    before = await desk.current()
    assert await EDITS[route](desk, key(person)) == NotAllowed(reason)
    assert await desk.current() == before
    assert await desk.drafts.of(key(person)) is None


@pytest.mark.parametrize("route", EDITS)
async def test_a_right_that_was_lost_since_the_view_was_opened_is_lost(small_desk: Desk, route: str) -> None:
    desk = small_desk
    await desk.published("First")
    await desk.configuring.add_example(key(), None, "a", "b")
    draft, before = await desk.draft(), await desk.current()
    desk.roster.members[CHANNEL].discard("ada")
    assert await EDITS[route](desk, key()) == NotAllowed(NoRight.NOT_MEMBER)
    desk.roster.members[CHANNEL].add("ada")
    assert (await desk.draft(), await desk.current()) == (draft, before)


@pytest.mark.parametrize("route", EDITS)
@pytest.mark.parametrize("person", ["grace", "boss"])
async def test_the_creator_and_admins_may_where_others_may_not(
    small_desk: Desk, route: str, person: str
) -> None:
    await small_desk.setups.publish(TEAM, CHANNEL, Setup(access=LISTED), "grace")
    assert not isinstance(await EDITS[route](small_desk, key(person)), NotAllowed)


@pytest.mark.parametrize("route", EDITS)
async def test_the_workspaces_default_is_its_admins(small_desk: Desk, route: str) -> None:
    for person in ("ada", "grace"):
        assert await EDITS[route](small_desk, key(person, WORKSPACE)) == NotAllowed(NoRight.NOT_ADMIN)
    for person in ("boss", "root"):
        assert not isinstance(await EDITS[route](small_desk, key(person, WORKSPACE)), NotAllowed)


async def test_a_draft_cannot_grant_itself_a_right(small_desk: Desk) -> None:
    """What counts is the published access, not the one in the draft."""
    desk = small_desk
    await desk.configuring.set_access(
        key(), None, configurers=Configurers.LISTED, people=["ada"], open_to_read=True
    )
    await desk.setups.publish(TEAM, CHANNEL, Setup(access=LISTED), "grace")
    assert await desk.publishing.publish(key(), None, over=1) == NotAllowed(NoRight.NOT_LISTED)


async def test_who_may_only_read_sees_what_is_published_and_why_not_more(desk: Desk) -> None:
    persona = Persona("Xbox", "The code word is swordfish.", greeting="Hello")
    await desk.setups.publish(TEAM, CHANNEL, Setup(persona, access=LISTED), "grace")
    opened = await desk.configuring.open(key())
    assert isinstance(opened, Opened)
    assert (opened.right, opened.readable) == (NoRight.NOT_LISTED, True)
    assert opened.draft.setup.persona == persona


@pytest.mark.parametrize("person", ["ada", "guest"])
async def test_a_closed_system_message_is_not_shown(desk: Desk, person: str) -> None:
    closed = replace(LISTED, open_to_read=False)
    persona = Persona("Xbox", "The code word is swordfish.", greeting="Hello")
    await desk.setups.publish(TEAM, CHANNEL, Setup(persona, access=closed, foreign='{"a": 1}'), "grace")
    opened = await desk.configuring.open(key(person))
    assert isinstance(opened, Opened)
    assert not opened.readable
    assert opened.draft.setup.persona == opened.newest.persona == Persona("Xbox", "")
    assert opened.draft.setup.foreign == opened.newest.foreign == ""
    assert isinstance(await desk.publishing.export(key(person)), NotAllowed)


async def test_strangers_see_nothing(desk: Desk) -> None:
    stranger = key("stranger")
    assert await desk.configuring.open(stranger) == NotAllowed(NoRight.NOT_MEMBER)
    assert await desk.publishing.history(stranger) == NotAllowed(NoRight.NOT_MEMBER)
    assert await desk.publishing.export(stranger) == NotAllowed(NoRight.NOT_MEMBER)
    member = key("ada", WORKSPACE)
    assert await desk.configuring.open(member) == NotAllowed(NoRight.NOT_ADMIN)
    assert await desk.publishing.history(member) == NotAllowed(NoRight.NOT_ADMIN)
    assert await desk.publishing.export(member) == NotAllowed(NoRight.NOT_ADMIN)


async def test_rights_are_asked_at_every_verb(small_desk: Desk) -> None:
    for number, route in enumerate(EDITS.values(), 1):
        await route(small_desk, key())
        assert small_desk.roster.asked == number


def test_nobody_is_nothing() -> None:
    assert may_configure(NOBODY, Access()) is NoRight.NOT_MEMBER
