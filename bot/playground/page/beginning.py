"""What stands above the first message of a channel: what it is, who is missing, and what to try there."""

from collections.abc import Callable
from dataclasses import dataclass

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.heads import has_home
from bot.playground.page.hint import Hint
from bot.playground.page.pane import channel_name
from bot.playground.page.prompts import SuggestedPrompts
from bot.playground.page.world import World
from bot.playground.workspace import Channel, ChannelKind, Person


@dataclass(frozen=True, slots=True)
class Ways:
    """What its buttons do: bring Confab in, ask, put a question into the box, or into that of a thread."""

    invite: Callable[[], None]
    ask: Callable[[str], None]
    write: Callable[[str], None]
    write_in: Callable[[str, str], None]


class Beginning:
    """Drawn into the container that is open."""

    def __init__(self, world: World, viewer: Person, channel: Channel, ways: Ways) -> None:
        self._world = world
        self._channel = channel.id
        self._parts: list[SuggestedPrompts | Hint] = []
        self._draw(viewer, channel, ways)
        if has_home(world, channel):
            self._parts.append(SuggestedPrompts(world, channel, ways.ask))
        if channel.id == world.workspace.xbox_support.id:
            self._parts.append(Hint(world, viewer, ways.write, ways.write_in))

    def refresh(self) -> None:
        """Show what is missing and suggested by now."""
        workspace = self._world.workspace
        here = workspace.team.channel(self._channel).has(workspace.confab.id)
        self._absent.set_visibility(not here)
        for part in self._parts:
            part.refresh()

    def _draw(self, viewer: Person, channel: Channel, ways: Ways) -> None:
        name = channel_name(self._world, channel, viewer)
        with ui.element("div").classes("beginning"):
            ui.label(name).classes("beginning-name")
            ui.label(texts.BEGINNING[channel.kind.value].format(name=name.removeprefix("#")))
            if channel.kind is ChannelKind.DIRECT:
                ui.label(texts.DIRECT_HINT)
            with ui.element("div") as self._absent:
                ui.label(texts.NOT_HERE)
                button = ui.button(texts.INVITE, icon="person_add", color=None, on_click=ways.invite)
                button.classes("invite").props("flat no-caps")
        self._absent.set_visibility(not channel.has(self._world.workspace.confab.id))
