"""The messages of a channel or a thread, kept up to date row by row."""

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.deeds import Deeds
from bot.playground.page.looking import follows_on, is_shown
from bot.playground.page.rows import Row
from bot.playground.page.world import World
from bot.playground.workspace import Channel, Message, Person

_AT_FIRST = 150


class MessageList:
    """Drawn into the container that is open.

    Args:
        world: the workspace and what goes with it.
        viewer: who looks.
        deeds: what the messages' buttons do.
        channel: where.
        thread_ts: the root of the thread to show; None shows the channel itself.
    """

    def __init__(
        self, world: World, viewer: Person, deeds: Deeds, channel: Channel, thread_ts: str | None
    ) -> None:
        self._world = world
        self._viewer = viewer
        self._deeds = deeds
        self._channel = channel
        self._thread_ts = thread_ts
        self._rows: dict[str, Row] = {}
        self._at_most = _AT_FIRST
        self._earlier = ui.button(texts.EARLIER, color=None, on_click=self._show_earlier)
        self._earlier.classes("link-button earlier").props("flat no-caps")
        self._element = ui.element("div").classes("messages")

    def refresh(self) -> None:
        """Show what is there by now: draw what is new, touch what has changed, remove what is gone."""
        messages = self._messages()
        self._earlier.set_visibility(len(messages) > self._at_most)
        messages = messages[-self._at_most :]
        present = {message.ts for message in messages}
        for ts in [ts for ts in self._rows if ts not in present]:
            self._rows.pop(ts).remove()
        before: Message | None = None
        for index, message in enumerate(messages):
            row = self._rows.get(message.ts) or self._draw(message, index)
            row.update(message, follows_on=follows_on(message, before))
            before = message

    def _messages(self) -> list[Message]:
        history = self._world.workspace.record.history
        if self._thread_ts is None:
            found = (each for each in history.channel(self._channel.id) if each.shows_in_channel)
        else:
            found = (each for each in history.thread(self._channel.id, self._thread_ts))
        return [message for message in found if is_shown(self._viewer.id, message)]

    def _draw(self, message: Message, index: int) -> Row:
        with self._element:
            row = Row(self._world, self._viewer, self._deeds, message, in_thread=self._thread_ts is not None)
        if index < len(self._rows):
            row.element.move(self._element, index)
        self._rows[message.ts] = row
        return row

    def _show_earlier(self) -> None:
        self._at_most += _AT_FIRST
        self.refresh()
