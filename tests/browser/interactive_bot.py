"""A Bolt app that opens a modal, pushes another over it, and keeps what it hears."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser.views import HOME, PUSHED, ROOT, button, option

JSON = dict[str, Any]


class InteractiveBot:
    """Connected to a workspace; `heard` has every payload of an interaction, oldest first."""

    def __init__(self, app: AsyncApp) -> None:
        self.web: AsyncWebClient = app.client
        self.heard: list[JSON] = []
        self.errors: dict[str, str] = {}
        self._arrived = asyncio.Condition()
        app.use(self._keep)
        app.command("/confab")(self._command)
        app.shortcut("settings")(self._open)
        app.shortcut("start")(self._open)
        app.action("open")(self._push)
        app.options("preset")(self._suggest)
        for action_id in ("reset", "more", "preset", "sort", "hide"):
            app.action(action_id)(self._take)
        app.view("setup")(self._saved)
        app.view("root")(self._take)
        app.view_closed("root")(self._take)
        app.event("app_home_opened")(self._home)
        app.event("message")(self._take_event)
        app.event("app_mention")(self._take_event)

    async def told(self, fits: Callable[[JSON], bool]) -> JSON:
        """The last payload that fits, once there is one."""
        async with self._arrived, asyncio.timeout(60):
            await self._arrived.wait_for(lambda: any(fits(each) for each in self.heard))
        return [each for each in self.heard if fits(each)][-1]

    async def acted(self, action_id: str) -> JSON:
        """The payload of that element's action."""
        return await self.told(lambda body: body.get("actions", [{}])[0].get("action_id") == action_id)

    async def submitted(self, callback_id: str) -> JSON:
        """The state of that view as it was submitted."""
        body = await self.told(
            lambda body: body.get("type") == "view_submission" and body["view"]["callback_id"] == callback_id
        )
        return dict(body["view"]["state"]["values"])

    async def _keep(self, body: JSON, next: Callable[[], Any]) -> None:  # noqa: A002 - Bolt's name for it
        async with self._arrived:
            self.heard.append(body)
            self._arrived.notify_all()
        await next()

    async def _command(self, ack: AsyncAck, body: JSON, respond: AsyncRespond) -> None:
        if "help" in body["text"]:
            await ack()
            await respond("Try `/confab settings`.", blocks=None)
        else:
            await self._open(ack, body)

    async def _open(self, ack: AsyncAck, body: JSON) -> None:
        await self.web.views_open(trigger_id=body["trigger_id"], view=ROOT)
        await ack()

    async def _push(self, ack: AsyncAck, body: JSON) -> None:
        await ack()
        if body.get("view", {}).get("type") == "modal":
            await self.web.views_push(trigger_id=body["trigger_id"], view=PUSHED)
        else:
            await self.web.views_open(trigger_id=body["trigger_id"], view=ROOT)

    async def _suggest(self, ack: AsyncAck, body: JSON) -> None:
        everything = {"xbox": "Xbox support agent", "pirate": "Pirate"}
        found = [option(*each) for each in everything.items() if body["value"].lower() in each[1].lower()]
        await ack(options=found)

    async def _saved(self, ack: AsyncAck) -> None:
        if self.errors:
            errors, self.errors = self.errors, {}
            await ack(response_action="errors", errors=errors)
        else:
            await ack()

    async def _take(self, ack: AsyncAck) -> None:
        await ack()

    async def _take_event(self) -> None:
        """Acknowledged by Bolt itself."""

    async def _home(self, event: JSON) -> None:
        if event["tab"] == "home":
            await self.web.views_publish(user_id=event["user"], view=HOME)

    async def offer(self, channel: str, user: str) -> None:
        """A message for one person alone, with a button."""
        elements = [button("reset", "Set up", style="primary")]
        blocks = [{"type": "actions", "block_id": "offer", "elements": elements}]
        await self.web.chat_postEphemeral(channel=channel, user=user, text="Shall we?", blocks=blocks)


@asynccontextmanager
async def interactive_bot(api_url: str, bot_token: str, app_token: str) -> AsyncIterator[InteractiveBot]:
    """Connect to the workspace for as long as the block lasts."""
    app = AsyncApp(client=AsyncWebClient(bot_token, base_url=api_url))
    bot = InteractiveBot(app)
    handler = AsyncSocketModeHandler(app, app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt has no types there
    try:
        yield bot
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # nor there
        await handler.client.aiohttp_client_session.close()
