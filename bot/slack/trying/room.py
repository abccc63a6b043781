"""Where a trial takes place: a thread that Confab begins in a person's direct message."""

from bot.chat.setup import Setup
from bot.chat.threads import ThreadKey
from bot.chat.versions import DraftKey
from bot.slack.blocks import Block, actions, button, escaped, section
from bot.slack.comparing.view import COMPARE
from bot.slack.direct import Directly
from bot.slack.mentions import neutralised
from bot.slack.settings_modal.modal import OPEN
from bot.slack.trying import texts

PUBLISH = "trial_publish"


def root_blocks(channel_id: str, name: str) -> list[Block]:
    """The first message of a trial, with what may come after it."""
    return [
        section(texts.root(channel_id, escaped(neutralised(name)))),
        actions(
            button(texts.PUBLISH, PUBLISH, channel_id, style="primary"),
            button(texts.BACK, OPEN, channel_id),
            button(texts.COMPARE, COMPARE, channel_id),
        ),
    ]


class TrialRoom:
    """Implements `bot.chat.trying.TrialRooms`."""

    def __init__(self, directly: Directly) -> None:
        self._directly = directly

    async def open(self, draft: DraftKey, setup: Setup) -> ThreadKey:
        """Post the first message of a trial; raises `SlackUnwilling` where Slack does not take it."""
        place = await self._directly.place(draft.person_id)
        blocks = root_blocks(draft.channel_id, setup.persona.name)
        return ThreadKey(draft.team_id, place, await self._directly.post(place, texts.FALLBACK, blocks))

    async def close(self, thread: ThreadKey) -> None:
        """Delete that message; raises `SlackUnwilling` where Slack does not."""
        await self._directly.take_back(thread.channel_id, thread.root_ts)
