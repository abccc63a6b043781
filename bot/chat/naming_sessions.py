"""Following the titles that people give to a thread's session."""

from dataclasses import dataclass

from bot.chat.ports import Conversations
from bot.chat.threads import ThreadKey


@dataclass(frozen=True, slots=True)
class NamingSessions:
    """The verb of a rename, within one team."""

    team_id: str
    conversations: Conversations

    async def rename(self, channel_id: str, root_ts: str, title: str) -> bool:
        """Keep the title; False where the thread is none of ours."""
        thread = ThreadKey(self.team_id, channel_id, root_ts)
        return await self.conversations.entitle(thread, " ".join(title.split()))
