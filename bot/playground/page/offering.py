"""What a message box offers while somebody types: people after `@`, commands after `/`."""

import re
from dataclasses import dataclass

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.avatars import avatar
from bot.playground.page.names import matching, started
from bot.playground.workspace import Channel, Installation, Person, Workspace

_COMMAND = re.compile(r"/\S*$")


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the list: what is put into the box, and what is said about it."""

    insert: str
    title: str
    note: str = ""
    person: Person | None = None


def offers(workspace: Workspace, text: str, caret: int, channel: Channel) -> tuple[Offer, ...]:
    """What fits the text before the caret."""
    if _COMMAND.fullmatch(text[:caret]):
        return _commands(workspace.app, text[:caret])
    name = started(text, caret)
    if name is None:
        return ()
    people = matching(name, workspace.team.people, channel, workspace.confab.id)
    return tuple(_person(each) for each in people)


def _person(person: Person) -> Offer:
    note = texts.APP if person.is_bot else person.real_name
    return Offer(f"@{person.display_name}", person.display_name, note, person)


def _commands(app: Installation, typed: str) -> tuple[Offer, ...]:
    """A whole command offers nothing more, so that Enter sends it."""
    return tuple(
        Offer(each["command"], f"{each['command']} {each.get('usage_hint', '')}", each.get("description", ""))
        for each in app.commands
        if each["command"].startswith(typed) and each["command"] != typed
    )


def draw_offer(offer: Offer, *, chosen: bool) -> ui.element:
    """One line of the list, into the container that is open."""
    option = ui.element("div").classes("name is-chosen" if chosen else "name")
    option.props(f"role=option aria-selected={'true' if chosen else 'false'}")
    option.props["data-insert"] = offer.insert
    with option:
        if offer.person is None:
            ui.icon("terminal").props("aria-hidden=true")
        else:
            avatar(offer.person, small=True)
        ui.label(offer.title).classes("name-display")
        if offer.person is not None and offer.person.is_bot:
            ui.label(offer.note).classes("badge")
        elif offer.note != offer.title:
            ui.label(offer.note).classes("name-real")
    return option
