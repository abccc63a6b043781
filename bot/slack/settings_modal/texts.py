"""Every word of the settings modal that people read."""

from collections.abc import Mapping

from bot.chat.rights import NoRight

# The bars of the views (Slack: 24 characters).
ROOT = "Confab here"
WORKSPACE_ROOT = "Workspace defaults"
SETUP = "Assistant setup"
EXAMPLES = "Examples"
SETTINGS = "Settings"
ACCESS = "Access"
HISTORY = "History"
NEW_EXAMPLE = "A new example"
IMPORT_TITLE = "Import a setup"
EXPORT_TITLE = "Export the setup"
KEEP = "Keep in draft"
BACK = "Back"
CLOSE = "Close"
PUBLISH = "Publish"

# The root.
ONE_MOMENT = "One moment, I am looking this channel up."
OPEN = "Open"
LOOK = "Look"
HIDDEN = "_Only those who may change this channel's setup can read this._"
MEANWHILE = "*Somebody published a newer version meanwhile.*"
NO_DRAFT = "What you change is kept as your own draft until you publish it."
UNPUBLISHED = "*Your draft, not published yet*"
DISCARD = "Discard draft"
DISCARD_TITLE = "Discard your draft?"
DISCARD_TEXT = "The channel keeps what is published now. Your changes are gone for good."
YES_DISCARD = "Discard"
DISCARDED = "Your draft is discarded. This is what the channel has."
MORE = "More"
CODE = "View code"
TRY = "Try it"
COMPARE = "Compare"
WORKSPACE_DEFAULT = "These are the workspace's defaults: every channel without a setup of its own has them."

# Assistant setup.
START_FROM = (
    "*Start from a persona*\nIts system message and its examples take the place of what stands below."
)
CHOOSE = "Choose a persona"
BUILT_IN = "built in"
OURS = "this workspace's own"
UPDATE_TITLE = "Update the system message?"
UPDATE_TEXT = "Name, icon, system message and examples of your draft become those of the persona you chose."
CONTINUE = "Continue"
NAME = "Name"
ICON = "Icon"
ICON_HINT = (
    "An emoji's name between colons. It shows where the workspace lets me use a name and icon of my own."
)
SYSTEM_MESSAGE = "System message"
SYSTEM_HINT = (
    "Tells the model how to behave and what to go by: its personality, what it should and should not answer, "
    "how its answers look. At most 12,000 characters; long ones go on in the next field."
)
MORE_ROOM = "Room for 3,000 characters more"
GREETING = "Greeting"
GREETING_HINT = (
    "What I say when I come into the channel and somebody posts it. Leave it empty for my own words."
)
IMPORT = "Import"
EXPORT = "Export"
NONE = "none"

# Examples.
ADD = "Add an example"
EDIT = "Edit"
UP = "Move up"
DOWN = "Move down"
REMOVE = "Remove"
PREVIOUS = "Previous"
NEXT = "Next"
NO_EXAMPLES = (
    "No examples yet. A few pairs of what somebody might write and how to answer it show the model what you "
    "mean better than instructions do."
)
EXAMPLE_USER = "What somebody writes"
EXAMPLE_USER_HINT = "A message as people would write it here."
EXAMPLE_ANSWER = "How to answer it"
EXAMPLE_ANSWER_HINT = "The answer as you want it: its length, its tone, its form."

# Access.
WHO_MAY_CHANGE = "Who may change this channel's setup"
WHO_MAY_CHANGE_HINT = "Guests and people of other organisations never may. Workspace admins always may."
BY_MEMBERS = "Every member of the channel"
BY_LISTED = "The channel's creator and the people listed below"
LISTED = "Listed people"
LISTED_HINT = "They count only where you chose listed people above, and while they are in the channel."
READING = "Who may read the system message and the examples"
READING_HINT = "Whoever may change them can always read them."
OPEN_TO_READ = "Every member of the channel"
CLOSED_TO_READ = "Only those who may change them"
MEMBERS_MAY = "Every member may change this channel's setup."
CREATOR_MAY = "The channel's creator and workspace admins may change this channel's setup."
LISTED_MAY = "The channel's creator, workspace admins and these people may change its setup:"
ALL_READ = "Every member may read it."
ALONE = "Only you are here with me: nobody else can change or read this."
FEW_READ = "Only they may read the system message and the examples."

# History.
NO_HISTORY = "Nothing was published here yet."
RESTORE = "Restore"
RESTORE_TITLE = "Restore version {number}?"
RESTORE_TEXT = "It is published anew, as the next version, and counts from the next turn on."
CURRENT = "current"
OLDER = "Older"
NEWEST = "Newest"
ALL_SETTINGS = "All settings"
COMPARE_WITH = "Compare with\u2026"
NO_DIFFERENCE = "nothing changed"

