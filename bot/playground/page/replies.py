"""The bar under a message that has a thread."""

from nicegui import ui

from bot.playground.page.avatars import avatar
from bot.playground.page.deeds import Deeds
from bot.playground.page.looking import clock_time
from bot.playground.page.status import who_works
from bot.playground.page.world import World
from bot.playground.workspace import Message


class ReplyBar:
    """Drawn into the container that is open; hidden while nobody has replied."""

    def __init__(self, world: World, deeds: Deeds, root: Message) -> None:
        self._world = world
        self._root = root
        self._shown: tuple[object, ...] = ()
        self._element = ui.button(color=None, on_click=lambda: deeds.open_thread(root.ts))
        self._element.classes("reply-bar").props("flat no-caps")
        self._element.set_visibility(False)

    def refresh(self) -> None:
        """Show how many replies there are by now, by whom and since when."""
        workspace = self._world.workspace
        replies = workspace.record.history.replies(self._root.channel, self._root.ts)
        working = who_works(workspace, self._root.channel, self._root.ts)
        people = tuple(dict.fromkeys(reply.user for reply in replies if reply.user))[:4]
        shown = (len(replies), people, replies[-1].ts if replies else "", working)
        if shown == self._shown:
            return
        self._shown = shown
        self._element.clear()
        self._element.set_visibility(bool(replies))
        if not replies:
            return
        with self._element:
            for each in people:
                avatar(workspace.team.find_person(each), small=True)
            ui.label("1 reply" if len(replies) == 1 else f"{len(replies)} replies").classes("reply-count")
            ui.label(f"{working} …" if working else f"at {clock_time(replies[-1].ts)}").classes("reply-last")
