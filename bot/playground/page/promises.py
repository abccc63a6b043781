"""Buttons that break things on purpose, so that anybody can see the promises hold."""

from collections.abc import Callable

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.world import World


class Promises:
    """A button with a panel under it, drawn into the container that is open."""

    def __init__(self, world: World) -> None:
        self._world = world
        button = ui.button(icon="bolt", color=None).classes("promises-button").props("flat no-caps")
        button.props["aria-label"] = button.props["title"] = texts.PROMISES
        with button:
            ui.label(texts.PROMISES).classes("promises-label")
            with ui.menu().classes("promises").props("anchor='bottom right' self='top right' no-focus"):
                ui.label(texts.PROMISES).classes("promises-title").props("role=heading aria-level=2")
                ui.label(texts.PROMISES_INTRO).classes("promises-words")
                self._promise("dangerous", texts.KILL, texts.KILL_EXPECT, self._kill)
                self._promise("replay", texts.REDELIVER, texts.REDELIVER_EXPECT, self._redeliver)
                self._promise("link_off", texts.DROP, texts.DROP_EXPECT, self._drop)

    def _promise(self, icon: str, title: str, expect: str, act: Callable[[], str]) -> None:
        with ui.element("div").classes("promise"):
            button = ui.button(title, icon=icon, color=None).classes("promise-button")
            button.props("flat no-caps align=left")
            ui.label(expect).classes("promises-words")
            outcome = ui.label().classes("promise-outcome").props("role=status")
            outcome.set_visibility(False)

        def press() -> None:
            outcome.set_text(act())
            outcome.set_visibility(True)

        button.on_click(press)

    def _kill(self) -> str:
        pid = self._world.backstage.kill_bot()
        return texts.NO_BOT if pid is None else texts.KILLED.format(pid=pid)

    def _redeliver(self) -> str:
        workspace = self._world.workspace
        heard = [parcel for parcel in workspace.parcels if parcel.event.get("client_msg_id")]
        if not heard:
            return texts.NO_EVENT
        workspace.delivery.redeliver(heard[-1])
        return texts.REDELIVERED.format(event=heard[-1].event["type"])

    def _drop(self) -> str:
        return texts.DROPPED if self._world.workspace.connections.drop_all() else texts.NO_CONNECTION
