"""Greetings, as Slack shows them."""

import logging

from bot.chat.greeting import Coming, Greeting
from bot.chat.outcomes import NotAllowed
from bot.chat.setup import Persona
from bot.errors import SlackUnwilling, described
from bot.slack.beside import Beside
from bot.slack.blocks import Block, actions, button, escaped, section
from bot.slack.calls import Calls, ResponseLost
from bot.slack.greeting import texts
from bot.slack.greeting.saying import Saying, called
from bot.slack.mentions import neutralised
from bot.slack.pressed import Pressed
from bot.slack.settings_modal.modal import OPEN
from bot.slack.settings_modal.texts import why_not

POST = "greeting_post"

_log = logging.getLogger(__name__)


class GreetingDeeds:
    """Says what `bot.chat.greeting` lets be said; each thing once, however often Slack delivers its event."""

    def __init__(self, greeting: Greeting, calls: Calls, beside: Beside, saying: Saying) -> None:
        self._greeting = greeting
        self._calls = calls
        self._beside = beside
        self._saying = saying

    async def came(self, coming: Coming) -> None:
        """Greet whoever brought Confab in. Returns once it is durable that nobody else does."""
        persona = await self._greeting.greet(coming)
        if persona is not None and coming.inviter_id is not None:
            self._beside.start(self._greet(coming, coming.inviter_id, persona))

    async def post(self, pressed: Pressed) -> None:
        """Greet the whole channel, at the wish of the inviter."""
        channel_id, _, coming = pressed.value.partition(" ")
        persona = await self._greeting.post(channel_id, coming, pressed.person_id)
        if isinstance(persona, NotAllowed):
            await self._whisper(channel_id, pressed.person_id, why_not(persona.reason))
        elif persona is None:
            await self._whisper(channel_id, pressed.person_id, texts.POSTED)
        else:
            await self._post(channel_id, coming, pressed.person_id, persona)

    async def _post(self, channel_id: str, coming: str, person_id: str, persona: Persona) -> None:
        text = escaped(neutralised(persona.greeting)) or texts.usual_hello(called(persona))
        try:
            await self._saying.say(channel_id, text, persona)
        except ResponseLost:
            # It may stand there: another one would be the second.
            await self._whisper(channel_id, person_id, texts.PERHAPS_POSTED)
        except SlackUnwilling as refused:
            _log.info("no greeting: %s", described(refused))
            await self._greeting.not_posted(channel_id, coming)
            await self._whisper(channel_id, person_id, texts.NOT_POSTED)

    async def _greet(self, coming: Coming, inviter_id: str, persona: Persona) -> None:
        buttons = actions(
            button(texts.POST, POST, f"{coming.channel_id} {coming.at}"),
            button(texts.SET_UP, OPEN, coming.channel_id, style="primary"),
        )
        text = texts.greeting(inviter_id, called(persona))
        await self._whisper(coming.channel_id, inviter_id, text, buttons)

    async def _whisper(self, channel_id: str, person_id: str, text: str, *more: Block) -> None:
        try:
            await self._calls.write(
                "chat.postEphemeral",
                channel=channel_id,
                final=True,
                user=person_id,
                text=text,
                blocks=[section(text), *more],
            )
        except ResponseLost:
            return  # such a message cannot be looked for, and twice is worse than none
