"""What people do with a thread's session: they stop what works in it, and give it another name."""

from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from bot.chat.again import Regenerating
from bot.chat.naming_sessions import NamingSessions
from bot.chat.ports.stops import StopPressed
from bot.chat.regenerating import NotAgain
from bot.chat.stopping import Stopping
from bot.slack.answer_row import texts
from bot.slack.answer_row.row import AGAIN, GO_ON, STOP, TRY_AGAIN
from bot.slack.beside import Beside
from bot.slack.calls import Calls
from bot.slack.inbound import SessionRenamed, session_renamed, session_stopped
from bot.slack.listeners import in_time
from bot.slack.on_press import on_press
from bot.slack.pressed import Pressed

_WHY_NOT = {GO_ON: texts.NOT_FURTHER, TRY_AGAIN: texts.NOT_ONCE_MORE}


class SessionDeeds:
    """The verbs; those of events return when what they did is durable."""

    def __init__(
        self, stopping: Stopping, regenerating: Regenerating, naming: NamingSessions, calls: Calls
    ) -> None:
        self._regenerating = regenerating
        self._stopping = stopping
        self._naming = naming
        self._calls = calls

    async def stopped(self, pressed: StopPressed) -> None:
        """Slack's own Stop was pressed; the streams have ended by then."""
        await self._stopping.in_slack(pressed)

    async def renamed(self, renamed: SessionRenamed) -> None:
        """Somebody gave a session another title."""
        await self._naming.rename(renamed.channel_id, renamed.root_ts, renamed.title)

    async def stop(self, pressed: Pressed) -> None:
        """Our own Stop was pressed, under a message that is being written."""
        refused = await self._stopping.by_button(pressed.channel_id, pressed.ts, pressed.person_id)
        if refused is not None:
            await self._whisper(pressed, texts.NOT_YOURS_TO_STOP)

    async def again(self, pressed: Pressed) -> None:
        """Regenerate, Continue or Try again was pressed; under an older answer it says what it is about."""
        goes_on = pressed.action_id == GO_ON
        refused = await self._regenerating.regenerate(
            pressed.channel_id, pressed.ts, pressed.person_id, goes_on=goes_on, at=pressed.at
        )
        if isinstance(refused, NotAgain):
            await self._whisper(pressed, _WHY_NOT.get(pressed.action_id, texts.NOT_AGAIN)[refused])
        elif refused is not None:
            await self._whisper(pressed, texts.NOT_YOURS_TO_REPLACE)

    async def _whisper(self, pressed: Pressed, text: str) -> None:
        await self._calls.write(
            "chat.postEphemeral",
            channel=pressed.channel_id,
            final=True,
            user=pressed.person_id,
            thread_ts=pressed.root_ts,
            text=text,
        )


def register_sessions(app: AsyncApp, deeds: SessionDeeds, beside: Beside) -> None:
    """Give the app their listeners."""

    async def on_stopped(body: Mapping[str, object]) -> None:
        pressed = session_stopped(body.get("event"))
        if isinstance(pressed, StopPressed):
            await in_time(deeds.stopped(pressed))

    async def on_renamed(body: Mapping[str, object]) -> None:
        renamed = session_renamed(body.get("event"))
        if isinstance(renamed, SessionRenamed):
            await in_time(deeds.renamed(renamed))

    for button in (AGAIN, GO_ON, TRY_AGAIN):
        app.action(button)(on_press(deeds.again, beside, speaks=False))
    app.event("agent_session_stopped")(on_stopped)
    app.event("agent_session_title_changed")(on_renamed)
    app.action(STOP)(on_press(deeds.stop, beside, speaks=False))
