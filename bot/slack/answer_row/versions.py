"""What an answer was before: its earlier versions, one a page, in the modal of the person who looks."""

from collections.abc import Sequence

from bot.chat.looking import Looking, Made
from bot.chat.ports.again import Again
from bot.chat.regenerating import EarlierVersion
from bot.slack.answer_row import texts
from bot.slack.answer_row.about import About
from bot.slack.answer_row.longer import beginning, code, rich_text
from bot.slack.answer_row.more import Chosen
from bot.slack.answer_row.more_view import notice_view
from bot.slack.blocks import Block, actions, button, context, modal
from bot.slack.calls import Calls
from bot.slack.pressed import Pressed

PAGE = "answer.version."
CALLBACK = "answer.versions_view"


class VersionDeeds:
    """Fills the modal of "More" with them, and pages in it; who may look is found out at every press."""

    def __init__(self, looking: Looking, again: Again, calls: Calls) -> None:
        self._looking = looking
        self._again = again
        self._calls = calls

    async def fill(self, chosen: Chosen) -> None:
        """Show the newest of them."""
        await self._show(chosen.view_id, chosen.about, chosen.made, -1)

    async def turn_page(self, pressed: Pressed) -> None:
        """Show another one."""
        about = About.decoded(pressed.about)
        if about is None or not pressed.value.isdecimal():
            return
        made = await self._looking.made(about.spot(pressed.person_id))
        if isinstance(made, Made):
            await self._show(pressed.view_id, about, made, int(pressed.value))
            return
        why = notice_view(texts.VERSIONS, texts.refused(made) if made else texts.NOTHING_HERE)
        await self._calls.write("views.update", view_id=pressed.view_id, view=why)

    async def _show(self, view_id: str, about: About, made: Made, index: int) -> None:
        versions = await self._again.earlier(made.shown.turn_id)
        view = versions_view(versions, about, index)
        await self._calls.write("views.update", view_id=view_id, view=view)


def versions_view(versions: Sequence[EarlierVersion], about: About, index: int) -> Block:
    """One of them, counted from 0; an index outside is the last one."""
    if not versions:
        return notice_view(texts.VERSIONS, texts.NO_VERSIONS)
    index = index if 0 <= index < len(versions) else len(versions) - 1
    version = versions[index]
    line = texts.version_line(
        index + 1, len(versions), version.replaced_by, int(version.replaced_at), version.tokens
    )
    blocks = [context(line), rich_text([code(beginning(version.text))])]
    turns = []
    if index > 0:
        turns.append(button(texts.EARLIER, f"{PAGE}earlier", str(index - 1)))
    if index + 1 < len(versions):
        turns.append(button(texts.LATER, f"{PAGE}later", str(index + 1)))
    if turns:
        blocks.append(actions(*turns))
    return modal(texts.VERSIONS, blocks, callback_id=CALLBACK, metadata=about.encoded(), close=texts.CLOSE)
