"""What somebody does to make an answer an example: choose it, correct it, add it."""

from collections.abc import Awaitable, Callable

from bot.chat.configuring import Configuring
from bot.chat.exampling import Offer, Offering
from bot.chat.outcomes import Done, Edit, NotAllowed, Refused
from bot.chat.versions import DraftKey
from bot.errors import ConfabError
from bot.slack.blocks import Block, escaped
from bot.slack.calls import Calls
from bot.slack.example import texts
from bot.slack.example.view import added, form, pair_of, saying
from bot.slack.filling import fill
from bot.slack.pressed import Pressed, Submitted
from bot.slack.settings_modal.texts import why_not
from bot.slack.texts import NOT_SHOWN


class ExampleDeeds:
    """The slow part of the shortcut and of its modal; acknowledgements do not wait for it."""

    def __init__(
        self,
        team_id: str,
        offering: Offering,
        configuring: Configuring,
        calls: Calls,
        settings: Callable[[DraftKey], Awaitable[Block]],
    ) -> None:
        self._team_id = team_id
        self._settings = settings
        self._offering = offering
        self._configuring = configuring
        self._calls = calls

    async def open(self, pressed: Pressed) -> None:
        """Open the modal at once (Slack: a trigger lives three seconds), then fill it."""
        opened = await self._calls.write(
            "views.open", trigger_id=pressed.trigger_id, view=saying(texts.LOADING)
        )
        await self.fill(str(opened["view"]["id"]), pressed.channel_id, pressed.ts, pressed.root_ts)

    async def fill(self, view_id: str, channel_id: str, ts: str, root_ts: str) -> None:
        """Let the pair take the place of what a modal shows."""
        try:
            offer = await self._offering.offer(channel_id, ts, root_ts)
        except ConfabError:
            await self._show(view_id, saying(texts.FAILED))
            raise
        await self._show(view_id, saying(texts.NOT_OURS) if offer is None else form(offer))

    async def add(self, submitted: Submitted) -> None:
        """Add the pair to the draft, as its last; say so, or why not."""
        key = DraftKey(self._team_id, submitted.about, submitted.person_id)
        pair = pair_of(submitted.typed)
        try:
            done = await self._configuring.add_example(key, None, pair.user, pair.assistant)
        except ConfabError:
            await self._show(
                submitted.view_id, form(Offer(key.channel_id, pair.user, pair.assistant), texts.FAILED)
            )
            raise
        await self._show(submitted.view_id, _said(done, Offer(key.channel_id, pair.user, pair.assistant)))

    async def open_settings(self, pressed: Pressed) -> None:
        """Let the channel's settings take the place of the modal: a second one would have to lie over it."""
        key = DraftKey(self._team_id, pressed.value, pressed.person_id)
        await self._show(pressed.view_id, await self._settings(key))

    async def _show(self, view_id: str, view: Block) -> None:
        await fill(self._calls, view_id, view, failed=saying(NOT_SHOWN))


def _said(done: Edit, given: Offer) -> Block:
    """What came of it; what was not taken stands there again, as it was typed."""
    match done:
        case Done():
            return added(given.channel_id, len(done.draft.setup.persona.examples))
        case NotAllowed():
            return saying(why_not(done.reason))
        case Refused():
            return form(given, "\n".join(escaped(sentence) for sentence in done.fields.values()))
    return form(given, texts.STALE)
