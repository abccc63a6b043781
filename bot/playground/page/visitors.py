"""Whom one may speak as: the people of the team, a guest, and somebody of another organisation."""

from bot.playground.page import texts
from bot.playground.workspace import ChannelKind, Person, Workspace
from bot.playground.workspace.team import new_id

SHARED = "with-partners"
"""The channel that another organisation shares, by Slack Connect."""


def let_visitors_in(workspace: Workspace) -> None:
    """A guest of one channel, and somebody from elsewhere in a shared one: their rights differ."""
    joan = workspace.add_person("Joan", real_name="Joan Clarke", is_single_channel_guest=True)
    alan = workspace.add_person("Alan", real_name="Alan Turing", team_id=new_id("T"))
    workspace.team.add_member(workspace.xbox_support, joan)
    members = (workspace.ada, workspace.grace, alan, workspace.confab)
    workspace.team.add_channel(SHARED, members, topic="Shared with another organisation", is_shared=True)


def people_of(workspace: Workspace) -> tuple[Person, ...]:
    """Everybody whom a tab may be."""
    slackbot = workspace.team.slackbot.id
    return tuple(each for each in workspace.team.people if not each.is_bot and each.id != slackbot)


def role(workspace: Workspace, person: Person) -> str:
    """What somebody is in this workspace, in a word or two."""
    if person.team_id != workspace.team.id:
        return texts.FROM_ELSEWHERE
    if person.is_guest:
        return texts.GUEST
    return texts.ADMIN if person.is_admin else texts.MEMBER


def first_channel(workspace: Workspace, person: Person) -> str:
    """Where somebody is at home who is not in the channel that was open; its id."""
    if workspace.general.has(person.id):
        return workspace.general.id
    found = (each for each in workspace.team.channels if each.kind is ChannelKind.PUBLIC)
    return next((each.id for each in found if each.has(person.id)), workspace.direct(person).id)
