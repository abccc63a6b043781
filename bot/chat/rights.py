"""Who may do what to a channel's setup. Pure: facts in, a right or the reason why not out."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.chat.setup import Access, Configurers


@dataclass(frozen=True, slots=True)
class Standing:
    """What Slack says of a person in a channel, asked anew at every submission.

    `full` is False for guests, for people of other organisations, for bots and for the deactivated.
    """

    person_id: str
    full: bool
    workspace_admin: bool
    member: bool
    creator: bool
    confab_admin: bool = False


class NoRight(StrEnum):
    """Why somebody may not."""

    NOT_MEMBER = "not a member of the channel"
    NOT_FULL = "a guest, or from another organisation"
    NOT_LISTED = "not among those who may change this channel"
    NOT_ADMIN = "not an admin of the workspace"


def may_configure(standing: Standing, access: Access) -> NoRight | None:
    """None if the person may change this channel's setup, else the reason.

    Guests and people of other organisations ask, never configure; admins may where they are members.
    """
    if not standing.member:
        return NoRight.NOT_MEMBER
    if not standing.full:
        return NoRight.NOT_FULL
    if standing.workspace_admin or standing.confab_admin or access.configurers is Configurers.MEMBERS:
        return None
    if standing.creator or standing.person_id in access.people:
        return None
    return NoRight.NOT_LISTED


def may_configure_workspace(standing: Standing) -> NoRight | None:
    """None if the person may change the workspace's defaults and its library of personas."""
    if standing.full and (standing.workspace_admin or standing.confab_admin):
        return None
    return NoRight.NOT_ADMIN if standing.full else NoRight.NOT_FULL


def may_read(standing: Standing, access: Access) -> NoRight | None:
    """None if the person may read the channel's system message and examples."""
    if not standing.member:
        return NoRight.NOT_MEMBER
    return None if access.open_to_read and standing.full else may_configure(standing, access)


def may_clear(standing: Standing, access: Access, starter_id: str | None) -> NoRight | None:
    """None if the person may clear a thread's chat: whoever started it, guests too, and who may configure."""
    if not standing.member:
        return NoRight.NOT_MEMBER
    return None if standing.person_id == starter_id else may_configure(standing, access)


def may_stop(standing: Standing, access: Access, askers: Collection[str]) -> NoRight | None:
    """None if the person may stop an answer or have another: who asked, and who may configure."""
    if not standing.member:
        return NoRight.NOT_MEMBER
    return None if standing.person_id in askers else may_configure(standing, access)
