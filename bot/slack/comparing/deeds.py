"""What somebody does about a comparison: open it, ask, ask again."""

from bot.chat.comparing import Candidate, Comparing, Side
from bot.chat.outcomes import Gone, NotAllowed
from bot.chat.versions import DraftKey
from bot.errors import ConfabError, DailyCapReached, SlackUnwilling
from bot.slack.blocks import Block
from bot.slack.calls import Calls
from bot.slack.comparing import texts
from bot.slack.comparing.view import LEFT, QUESTION, RIGHT, answers, form, headings, too_long, waiting
from bot.slack.direct import Directly
from bot.slack.filling import fill
from bot.slack.mentions import neutralised
from bot.slack.pages import BLOCK_PAGES, pages
from bot.slack.pressed import Pressed, Submitted
from bot.slack.settings_modal.texts import why_not


class ComparisonDeeds:
    """The slow part of what is pressed and submitted; acknowledgements do not wait for it."""

    def __init__(self, team_id: str, comparing: Comparing, calls: Calls, directly: Directly) -> None:
        self._team_id = team_id
        self._comparing = comparing
        self._calls = calls
        self._directly = directly

    async def open(self, pressed: Pressed) -> None:
        """Open the modal at once (Slack: a trigger lives three seconds), then fill it."""
        key = self._key(pressed.value, pressed.person_id)
        await self.fill(await self._shown("views.open", pressed.trigger_id, key), key)

    async def push(self, key: DraftKey, trigger_id: str, against: Candidate) -> None:
        """The same over another modal, with what is published and `against` chosen at first."""
        await self.fill(await self._shown("views.push", trigger_id, key), key, against)

    async def again(self, pressed: Pressed) -> None:
        """Take another question in the same modal."""
        await self.fill(pressed.view_id, self._key(pressed.about, pressed.person_id))

    async def ask(self, submitted: Submitted) -> None:
        """Ask both, and show what they said in the modal, or directly where it was closed."""
        channel_id, question = submitted.about, submitted.typed.get(QUESTION, "")
        left, right = (Candidate.of(submitted.typed.get(name, "")) for name in (LEFT, RIGHT))
        if left is None or right is None:
            await self._show(submitted.view_id, waiting(channel_id, texts.GONE))
            return
        key = self._key(channel_id, submitted.person_id)
        try:
            sides = await self._comparing.compare(key, question, left, right)
        except DailyCapReached as full:
            await self._show(submitted.view_id, waiting(channel_id, full.sentence))
            return
        except ConfabError:
            await self._show(submitted.view_id, waiting(channel_id, texts.FAILED))
            raise
        if isinstance(sides, NotAllowed | Gone):
            said = why_not(sides.reason) if isinstance(sides, NotAllowed) else texts.GONE
            await self._show(submitted.view_id, waiting(channel_id, said))
            return
        await self._tell(submitted, sides)

    async def fill(self, view_id: str, key: DraftKey, against: Candidate | None = None) -> None:
        """Let the question and the choice of two take the place of what a modal shows."""
        channel_id = key.channel_id
        try:
            found = await self._comparing.candidates(key)
        except ConfabError:
            await self._show(view_id, waiting(channel_id, texts.FAILED))
            raise
        view = (
            waiting(channel_id, why_not(found.reason))
            if isinstance(found, NotAllowed)
            else form(channel_id, found, against=against)
        )
        await fill(self._calls, view_id, view, failed=waiting(channel_id, texts.FAILED))

    def _key(self, channel_id: str, person_id: str) -> DraftKey:
        return DraftKey(self._team_id, channel_id, person_id)

    async def _shown(self, method: str, trigger_id: str, key: DraftKey) -> str:
        view = waiting(key.channel_id, texts.LOADING)
        opened = await self._calls.write(method, trigger_id=trigger_id, view=view)
        return str(opened["view"]["id"])

    async def _show(self, view_id: str, view: Block) -> bool:
        """Put something else into the modal; False where it is closed, or Slack does not take it."""
        try:
            await self._calls.write("views.update", view_id=view_id, view=view)
        except SlackUnwilling:
            return False
        return True

    async def _tell(self, submitted: Submitted, sides: tuple[Side, Side]) -> None:
        """Show both answers; send them where the modal does not show all, and say in it what came of that."""
        channel_id, question = submitted.about, submitted.typed.get(QUESTION, "")
        long = too_long(sides)
        note = texts.SENDING if long else ""
        shown = await self._show(submitted.view_id, answers(channel_id, question, sides, note))
        if shown and not long:
            return
        try:
            await self._send(submitted.person_id, question, sides)
        except SlackUnwilling:
            await self._note(submitted, sides, texts.NOT_SENT, shown=shown)
            raise
        await self._note(submitted, sides, texts.SENT, shown=shown)

    async def _note(self, submitted: Submitted, sides: tuple[Side, Side], note: str, *, shown: bool) -> None:
        """Put the note under the answers, or alone where Slack did not take them."""
        channel_id, question = submitted.about, submitted.typed.get(QUESTION, "")
        view = answers(channel_id, question, sides, note) if shown else waiting(channel_id, note)
        await self._show(submitted.view_id, view)

    async def _send(self, person_id: str, question: str, sides: tuple[Side, Side]) -> None:
        """Both answers whole, in a thread of the person's direct message."""
        place = await self._directly.place(person_id)
        asked: Block = {"type": "section", "text": {"type": "plain_text", "text": question}}
        root = await self._directly.post(place, texts.TITLE, [asked, headings(sides)])
        for side in sides:
            name = texts.label(side.candidate)
            for page in pages(f"**{name}**\n\n{neutralised(texts.whole(side))}", BLOCK_PAGES):
                blocks: list[Block] = [{"type": "markdown", "text": page.text}]
                await self._directly.post(place, name, blocks, root_ts=root)
