"""What is typed into a view goes into the draft while it is typed.

Slack says what stood in a view when it is submitted and when something in it is pressed, never when it is
closed: the values of a `view_closed` are empty. So the fields tell of what is typed in them, as often as
Slack sends it, which is after a short pause of the fingers. The last letters before the X may be lost.
A new example and an import are in no draft before they are submitted: there is nothing yet to note them in.
Every process keeps what is typed; the root under a part that was closed is drawn anew by the one process that
took its notes. Where another one hears of the closing, the root shows them at its next press or opening.
"""

from dataclasses import replace
from functools import partial

from bot.chat.noting import Noting
from bot.chat.setup import Example, Setup
from bot.slack.settings_modal import access, assistant_setup, examples, settings
from bot.slack.settings_modal.deeds import Deed, Shown
from bot.slack.settings_modal.stack import Stack
from bot.slack.settings_modal.views import Views

_REMEMBERED = 1_000


class Notes:
    """Takes what is typed, one note at a time for each view; of those that wait only the newest matters."""

    def __init__(self, noting: Noting, views: Views, stack: Stack) -> None:
        self._noting = noting
        self._views = views
        self._stack = stack
        self._waiting: dict[str, Deed] = {}
        self._busy: set[str] = set()
        self._closed: dict[str, Deed] = {}
        self._noted: dict[str, None] = {}

    async def take(self, deed: Deed) -> None:
        """Keep what stands in the view."""
        view = deed.shown.id
        self._waiting[view] = deed
        if view in self._busy:
            return
        self._busy.add(view)
        try:
            while newest := self._waiting.pop(view, None):
                await self._note(newest)
        finally:
            self._busy.discard(view)
            closed = self._closed.pop(view, None)
        if closed is not None:
            await self.closed(closed)

    async def closed(self, deed: Deed) -> None:
        """Let what lies under a view that was closed show what was noted in it."""
        view = deed.shown.id
        if view in self._busy:
            self._closed[view] = deed
        elif view in self._noted:
            self._noted.pop(view)
            key = self._views.key(deed.channel_id, deed.person_id)
            await self._stack.refresh_beneath(key, deed.shown)

    async def _note(self, deed: Deed) -> None:
        shown = deed.shown
        key = self._views.key(deed.channel_id, deed.person_id)
        values = settings.values_typed(shown.typed) if shown.callback_id == settings.CALLBACK else {}
        if await self._noting.note(key, shown.at.mark, partial(_changed, shown), values):
            self._noted[shown.id] = None
            while len(self._noted) > _REMEMBERED:
                self._noted.pop(next(iter(self._noted)))


def _changed(shown: Shown, setup: Setup) -> Setup:
    """The setup with what stands in the view's fields; the settings are read elsewhere, one by one."""
    match shown.callback_id:
        case assistant_setup.CALLBACK:
            return replace(setup, persona=assistant_setup.persona_typed(setup.persona, shown.typed))
        case access.CALLBACK:
            return replace(setup, access=access.access_typed(setup.access, shown.typed))
        case examples.ONE:
            return _with_example(setup, shown.at.index, examples.example_typed(shown.typed))
    return setup


def _with_example(setup: Setup, index: int, pair: Example) -> Setup:
    pairs = list(setup.persona.examples)
    if 0 <= index < len(pairs):
        pairs[index] = pair
    return replace(setup, persona=replace(setup.persona, examples=tuple(pairs)))
