"""Every word about muted threads that people read."""

from bot.chat.rights import NoRight

MUTE = "Mute this thread"
MUTED = "Done. I said so in the thread, and stay quiet there until somebody mentions me."
MUTED_BEFORE = "I am quiet in this thread already. Mention me in it, and I am back."
LISTENING = "I am listening in this thread again."


def hushed(person_id: str) -> str:
    """The line in a thread that was muted."""
    return f"I am quiet in this thread now, as <@{person_id}> asked. Mention me, and I am back."


def refused(_reason: NoRight) -> str:
    """Why somebody may not mute."""
    return "Only members of this channel can see or do this."
