"""The verbs for what happens in Slack: a message is heard, edited, deleted."""

from bot.chat.addressing import Ignored, address, ours
from bot.chat.messages import Deleted, Edited, Heard, Question
from bot.chat.ports import Conversations
from bot.chat.threads import Place, ThreadKey, Us


async def hear(heard: Heard, us: Us, conversations: Conversations) -> Question | Ignored:
    """Store a message that is for us. When this returns it is durable, and Slack may have its ack.

    The same message may come any number of times, as `message` and as `app_mention`: it is stored once.
    Of a message that is not for us nothing is kept.
    """
    asked_here = False
    if (
        heard.place is Place.CHANNEL
        and heard.in_thread
        and heard.author_id
        and us.user_id not in heard.mentions
    ):
        thread = ThreadKey(us.team_id, heard.channel_id, heard.thread_ts or heard.ts)
        asked_here = await conversations.has_asked(thread, heard.author_id, before=heard.ts)
    addressed = address(heard, us, asked_here=asked_here)
    if isinstance(addressed, Question):
        await conversations.store(addressed)
    return addressed


async def amend(change: Edited | Deleted, us: Us, conversations: Conversations) -> bool:
    """Let an edit or a deletion reach the conversation; False where it concerns no message of ours.

    Neither is a question: what was answered stays answered, and the next turn remembers the change.
    """
    if isinstance(change, Deleted):
        return await conversations.delete(us.team_id, change.channel_id, change.ts)
    if ours(change, us):
        return False
    return await conversations.edit(us.team_id, change.channel_id, change.ts, change.text, change.edited_ts)
