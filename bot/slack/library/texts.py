"""What people read in the persona library."""

from collections.abc import Sequence

from bot.chat.rights import NoRight
from bot.chat.setup import Example

TITLE = "Persona library"
NEW_TITLE, EDIT_TITLE = "New persona", "Edit persona"
ONE_MOMENT = "One moment\u2026"
INTRO = (
    "Everybody finds these personas in a channel's *Assistant setup*. "
    "A channel that has taken one keeps what it took, whatever happens to it here."
)
BUILT_IN, OURS = "comes with Confab", "this workspace's own"
NEW, EDIT, COPY, DELETE, KEEP = "New persona", "Edit", "Copy", "Delete", "Keep it"
SAVE, BACK, CLOSE = "Save", "Back", "Close"
PREVIOUS, NEXT = "Previous", "Next"

NAME, ICON, SYSTEM_MESSAGE, GREETING = "Name", "Icon", "System message", "Greeting"
ICON_HINT = "An emoji's name between colons, such as :robot_face:."
FROM_CHANNEL = "Take the persona of a channel"
FROM_CHANNEL_HINT = (
    "What is published there, with its examples, takes the place of everything above. "
    "So examples are added and changed: in a channel, tried there, then taken."
)

SAVED, COPIED, DELETED = "Saved.", "Copied.", "Deleted."
GONE = "This persona is not in the library any more."
FAILED = "Slack or my memory took too long just now. Please try again in a minute."
NOT_YOURS = (
    "I cannot take the persona of this channel: you or I are not in it, or you may not read its setup."
)

WHY_NOT = {
    NoRight.NOT_ADMIN: "Only admins of the workspace change its library.",
    NoRight.NOT_FULL: "Guests and people of other organisations cannot change the library.",
}


def delete_asked(name: str) -> str:
    """Before a persona is deleted; `name` is escaped already."""
    return f"Delete *{name}* from the library? Channels that have taken it keep it."


def examples_said(examples: Sequence[Example]) -> str:
    """How many examples a persona has."""
    if not examples:
        return "It has no examples."
    return f"It has {len(examples)} example{'' if len(examples) == 1 else 's'}, which stay as they are."


def page_said(first: int, last: int, total: int) -> str:
    """Where somebody is in the list, counted from 1."""
    return f"{first} to {last} of {total} personas"
