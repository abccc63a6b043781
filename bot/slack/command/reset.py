"""`/confab reset`: what it does is said first, and done when the person says so."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.chat.outcomes import NotAllowed, Overtaken, Published, Restoration
from bot.chat.publishing import Publishing
from bot.chat.versions import DraftKey
from bot.errors import ConfabError
from bot.slack.blocks import Block, modal, section
from bot.slack.calls import Calls
from bot.slack.command import texts
from bot.slack.filling import fill
from bot.slack.settings_modal.at import At
from bot.slack.settings_modal.deeds import Deed, submitted

CALLBACK = "command.reset"


class Reset:
    """Publishes the usual settings for who may; persona, examples, access and drafts stay."""

    def __init__(self, team_id: str, calls: Calls, publishing: Publishing) -> None:
        self._team_id = team_id
        self._calls = calls
        self._publishing = publishing

    async def ask(self, trigger_id: str, person_id: str, channel_id: str) -> None:
        """Open the question, or say why this person may not."""
        opened = await self._calls.write(
            "views.open", final=True, trigger_id=trigger_id, view=_said(texts.ONE_MOMENT)
        )
        view_id = str(opened["view"]["id"])
        try:
            right = await self._publishing.right(DraftKey(self._team_id, channel_id, person_id))
        except ConfabError:
            await self._show(view_id, _said(texts.LATE))
            raise
        await self._show(view_id, _question(channel_id) if right is None else _said(texts.why_not(right)))

    async def carry_out(self, deed: Deed) -> Block:
        """Reset; the view that says what came of it."""
        key = DraftKey(self._team_id, deed.channel_id, deed.person_id)
        try:
            return _said(_outcome(await self._publishing.reset_settings(key)))
        except ConfabError as error:
            return _said(error.sentence)

    def register(self, app: AsyncApp) -> None:
        """Listen to the answer."""

        async def on_yes(ack: AsyncAck, body: dict[str, object]) -> None:
            deed = submitted(body)
            if deed is None:
                await ack()
            else:
                await ack(response_action="update", view=await self.carry_out(deed))

        app.view(CALLBACK)(on_yes)

    async def _show(self, view_id: str, view: Block) -> None:
        await fill(self._calls, view_id, view, failed=_said(texts.LATE))


def _question(channel_id: str) -> Block:
    return modal(
        texts.RESET_TITLE,
        [section(texts.RESET_ASKS)],
        callback_id=CALLBACK,
        metadata=At(channel_id).encoded(),
        submit=texts.RESET,
        close=texts.CANCEL,
    )


def _said(text: str) -> Block:
    return modal(texts.RESET_TITLE, [section(text)], callback_id="command.said", close=texts.CLOSE)


def _outcome(done: Restoration) -> str:
    match done:
        case Published():
            return texts.RESET_DONE.format(version=done.after.version)
        case NotAllowed():
            return texts.why_not(done.reason)
        case Overtaken():
            return texts.RESET_OVERTAKEN
    return texts.RESET_NOTHING