# What somebody is told.
NOTHING_TO_PUBLISH = "There was nothing to publish: the channel has this already."
RESTORE_OVERTAKEN = "Nothing was restored: somebody published a version meanwhile. It is the first one below."
VERSION_GONE = "Nothing was restored: that version is not there any more."
STALE = (
    "Your draft was changed somewhere else meanwhile. What you see here is not kept yet: "
    "look it over and press once more."
)
STALE_HERE = "Your draft was changed somewhere else meanwhile. Copy your words, go back, open this again."
SHOWS_NEWEST = "Your draft was changed somewhere else meanwhile; this is how it stands now."
LOST_RIGHT = "Nothing was changed: you may not change this setup."
KEPT = "Kept in your draft."
FAILED = "That did not work just now, and nothing was changed. Please try again in a minute."
INVITE = (
    "I am not in this channel yet. Write `/invite @Confab` here, then ask again. "
    "In our direct message I am always there."
)

_WHY = {
    NoRight.NOT_MEMBER: "Only members look at a channel's setup. If I am not there, write `/invite @Confab`.",
    NoRight.NOT_FULL: (
        "You can look, but not change anything: guests and people of other organisations ask me, they do not "
        "set me up."
    ),
    NoRight.NOT_LISTED: (
        "You can look, but not change anything: in this channel, its creator, the people listed under Access "
        "and workspace admins do that."
    ),
    NoRight.NOT_ADMIN: "Only admins of the workspace can change its defaults.",
}


def examples_count(count: int) -> str:
    """Above the list of pairs."""
    return f"{count} of at most 50. The prompt has them in this order, before the conversation."


def example_title(number: int) -> str:
    """The bar over one pair."""
    return f"Example {number}"


def date(at: float) -> str:
    """A moment as Slack writes it in the reader's own time zone."""
    return f"<!date^{int(at)}^{{date_short_pretty}}, {{time}}|{int(at)}>"


def trial_begun(address: str) -> str:
    """After a trial was opened, with the way to it."""
    return (
        f"I opened <{address}|a thread in our direct message>. "
        "Your draft answers there, and nobody else sees it."
    )


def version_said(version: int) -> str:
    """Where a setup stands in its channel's history."""
    if version > 0:
        return f"This is version {version}."
    return "The workspace's defaults." if version < 0 else "Nothing was published here yet."


def restored_said(number: int) -> str:
    """In a version that brought an earlier one back."""
    return f"brought back version {number}"


def offer_said(name: str) -> str:
    """When somebody named a persona after the command."""
    return f"Name, icon, system message and examples of your draft become those of *{name}*."


def no_such_persona(name: str) -> str:
    """When the library has none of that name; it is escaped already."""
    return f"No persona is called \u201c{name}\u201d. These there are:"


def default_deployment(name: str) -> str:
    """The choice of whichever deployment the operator made the default."""
    return f"the workspace's default ({name})"


def refused_said(deployment: str) -> str:
    """At a setting that the chosen deployment does not take."""
    return f"{deployment} does not take this: it is kept here and not sent."


def stops_applied(deployment: str) -> str:
    """At the stop sequences, which work all the same."""
    return f"{deployment} does not take these, so I end its answers there myself."


def meanwhile_said(version: int, by: str, at: float) -> str:
    """When somebody else published while this person was changing the setup."""
    return f"*Version {version} was published meanwhile*, by <@{by}>, {date(at)}. It changed:"


def not_published_over(version: int) -> str:
    """Over the root, after Publish, where what was published meanwhile stands right below."""
    return f"Nothing was published: version {version} came first. Choose below what becomes of your draft."


def published_said(version: int) -> str:
    """After Publish."""
    return f":white_check_mark: Published as version {version}. It counts from the next answer on."


def why_not(reason: NoRight) -> str:
    """Why somebody may not, as a sentence."""
    return _WHY[reason]


def lost(reason: NoRight) -> str:
    """When a right is gone that there was when the view was opened."""
    return f"{LOST_RIGHT} {why_not(reason)}"


def faults_said(faults: dict[str, str]) -> str:
    """What keeps a draft from being published."""
    return "Not published yet:\n" + "\n".join(f"\u2022 {fault}" for fault in list(faults.values())[:10])


def first_of(fields: Mapping[str, str]) -> str:
    """Over a view whose fields cannot be kept as they are."""
    return "Not kept yet: " + next(iter(fields.values()), FAILED)
