"""Small pictures for people: initials on a colour of their own, and the app's mark."""

from nicegui import ui

from bot.playground.page.emoji import emoji
from bot.playground.workspace import Person
from bot.playground.workspace.messages import Face

_COLOURS = 6


def avatar(person: Person | None, face: Face | None = None, *, small: bool = False) -> ui.element:
    """The picture of a person or an app, or the face that a message carries. Screen readers skip it."""
    kind = "avatar is-small" if small else "avatar"
    picture = emoji(face.emoji) if face and face.emoji else None
    with ui.element("div").classes(kind).props("aria-hidden=true") as element:
        if picture is not None:
            ui.label(picture)
            return element.classes("is-emoji")
        if person is not None and person.is_bot:
            ui.icon("forum" if person.name == "confab" else "smart_toy")
            return element.classes("is-app" if person.name == "confab" else "is-bot")
        name = person.display_name if person else "?"
        ui.label(name[:1].upper())
    return element.classes(f"is-colour-{sum(map(ord, name)) % _COLOURS}")
