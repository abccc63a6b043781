"""What people read where they try a draft."""

from bot.chat.outcomes import Overtaken, Publication, Published, Refused, Unchanged
from bot.slack.blocks import escaped

PUBLISH = "Publish"
BACK = "Back to settings"
COMPARE = "Compare"

FALLBACK = "Try your draft here, in this thread."
STALE = "Your draft was changed just now, somewhere else. Press Publish again if you want all of it."


def root(channel_id: str, name: str) -> str:
    """The first message of a trial; `name` is escaped already."""
    return (
        f"*Try it: your draft for <#{channel_id}>*\n"
        f"Write in this thread, as often as you like, and *{name}* answers as your draft is at that moment. "
        "The channel hears nothing of it."
    )


def outcome(done: Publication, channel_id: str) -> str:
    """What came of Publish, for the thread."""
    match done:
        case Published():
            return (
                f"Published as version {done.after.version}. "
                f"<#{channel_id}> has it from the next question on."
            )
        case Unchanged():
            return f"There is nothing to publish: <#{channel_id}> has this already."
        case Overtaken():
            newest = done.newest
            return (
                f"<@{newest.by}> published version {newest.setup.version} while you were trying, so I "
                "published nothing over it. Open the settings to see what changed, and decide there."
            )
        case Refused():
            reasons = "\n".join(f"\u2022 {escaped(sentence)}" for sentence in done.fields.values())
            return f"The draft cannot be published like this:\n{reasons}"
    return STALE
