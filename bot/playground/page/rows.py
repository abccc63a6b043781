"""One message on the screen."""

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.attachments import draw_files
from bot.playground.page.avatars import avatar
from bot.playground.page.deeds import Deeds
from bot.playground.page.footnote import Footnote
from bot.playground.page.kit.blocks import Blocks
from bot.playground.page.kit.hands import Hands
from bot.playground.page.kit.words import plain
from bot.playground.page.looking import Seen, clock_time, seen_by
from bot.playground.page.reactions import draw_reactions
from bot.playground.page.replies import ReplyBar
from bot.playground.page.tools import Editor, draw_react, draw_tools
from bot.playground.page.world import World
from bot.playground.workspace import Message, Person


class Row:
    """A message. It is drawn once, into the container that is open; `update` touches only what is different.

    Args:
        world: the workspace and what goes with it.
        viewer: who looks.
        deeds: what its buttons do.
        message: what it shows at first.
        in_thread: whether it stands in an open thread, and so needs no way to open one.
    """

    def __init__(
        self, world: World, viewer: Person, deeds: Deeds, message: Message, *, in_thread: bool
    ) -> None:
        self._world = world
        self._viewer = viewer
        self._deeds = deeds
        self._message: Message | None = None
        self._seen: Seen | None = None
        self._in_thread = in_thread
        self._reacted: object = ()
        self.element = ui.element("article").classes("message").mark(f"message-{message.ts}")
        self.element.props["data-ts"] = message.ts
        self._replies: ReplyBar | None = None
        self._draw(message)
        self.update(message)

    def update(self, message: Message, *, follows_on: bool = False) -> None:
        """Show the message as it is now, under the name above it if it follows on."""
        self.element.classes(
            add="is-continued" if follows_on else "", remove="" if follows_on else "is-continued"
        )
        if self._replies is not None:
            self._replies.refresh()
        if message is self._message:
            return
        self._message = message
        self._show(message)
        self._footnote.show(message)

    def remove(self) -> None:
        """Take it off the screen."""
        self.element.delete()

    def _draw(self, message: Message) -> None:
        with self.element:
            with ui.element("div").classes("message-side"):
                self._side = ui.element("div")
                ui.label(clock_time(message.ts)).classes("message-hover-time").props("aria-hidden=true")
            with ui.element("div").classes("message-main"):
                if message.ephemeral_to is not None:
                    with ui.element("div").classes("message-note"):
                        ui.icon("visibility").props("aria-hidden=true")
                        ui.label(texts.ONLY_YOU)
                        dismiss = ui.button(texts.DISMISS, color=None, on_click=self._dismiss)
                        dismiss.classes("link-button").props("flat dense no-caps")
                self._head = ui.element("div").classes("message-head")
                self._body = ui.element("div").classes("message-body")
                with self._body:
                    self._prose = ui.html("", sanitize=False).classes("prose")
                    self._edited = ui.label(texts.EDITED).classes("message-edited")
                    self._blocks = ui.element("div").classes("message-blocks")
                    draw_files(self._world, message.files)
                    self._broke_off = ui.label(texts.STREAM_LOST).classes("message-broken")
                self._editing = ui.element("div")
                self._reactions = ui.element("div").classes("reactions")
                self._footnote = Footnote(self._world, self._deeds)
                if not self._in_thread and message.thread_ts is None and message.ephemeral_to is None:
                    self._replies = ReplyBar(self._world, self._deeds, message)
            self._tools = ui.element("div").classes("message-tools").props("role=group")
            self._tools.props["aria-label"] = texts.MORE

    def _show(self, message: Message) -> None:
        seen = seen_by(self._viewer.id, message)
        if self._seen is None or message.is_tombstone:
            self._show_author(message)
            self._show_tools(message)
        if self._seen is None or (seen.text, seen.is_markdown) != (self._seen.text, self._seen.is_markdown):
            self._show_text(message, seen)
        if self._seen is None or seen.blocks != self._seen.blocks:
            self._show_blocks(message, seen)
        if message.reactions != self._reacted:
            self._show_reactions(message)
        self._edited.set_visibility(message.edited_by is not None)
        self._broke_off.set_visibility(seen.broke_off)
        self.element.props["aria-busy"] = "true" if seen.is_live else "false"
        for name, on in (
            ("is-live", seen.is_live),
            ("is-tombstone", message.is_tombstone),
            ("is-edited", message.edited_by is not None),
            ("is-ephemeral", message.ephemeral_to is not None),
            ("is-system", message.subtype in ("channel_join", "channel_leave")),
            ("is-for-me", f"<@{self._viewer.id}" in message.text and message.user != self._viewer.id),
        ):
            self.element.classes(add=name if on else "", remove="" if on else name)
        self._seen = seen

    def _show_author(self, message: Message) -> None:
        person = self._world.workspace.team.find_person(message.user or "")
        name = person.display_name if person else texts.APP
        if message.face and message.face.name:
            name = message.face.name
        self.element.props["aria-label"] = texts.BY_AT.format(name=plain(name), time=clock_time(message.ts))
        self._side.clear()
        self._head.clear()
        with self._side:
            avatar(person, message.face)
        with self._head:
            ui.label(plain(name)).classes("message-name")
            if message.bot_id is not None:
                ui.label(texts.APP).classes("badge")
            ui.label(clock_time(message.ts)).classes("message-time")

    def _show_text(self, message: Message, seen: Seen) -> None:
        prose = self._world.prose
        if message.is_tombstone:
            self._prose.set_content(prose.mrkdwn(f"_{texts.DELETED}_"))
            return
        render = prose.markdown if seen.is_markdown else prose.mrkdwn
        self._prose.set_content(render(seen.text, self._viewer.id) if seen.text else "")
        self._prose.set_visibility(bool(seen.text))

    def _show_blocks(self, message: Message, seen: Seen) -> None:
        self._blocks.clear()
        with self._blocks:
            blocks = Blocks(Hands(self._world, self._viewer, message))
            for block in seen.blocks:
                blocks.draw(block)

    def _show_reactions(self, message: Message) -> None:
        self._reacted = message.reactions
        self._reactions.clear()
        with self._reactions:
            draw_reactions(self._world, self._viewer, message)

    def _show_tools(self, message: Message) -> None:
        self._tools.clear()
        if message.is_tombstone or message.ephemeral_to is not None:
            return
        with self._tools:
            draw_react(self._world, self._viewer, message)
            draw_tools(
                self._viewer,
                message,
                reply=None if self._in_thread else self._deeds.open_thread,
                use_on=self._deeds.use_on,
                shortcuts=self._world.workspace.app.shortcuts,
                edit=self._edit,
                delete=self._world.workspace.delete,
            )

    def _dismiss(self) -> None:
        if self._message is not None:
            self._world.workspace.record.history.remove(self._message)

    def _edit(self, message: Message) -> None:
        with self._editing:
            Editor(self._world, self._world.workspace.current(message), self._body)
