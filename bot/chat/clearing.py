"""The verb behind "Clear chat"."""

from dataclasses import dataclass

from bot.chat.ports import Conversations, Setups
from bot.chat.rights import NoRight, Standing, may_clear
from bot.chat.threads import ThreadKey


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many messages the model has forgotten, and whether their texts are deleted, too."""

    messages: int
    erased: bool


async def clear(
    thread: ThreadKey, standing: Standing, *, erase: bool, conversations: Conversations, setups: Setups
) -> Cleared | NoRight:
    """Begin a thread's conversation anew; with `erase` the texts leave the database. In Slack they stay.

    `standing` is asked for at this very moment. Raises what the database raises.
    """
    setup = await setups.current(thread.team_id, thread.channel_id)
    starter = await conversations.starter(thread)
    if refused := may_clear(standing, setup.access, starter):
        return refused
    return Cleared(await conversations.clear(thread, erase=erase), erase)
