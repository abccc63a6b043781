"""The settings modal as the rest of this room has it: opened for somebody, and listening to what they do."""

import re
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.chat.noting import Noting
from bot.chat.versions import DraftKey
from bot.errors import ConfabError
from bot.slack.beside import Beside
from bot.slack.blocks import Block
from bot.slack.calls import Calls
from bot.slack.files import Files
from bot.slack.pressed import pressed as pressed_elsewhere
from bot.slack.settings_modal import assistant_setup, texts
from bot.slack.settings_modal.at import At
from bot.slack.settings_modal.deeds import pressed, submitted
from bot.slack.settings_modal.noting import Notes
from bot.slack.settings_modal.outcomes import Announce, Outcomes
from bot.slack.settings_modal.presses import Presses
from bot.slack.settings_modal.root import notice_view
from bot.slack.settings_modal.stack import Stack
from bot.slack.settings_modal.submissions import Submissions
from bot.slack.settings_modal.telling import TYPED
from bot.slack.settings_modal.views import Views
from bot.slack.settings_modal.whole_setup import Elsewhere, WholeSetup

OPEN = "open_settings"
"""The `action_id` of a button anywhere that opens the settings of the channel that is its value."""


class SettingsModal:
    """Opens at once with a line of patience, for a trigger lives three seconds; then shows what there is."""

    def __init__(
        self,
        calls: Calls,
        views: Views,
        files: Files,
        beside: Beside,
        *,
        announce: Announce,
        noting: Noting,
        elsewhere: Elsewhere,
    ) -> None:
        self._beside = beside
        self._views = views
        self._stack = Stack(calls, views)
        outcomes = Outcomes(views, beside, announce)
        self._notes = Notes(noting, views, self._stack)
        whole = WholeSetup(self._stack, views, outcomes, elsewhere)
        self._presses = Presses(self._stack, views, whole, files)
        self._submissions = Submissions(self._stack, views, outcomes, files, beside)

    async def open(self, trigger_id: str, person_id: str, channel_id: str) -> None:
        """Open a channel's settings, or the workspace's, for this person."""
        key = self._views.key(channel_id, person_id)
        await self._show(trigger_id, lambda: self._views.root(key))

    async def open_behind(self, trigger_id: str, whose: Callable[[], Awaitable[DraftKey]]) -> None:
        """Open the settings of what answers somewhere; `whose` is found out meanwhile."""

        async def root() -> Block:
            return await self._views.root(await whose())

        await self._show(trigger_id, root)

    async def open_history(self, trigger_id: str, person_id: str, channel_id: str) -> None:
        """Open the versions alone."""
        key = self._views.key(channel_id, person_id)
        await self._show(trigger_id, lambda: self._views.part("history", key, At(key.channel_id, alone=True)))

    async def open_larger(self, trigger_id: str, whose: Callable[[], Awaitable[DraftKey]]) -> None:
        """Open the settings alone, a larger maximum response proposed; `whose` is found out meanwhile."""

        async def larger() -> Block:
            return await self._views.larger(await whose())

        await self._show(trigger_id, larger)

    async def open_taken_over(
        self, trigger_id: str, person_id: str, channel_id: str, from_channel: str
    ) -> None:
        """Open a channel's settings with another channel's persona and settings in this person's draft."""
        key = self._views.key(channel_id, person_id)
        await self._show(trigger_id, lambda: self._views.taken_over(key, from_channel))

    async def fill_history(self, view_id: str, key: DraftKey) -> None:
        """Let the versions alone take the place of what a modal shows."""
        at = At(key.channel_id, alone=True)
        await self._stack.fill(view_id, await self._views.part("history", key, at))

    async def open_persona(self, trigger_id: str, person_id: str, channel_id: str, name: str) -> None:
        """Open the assistant setup alone, with the persona of that name offered."""
        key = self._views.key(channel_id, person_id)
        await self._show(trigger_id, lambda: self._views.named(key, name))

    def register(self, app: AsyncApp) -> None:
        """Listen to what people do in the modal, and to the buttons that open it."""

        async def on_press(ack: AsyncAck, body: dict[str, object]) -> None:
            await ack()
            if (deed := pressed(body)) and deed.action == TYPED:
                self._beside.start(self._notes.take(deed))
            elif deed:
                self._beside.start(self._presses.handle(deed), deed.person_id)

        async def on_closed(ack: AsyncAck, body: dict[str, object]) -> None:
            await ack()
            if deed := submitted(body):
                self._beside.start(self._notes.closed(deed))

        async def on_submission(ack: AsyncAck, body: dict[str, object]) -> None:
            deed = submitted(body)
            answer = {} if deed is None else (await self._submissions.answer(deed)).arguments()
            await ack(**answer)

        async def on_persona_sought(ack: AsyncAck, body: dict[str, object]) -> None:
            sought = pressed(body)
            library = await self._views.personas() if sought else ()
            await ack(options=assistant_setup.persona_options(library, sought.value if sought else ""))

        async def on_open(ack: AsyncAck, body: dict[str, object]) -> None:
            await ack()
            asked = pressed_elsewhere(body)
            channel_id = asked.value or asked.channel_id
            self._beside.start(self.open(asked.trigger_id, asked.person_id, channel_id), asked.person_id)

        ours = re.compile(r"^settings\.")
        app.action(OPEN)(on_open)
        app.action(ours)(on_press)
        app.view(ours)(on_submission)
        app.view_closed(ours)(on_closed)
        app.options(assistant_setup.CHOOSE)(on_persona_sought)

    async def _show(self, trigger_id: str, view: Callable[[], Awaitable[Block]]) -> None:
        view_id = await self._stack.open(trigger_id, notice_view(texts.ONE_MOMENT))
        try:
            shown = await view()
        except ConfabError:
            await self._stack.update(view_id, notice_view(texts.FAILED))
            raise
        await self._stack.fill(view_id, shown)
