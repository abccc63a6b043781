"""What somebody does about a trial: begin it, publish what they tried."""

from collections.abc import Awaitable, Callable

from bot.chat.outcomes import NotAllowed, Published, Unchanged
from bot.chat.publishing import Publishing
from bot.chat.trying import Trying
from bot.chat.versions import DraftKey
from bot.slack.blocks import actions, button, section
from bot.slack.direct import Directly
from bot.slack.links import Links
from bot.slack.pressed import Pressed
from bot.slack.settings_modal.modal import OPEN
from bot.slack.settings_modal.texts import why_not
from bot.slack.trying import texts
from bot.slack.trying.room import TrialRoom


class TrialDeeds:
    """The slow part of what is pressed, which its acknowledgement does not wait for."""

    def __init__(
        self,
        team_id: str,
        trying: Trying,
        publishing: Publishing,
        directly: Directly,
        links: Links,
        *,
        announce: Callable[[], Awaitable[object]],
    ) -> None:
        self._team_id = team_id
        self._announce = announce
        self._trying = trying
        self._publishing = publishing
        self._directly = directly
        self._links = links

    async def begin(self, person_id: str, channel_id: str) -> str | NotAllowed:
        """Open a trial of somebody's draft for that channel; the thread's address, or why there is none."""
        key = DraftKey(self._team_id, channel_id, person_id)
        begun = await self._trying.begin(key, TrialRoom(self._directly))
        return (
            begun if isinstance(begun, NotAllowed) else self._links.message(begun.channel_id, begun.root_ts)
        )

    async def begin_from_home(self, pressed: Pressed) -> None:
        """The same for a button; who may not (any more) is told so directly."""
        begun = await self.begin(pressed.person_id, pressed.value)
        if isinstance(begun, NotAllowed):
            await self._directly.tell(pressed.person_id, why_not(begun.reason))

    async def publish(self, pressed: Pressed) -> None:
        """Publish the draft that is tried in a thread, and say in it what came of that."""
        channel_id = pressed.value
        key = DraftKey(self._team_id, channel_id, pressed.person_id)
        done = await self._publishing.publish(key, None)
        text = why_not(done.reason) if isinstance(done, NotAllowed) else texts.outcome(done, channel_id)
        blocks = [section(text)]
        if not isinstance(done, NotAllowed | Published | Unchanged):
            blocks.append(actions(button(texts.BACK, OPEN, channel_id)))
        await self._directly.post(pressed.channel_id, text, blocks, root_ts=pressed.root_ts)
        if isinstance(done, Published):
            await self._announce()
