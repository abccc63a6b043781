"""A channel or a thread as it is looked at: its head, its messages, who is at work, and where to write."""

from collections.abc import Callable
from dataclasses import dataclass

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.attaching import Attached
from bot.playground.page.composer import Composer
from bot.playground.page.deeds import Deeds
from bot.playground.page.message_list import MessageList
from bot.playground.page.status import who_works
from bot.playground.page.world import World
from bot.playground.workspace import Channel, Person


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pane looks; `thread_ts` is the root of a thread, None the channel itself."""

    channel: Channel
    thread_ts: str | None = None


class Pane:
    """Drawn into the container that is open.

    Args:
        world: the workspace and what goes with it.
        viewer: who looks and writes.
        place: where.
        deeds: what the messages' buttons do.
        sent: told the ts of a message that was written here.
        introduce: draws what stands above the first message.
    """

    def __init__(
        self,
        world: World,
        viewer: Person,
        place: Place,
        deeds: Deeds,
        *,
        sent: Callable[[str], None],
        introduce: Callable[[], None],
    ) -> None:
        self._world = world
        self._viewer = viewer
        self._place = place
        self._sent = sent
        name = channel_name(world, place.channel, viewer)
        with ui.element("div").classes("scroller").props("tabindex=0 role=log") as self._scroller:
            self._scroller.props["aria-label"] = texts.THREAD if place.thread_ts else name
            with ui.element("div").classes("scroller-in"):
                introduce()
                self._list = MessageList(world, viewer, deeds, place.channel, place.thread_ts)
        with ui.element("div").classes("status").props("role=status") as self._status:
            ui.element("span").classes("status-dots").props("aria-hidden=true")
            self._working = ui.label()
            stop = ui.button(texts.STOP, color=None, on_click=self._stop).props("flat dense no-caps")
            stop.props["aria-label"] = texts.STOP
            stop.classes("link-button").set_visibility(world.workspace.app.hears("agent_session_stopped"))
        label = texts.REPLY if place.thread_ts else texts.MESSAGE_IN.format(place=name)
        self.composer = Composer(world, place.channel, label, self.say, deeds.start)
        self.refresh()

    def refresh(self) -> None:
        """Show what is there by now."""
        self._list.refresh()
        working = None
        if self._place.thread_ts is not None:
            working = who_works(self._world.workspace, self._place.channel.id, self._place.thread_ts)
        self._status.classes(add="is-on" if working else "", remove="" if working else "is-on")
        self._working.set_text(f"{working} …" if working else "")

    def say(self, text: str, attached: tuple[Attached, ...] = ()) -> None:
        """Send a message as the person who looks, or a command."""
        if text.startswith("/") and not attached:
            self._world.workspace.command(
                self._viewer, self._place.channel, text, thread_ts=self._place.thread_ts
            )
            return
        workspace = self._world.workspace
        files = [workspace.upload(self._viewer, each.name, each.content, alt=each.alt) for each in attached]
        message = workspace.post(
            self._viewer, self._place.channel, text, thread_ts=self._place.thread_ts, files=files
        )
        self.refresh()
        # The list grows upwards from its end, so zero is where the newest message stands.
        self._scroller.client.run_javascript(f"getHtmlElement({self._scroller.id}).scrollTop = 0")
        self._sent(message.ts)

    def _stop(self) -> None:
        if self._place.thread_ts is not None:
            self._world.workspace.stop(self._viewer, self._place.channel, self._place.thread_ts)


def channel_name(world: World, channel: Channel, viewer: Person) -> str:
    """How a channel is called: `#general`, or the others in a direct message."""
    if channel.name and channel.kind.value in ("channel", "group"):
        return f"#{channel.name}"
    others = [world.workspace.team.find_person(member) for member in channel.members if member != viewer.id]
    return ", ".join(other.display_name for other in others if other) or viewer.display_name
