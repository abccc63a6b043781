"""The channels and direct messages of a person, who that is, and whether the bot is there."""

from collections.abc import Callable

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.avatars import avatar
from bot.playground.page.marks import Unread
from bot.playground.page.pane import channel_name
from bot.playground.page.visitors import people_of, role
from bot.playground.page.world import World
from bot.playground.workspace import Channel, ChannelKind, Person


class Sidebar:
    """Drawn into the container that is open.

    Args:
        world: the workspace and what goes with it.
        viewer: whose channels these are.
        go: opens a channel.
        become: speaks as somebody else.
    """

    def __init__(
        self,
        world: World,
        viewer: Person,
        go: Callable[[Channel], None],
        become: Callable[[Person], None],
    ) -> None:
        self._world = world
        self._viewer = viewer
        self._go = go
        self._become = become
        self._links: dict[str, ui.button] = {}
        self._news: dict[str, tuple[ui.label, Unread]] = {}
        self._draw_team()
        with ui.element("nav").classes("side-channels").props(f"aria-label={texts.CHANNELS}"):
            self._section(texts.CHANNELS, (ChannelKind.PUBLIC, ChannelKind.PRIVATE))
            self._section(texts.DIRECT, (ChannelKind.DIRECT, ChannelKind.GROUP_DIRECT))
        self._connection = self._draw_connection()
        self._draw_people()

    def refresh(self, open_channel: str) -> None:
        """Show which channel is open, where something is new, and whether the bot is connected."""
        team = self._world.workspace.team
        for channel_id, link in self._links.items():
            unread = self._world.marks.unread(self._viewer.id, team.channel(channel_id))
            is_open = channel_id == open_channel
            self._toggle(link, "is-open", on=is_open)
            link.props["aria-current"] = "page" if is_open else "false"
            self._toggle(link, "is-unread", on=unread.anything and not is_open)
            label, before = self._news[channel_id]
            if unread != before:
                self._news[channel_id] = (label, unread)
                label.set_text(str(unread.for_me) if unread.for_me else "")
                label.set_visibility(unread.for_me > 0 and not is_open)
        self._show_connection()

    def _draw_team(self) -> None:
        with ui.element("header").classes("side-team"):
            ui.label(self._world.workspace.team.name).classes("side-name").props("role=heading aria-level=1")
            ui.label(texts.ALL_HERE if self._world.backstage.model else texts.WITH_AZURE).classes("side-note")

    def _section(self, title: str, kinds: tuple[ChannelKind, ...]) -> None:
        ui.label(title).classes("side-title").props("role=heading aria-level=2")
        for channel in self._world.workspace.team.channels:
            if channel.kind in kinds and channel.has(self._viewer.id):
                self._links[channel.id] = self._link(channel)

    def _link(self, channel: Channel) -> ui.button:
        name = channel_name(self._world, channel, self._viewer)
        link = ui.button(color=None, on_click=lambda: self._go(channel))
        link.classes("side-link").props("flat no-caps align=left")
        with link:
            if channel.kind is ChannelKind.PRIVATE:
                ui.icon("lock").props("role=img aria-label='private'")
            elif channel.kind is ChannelKind.PUBLIC:
                ui.icon("tag").props("aria-hidden=true")
            else:
                other = next(member for member in channel.members if member != self._viewer.id)
                avatar(self._world.workspace.team.find_person(other), small=True)
            ui.label(name.removeprefix("#")).classes("side-link-name")
            if channel.kind is ChannelKind.DIRECT and channel.has(self._world.workspace.confab.id):
                ui.label(texts.APP).classes("badge")
            count = ui.label().classes("side-count")
            count.set_visibility(False)
        self._news[channel.id] = (count, Unread())
        return link

    def _draw_connection(self) -> ui.element:
        with ui.element("div").classes("side-connection").props("role=status") as element:
            ui.element("span").classes("side-dot").props("aria-hidden=true")
            self._connection_text = ui.label()
        return element

    def _show_connection(self) -> None:
        sockets = len(self._world.workspace.connections.open)
        self._toggle(self._connection, "is-on", on=sockets > 0)
        self._connection_text.set_text(texts.CONNECTED if sockets else texts.CONNECTING)
        many = texts.CONNECTED_TO if sockets == 1 else texts.CONNECTED_TO_MANY
        self._connection.props["title"] = many.format(sockets=sockets)

    def _draw_people(self) -> None:
        with ui.element("footer").classes("side-people"):
            ui.label(texts.YOU_ARE).classes("side-title")
            with ui.element("div").classes("side-switch").props("role=group") as switch:
                switch.props["aria-label"] = texts.YOU_ARE
                for person in people_of(self._world.workspace):
                    self._draw_person(person)

    def _draw_person(self, person: Person) -> None:
        is_me = person.id == self._viewer.id
        button = ui.button(color=None, on_click=lambda: self._become(person))
        button.classes("side-person is-me" if is_me else "side-person").props("flat no-caps")
        button.props["aria-pressed"] = "true" if is_me else "false"
        what = role(self._world.workspace, person)
        label = texts.SPEAK_AS.format(name=person.display_name, role=what)
        button.props["aria-label"] = button.props["title"] = label
        with button:
            avatar(person, small=True)
            with ui.element("div").classes("side-person-words"):
                ui.label(person.display_name)
                ui.label(what).classes("side-role")

    def _toggle(self, element: ui.element, name: str, *, on: bool) -> None:
        element.classes(add=name if on else "", remove="" if on else name)
