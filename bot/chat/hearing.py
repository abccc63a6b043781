"""The verbs for what happens in Slack: a message is heard, edited, deleted."""

from bot.chat.addressing import Ignored, Silence, Terms, address, not_a_person, ours
from bot.chat.asides import Wish, wish
from bot.chat.messages import Amended, Deleted, Edited, Heard, Question, Reworded
from bot.chat.ports import Conversations, Setups
from bot.chat.ports.opinions import Quiet
from bot.chat.setup import ReplyMode
from bot.chat.threads import Place, ThreadKey, Us


async def hear(
    heard: Heard, us: Us, conversations: Conversations, setups: Setups, quiet: Quiet
) -> Question | Ignored:
    """Store a message that is for us. When this returns it is durable, and Slack may have its ack.

    The same message may come any number of times, as `message` and as `app_mention`: it is stored once.
    Of a message that is not for us nothing is kept, and neither is a word that mutes or wakes its thread: the
    first delivery of one is `HUSHED` or `WOKEN`, every other an `ASIDE`.
    """
    terms = Terms()
    if heard.place is Place.CHANNEL and not not_a_person(heard, us):
        terms = await _terms(heard, us, conversations, setups)
    addressed = address(heard, us, terms)
    if isinstance(addressed, Question) and heard.in_thread:
        silence = await _quietly(addressed, heard, us, quiet)
        addressed = Ignored(silence) if silence else addressed
    if isinstance(addressed, Question):
        await conversations.store(addressed)
    return addressed


async def _quietly(question: Question, heard: Heard, us: Us, quiet: Quiet) -> Silence | None:
    """Why a message of a thread is not answered: it is a wish, or its thread is muted; a mention wakes."""
    thread, wished = question.thread, wish(heard)
    if wished is Wish.QUIET:
        return Silence.HUSHED if await quiet.hush(thread, question.author_id, heard.ts) else Silence.ASIDE
    if wished is Wish.HEARD:
        return Silence.WOKEN if await quiet.wake(thread, heard.ts) else Silence.ASIDE
    if not await quiet.is_quiet(thread, heard.ts):
        return None
    if us.user_id not in heard.mentions:
        return Silence.MUTED
    await quiet.wake(thread, heard.ts)
    return None


async def _terms(heard: Heard, us: Us, conversations: Conversations, setups: Setups) -> Terms:
    """No more reads than the channel's mode asks for: most messages in a channel are not for us."""
    mode = await setups.reply_mode(us.team_id, heard.channel_id)
    if not heard.in_thread or us.user_id in heard.mentions:
        return Terms(mode)
    thread = ThreadKey(us.team_id, heard.channel_id, heard.root_ts)
    if mode is ReplyMode.ASKERS:
        asked = await conversations.has_asked(thread, heard.author_id or "", before=heard.ts)
        return Terms(mode, asked_here=asked)
    if mode is ReplyMode.THREAD:
        return Terms(mode, ours=await conversations.is_ours(thread))
    return Terms(mode)


async def amend(change: Edited | Deleted, us: Us, conversations: Conversations) -> Amended:
    """Let an edit or a deletion reach the conversation; False where it concerns no message of ours.

    Neither is a question: what was answered stays answered, and the next turn remembers the change. Of
    the latest question it is `Reworded`, so that its author can be asked. A deleted root ends its
    conversation: nothing is answered in it any more without a new mention.
    """
    if isinstance(change, Deleted):
        if await conversations.end(ThreadKey(us.team_id, change.channel_id, change.ts), change.at):
            return True
        return await conversations.delete(us.team_id, change.channel_id, change.ts)
    if ours(change, us):
        return False
    found = await conversations.edit(
        us.team_id, change.channel_id, change.ts, change.text, change.edited_ts, gone_files=change.gone_files
    )
    if isinstance(found, Reworded) and change.author_id not in (None, found.author_id):
        return True
    return found
