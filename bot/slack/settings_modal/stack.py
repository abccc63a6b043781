"""The modal's views as they lie over each other (Slack: two at most over the root)."""

from contextlib import suppress
from dataclasses import replace

from bot.chat.versions import DraftKey
from bot.errors import SlackUnwilling
from bot.slack.blocks import Block
from bot.slack.calls import Calls
from bot.slack.filling import fill
from bot.slack.settings_modal import examples, import_export, texts
from bot.slack.settings_modal.deeds import Deed, Shown
from bot.slack.settings_modal.root import notice_view
from bot.slack.settings_modal.views import Views


class Stack:
    """Opens, pushes and updates views; a trigger does one of the first two, for three seconds."""

    def __init__(self, calls: Calls, views: Views) -> None:
        self._calls = calls
        self._views = views

    async def open(self, trigger_id: str, view: Block) -> str:
        """Open a root; its id."""
        opened = await self._calls.write("views.open", final=True, trigger_id=trigger_id, view=view)
        return str(opened["view"]["id"])

    async def push(self, deed: Deed, view: Block) -> str:
        """Lay a view over the one in which something was pressed; its id."""
        pushed = await self._calls.write("views.push", final=True, trigger_id=deed.trigger_id, view=view)
        return str(pushed["view"]["id"])

    async def update(self, view_id: str, view: Block) -> None:
        """Show something else in a view; one that was closed meanwhile needs it no more."""
        with suppress(SlackUnwilling):
            await self._calls.write("views.update", final=True, view_id=view_id, view=view)

    async def fill(self, view_id: str, view: Block, *, failed: str = texts.FAILED) -> None:
        """Show what was waited for in a view; where Slack takes it not, say `failed` there and raise."""
        await fill(self._calls, view_id, view, failed=notice_view(failed))

    async def refresh_beneath(self, key: DraftKey, shown: Shown) -> None:
        """Let the views under this one show what is in the draft now."""
        at = replace(shown.at, index=-1)
        if shown.previous and shown.callback_id == examples.ONE:
            await self.update(shown.previous, await self._views.part("examples", key, at))
        if shown.previous and shown.callback_id == import_export.CALLBACK:
            await self.update(shown.previous, await self._views.part("setup", key, at))
        if shown.root != shown.id and not at.alone:
            await self.update(shown.root, await self._views.root(key))
