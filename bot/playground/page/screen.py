"""One tab of the page: who looks, at which channel and thread, and how it follows what happens."""

import asyncio
import json
from functools import partial
from urllib.parse import urlencode

from nicegui import background_tasks, ui

from bot.playground.page import texts
from bot.playground.page.beginning import Beginning, Ways
from bot.playground.page.chatml import ChatmlDialog
from bot.playground.page.deeds import Deeds
from bot.playground.page.heads import (
    draw_channel_head,
    draw_tabs,
    draw_thread_head,
    has_home,
    topic_of,
)
from bot.playground.page.home import HomeTab
from bot.playground.page.kit.hands import tell_if_lost
from bot.playground.page.modals import ModalDialog
from bot.playground.page.pane import Pane, Place
from bot.playground.page.sidebar import Sidebar
from bot.playground.page.visitors import first_channel
from bot.playground.page.world import World
from bot.playground.workspace import Channel, ChannelKind, Message, Person

_REDRAW_EVERY = 0.04  # seconds; a streamed answer changes more often than anybody can read


class Screen:
    """Everything that one tab shows. Two tabs may be two different people.

    Args:
        world: what all tabs share.
        person: who looks.
        channel: what is open at first.
        thread_ts: the thread that is open at first.
        tab: `home` for the app's home tab, where the channel has one.
    """

    def __init__(
        self, world: World, person: Person, channel: Channel, thread_ts: str | None, tab: str = "messages"
    ) -> None:
        self._world = world
        self._person = person
        self._channel = channel
        self._thread_ts: str | None = None
        self._thread: Pane | None = None
        self._stale = asyncio.Event()
        with ui.element("div").classes("shell").props("data-pane=channel") as self._shell:
            self._side = ui.element("div").classes("sidebar")
            self._main = ui.element("section").classes("channel-pane")
            self._aside = ui.element("aside").classes("thread-pane")
        self._main.props["aria-label"] = texts.CHANNEL
        self._aside.props["aria-label"] = texts.THREAD
        self._chatml = ChatmlDialog(world)
        self._modal = ModalDialog(world, person)
        self._deeds = Deeds(self.open_thread, self._see_chatml, self._start, self._use_on)
        self._draw_sidebar()
        self._open(channel, tab if has_home(world, channel) else "messages")
        if thread_ts is not None and world.workspace.record.history.get(channel.id, thread_ts):
            self.open_thread(thread_ts)

    async def follow(self) -> None:
        """Keep the tab up to date until it is cancelled."""
        redraw = asyncio.create_task(self._redraw())
        try:
            async with self._world.workspace.changes.subscribe() as changes:
                self._stale.set()
                async for _change in changes:
                    self._stale.set()
        finally:
            redraw.cancel()

    def refresh(self) -> None:
        """Show everything as it is now; what has not changed is not touched."""
        self._world.marks.read(self._person.id, self._channel.id)
        self._channel = self._world.workspace.team.channel(self._channel)
        self._about.set_text(topic_of(self._channel))
        self._modal.refresh()
        self._middle.refresh()
        if self._thread is not None:
            self._thread.refresh()
            self._title.refresh()
        if self._beginning is not None:
            self._beginning.refresh()
        self._sidebar.refresh(self._channel.id)

    def go(self, channel: Channel) -> None:
        """Open a channel."""
        self.close_thread()
        self._open(channel)
        self._show("channel")

    def open_thread(self, root_ts: str) -> None:
        """Open the thread under that message beside the channel."""
        if root_ts != self._thread_ts:
            self._thread_ts = root_ts
            self._aside.clear()
            with self._aside:
                self._title = draw_thread_head(
                    self._world, self._person, self._channel, root_ts, close=self.close_thread
                )
                self._thread = Pane(
                    self._world,
                    self._person,
                    Place(self._channel, root_ts),
                    self._deeds,
                    sent=lambda _ts: None,
                    introduce=lambda: None,
                )
        self._show("thread")
        if self._thread is not None:
            self._thread.composer.focus()

    def close_thread(self) -> None:
        """Close the thread; the channel is alone again."""
        self._thread_ts, self._thread = None, None
        self._aside.clear()
        self._show("channel")

    async def _redraw(self) -> None:
        while True:
            await self._stale.wait()
            self._stale.clear()
            with self._shell:
                self.refresh()
            await asyncio.sleep(_REDRAW_EVERY)

    def _draw_sidebar(self) -> None:
        self._side.clear()
        with self._side:
            self._sidebar = Sidebar(self._world, self._person, self.go, self._become)

    def _open(self, channel: Channel, tab: str = "messages") -> None:
        self._channel, self._tab = channel, tab
        self._beginning: Beginning | None = None
        self._main.clear()
        with self._main:
            back = partial(self._show, "sidebar")
            self._about = draw_channel_head(self._world, self._person, channel, back=back)
            if has_home(self._world, channel):
                draw_tabs(tab, self._turn_to)
            self._middle = HomeTab(self._world, self._person) if tab == "home" else self._draw_pane(channel)
        self.refresh()

    def _draw_pane(self, channel: Channel) -> Pane:
        if has_home(self._world, channel):
            self._world.workspace.open_home(self._person, "messages")
        self._pane = Pane(
            self._world,
            self._person,
            Place(channel),
            self._deeds,
            sent=self._sent,
            introduce=self._introduce,
        )
        return self._pane

    def _turn_to(self, tab: str) -> None:
        if tab != self._tab:
            self._open(self._channel, tab)
            self._show("channel")

    def _introduce(self) -> None:
        ways = Ways(self._invite, self._ask, self._ask_first, self._ask_on)
        self._beginning = Beginning(self._world, self._person, self._channel, ways)

    def _invite(self) -> None:
        self._world.workspace.invite(self._person, self._channel)

    def _ask(self, text: str) -> None:
        self._pane.say(text)

    def _ask_first(self, text: str) -> None:
        self._pane.composer.write(text)

    def _ask_on(self, root_ts: str, text: str) -> None:
        self.open_thread(root_ts)
        if self._thread is not None:
            self._thread.composer.write(text)

    def _sent(self, ts: str) -> None:
        """A message that Confab will answer opens its thread, where the answer comes."""
        workspace = self._world.workspace
        message = workspace.record.history.get(self._channel.id, ts)
        if message is None or not self._channel.has(workspace.confab.id):
            return
        is_direct = self._channel.kind is ChannelKind.DIRECT
        if is_direct or f"<@{workspace.confab.id}>" in message.text:
            self.open_thread(ts)

    def _become(self, person: Person) -> None:
        self._person = person
        self._modal.become(person)
        self.close_thread()
        workspace = self._world.workspace
        channel = self._channel
        if channel.kind is ChannelKind.DIRECT:
            channel = workspace.direct(person)
        if not channel.has(person.id):
            channel = workspace.team.channel(first_channel(workspace, person))
        self._draw_sidebar()
        self._open(channel)
        self._show("channel")

    async def _see_chatml(self, turn: str) -> None:
        await self._chatml.open(turn)

    async def _start(self, callback_id: str) -> None:
        await tell_if_lost(self._world.workspace.shortcut(self._person, callback_id))

    async def _use_on(self, callback_id: str, message: Message) -> None:
        await tell_if_lost(self._world.workspace.shortcut(self._person, callback_id, message))

    def _show(self, pane: str) -> None:
        """On a narrow screen one pane fills it; the address keeps the place for a reload."""
        self._shell.props["data-pane"] = pane
        self._shell.classes(
            add="has-thread" if self._thread_ts else "", remove="" if self._thread_ts else "has-thread"
        )
        place = {"who": self._person.name, "where": self._channel.name or "confab"}
        if self._tab == "home":
            place["tab"] = "home"
        if self._thread_ts:
            place["thread"] = self._thread_ts
        self._shell.client.run_javascript(
            f"history.replaceState(history.state, '', {json.dumps('/?' + urlencode(place))})"
        )


def follow_while_open(screen: Screen) -> None:
    """Keep the screen up to date for as long as its tab is there."""
    task = background_tasks.create(screen.follow(), name="follow the workspace")
    ui.context.client.on_delete(task.cancel)
