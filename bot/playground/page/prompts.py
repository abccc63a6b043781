"""What the app suggests to ask, at the top of its messages tab."""

from collections.abc import Callable

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.world import World
from bot.playground.workspace import Channel


class SuggestedPrompts:
    """Drawn into the container that is open; a press asks at once, as in Slack.

    Args:
        world: the workspace and what goes with it.
        channel: somebody's direct message with the app.
        ask: sends a message there.
    """

    def __init__(self, world: World, channel: Channel, ask: Callable[[str], None]) -> None:
        self._world = world
        self._channel = channel
        self._ask = ask
        self._shown: object = None
        self._element = ui.element("div").classes("prompts").props("role=group")
        self._element.props["aria-label"] = texts.PROMPTS
        self.refresh()

    def refresh(self) -> None:
        """Show what is suggested by now."""
        suggested = self._world.workspace.surfaces.prompts.get(self._channel.id)
        if suggested == self._shown:
            return
        self._shown = suggested
        self._element.clear()
        title = str((suggested or {}).get("title") or texts.PROMPTS)
        self._element.props["aria-label"] = title
        with self._element:
            ui.label(title).classes("prompts-title")
            for prompt in (suggested or {}).get("prompts", ()):
                self._draw(prompt["title"], prompt["message"])

    def _draw(self, title: str, message: str) -> None:
        button = ui.button(title, color=None, on_click=lambda: self._ask(message))
        button.classes("hint-question").props("flat no-caps").props["title"] = message
