"""What stands at the top of a pane: where one is, and the way back."""

from collections.abc import Callable

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.pane import channel_name
from bot.playground.page.promises import Promises
from bot.playground.page.thread_title import ThreadTitle
from bot.playground.page.world import World
from bot.playground.workspace import Channel, ChannelKind, Person


def draw_channel_head(
    world: World, viewer: Person, channel: Channel, *, back: Callable[[], None]
) -> ui.label:
    """The head of a channel, into the container that is open; gives its topic, or how many are there."""
    is_private = channel.kind is ChannelKind.PRIVATE
    with ui.element("header").classes("head"):
        _icon("arrow_back", texts.BACK, back).classes("is-back")
        with ui.element("div").classes("head-words"):
            name = channel_name(world, channel, viewer)
            with ui.element("div").classes("head-name").props("role=heading aria-level=2"):
                if is_private:
                    ui.icon("lock").props("role=img aria-label='private'")
                ui.label(name.removeprefix("#") if is_private else name)
            about = ui.label(topic_of(channel)).classes("head-topic")
        Promises(world)
    return about


def topic_of(channel: Channel) -> str:
    """What stands under a channel's name."""
    return channel.topic or texts.MEMBERS.format(count=len(channel.members))


def has_home(world: World, channel: Channel) -> bool:
    """Whether this conversation has the app's home tab beside its messages."""
    workspace = world.workspace
    return workspace.app.home_tab and channel.kind is ChannelKind.DIRECT and channel.has(workspace.confab.id)


def draw_tabs(open_tab: str, turn_to: Callable[[str], None]) -> None:
    """The two tabs of a direct message with the app."""
    with ui.element("div").classes("tabs").props("role=tablist"):
        for tab, label in (("home", texts.HOME), ("messages", texts.MESSAGES)):
            _draw_tab(tab, label, turn_to, is_open=tab == open_tab)


def _draw_tab(tab: str, label: str, turn_to: Callable[[str], None], *, is_open: bool) -> None:
    button = ui.button(label, color=None, on_click=lambda: turn_to(tab))
    button.classes("tab is-open" if is_open else "tab").props("flat no-caps role=tab")
    button.props["aria-selected"] = "true" if is_open else "false"


def draw_thread_head(
    world: World, viewer: Person, channel: Channel, root_ts: str, *, close: Callable[[], None]
) -> ThreadTitle:
    """The head of a thread, into the container that is open; gives its title."""
    with ui.element("header").classes("head"):
        _icon("arrow_back", texts.BACK, close).classes("is-back")
        with ui.element("div").classes("head-words"):
            title = ThreadTitle(world, viewer, channel, root_ts)
            ui.label(channel_name(world, channel, viewer)).classes("head-topic")
        with ui.element("div").classes("only-phone"):
            Promises(world)
        _icon("close", texts.CLOSE, close).classes("only-wide")
    return title


def _icon(name: str, label: str, act: Callable[[], None]) -> ui.button:
    button = ui.button(icon=name, color=None, on_click=act)
    button.classes("icon-button").props("flat dense")
    button.props["aria-label"] = button.props["title"] = label
    return button
