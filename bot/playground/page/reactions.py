"""Emoji that people put under messages."""

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.emoji import emoji
from bot.playground.page.world import World
from bot.playground.workspace import Message, Person

OFFERED = ("white_check_mark", "+1", "eyes", "tada", "mute")


def draw_reactions(world: World, viewer: Person, message: Message) -> None:
    """Draw them into the container that is open; a press adds one's own or takes it off."""
    for reaction in message.reactions:
        people = [world.workspace.team.find_person(each) for each in reaction.people]
        names = ", ".join(each.display_name for each in people if each)
        mine = viewer.id in reaction.people
        label = texts.REACTION.format(name=_in_words(reaction.name), people=names)
        button = ui.button(f"{emoji(reaction.name) or reaction.name} {len(reaction.people)}", color=None)
        button.classes("reaction is-mine" if mine else "reaction").props("flat dense no-caps")
        button.props["aria-pressed"] = "true" if mine else "false"
        button.props["aria-label"] = button.props["title"] = label
        button.on_click(lambda name=reaction.name: toggle(world, viewer, message, name))


def draw_offers(world: World, viewer: Person, message: Message) -> None:
    """Draw the emoji to choose from into the menu that is open."""
    for name in OFFERED:
        item = ui.menu_item(on_click=lambda name=name: toggle(world, viewer, message, name))
        with item:
            ui.label(f"{emoji(name)}  {_in_words(name)}")


def toggle(world: World, viewer: Person, message: Message, name: str) -> None:
    """Put that emoji under the message, or take one's own off again."""
    now = world.workspace.current(message)
    mine = any(each.name == name and viewer.id in each.people for each in now.reactions)
    world.workspace.react(viewer, now, name, remove=mine)


def _in_words(name: str) -> str:
    return {"+1": "thumbs up", "-1": "thumbs down"}.get(name, name.replace("_", " "))
