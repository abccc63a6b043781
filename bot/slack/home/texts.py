"""What people read in their home."""

from bot.chat.panels import Panel

TITLE = "Confab"
INTRO = (
    "I answer questions in Slack threads, with your organisation's own Azure OpenAI model. "
    "Each thread is one conversation, and I remember it."
)
HOW = (
    "*How to ask*\n"
    "\u2022 In a channel: mention me and write your question. I answer in a thread under it.\n"
    "\u2022 In that thread: write on, without mentioning me again. Others join in by mentioning me once.\n"
    "\u2022 In a direct message: just write. Every new message starts its own thread."
)
INVITE = "*Not in a channel yet?* Write `/invite @Confab` there."
MEMORY = (
    "I read only what is written to me, and keep it in your organisation's database. "
    "What you edit or delete in Slack, I edit or forget as well."
)

NAMES = {Panel.SETUP: "Assistant setup", Panel.SESSIONS: "Chat sessions", Panel.SETTINGS: "Settings"}
ABOUT = {
    Panel.SETUP: "The channels that you and I share and that you may set up",
    Panel.SESSIONS: "Your recent threads with me",
    Panel.SETTINGS: "Defaults and usage",
}

MOVE_UP, MOVE_DOWN, HIDE = "Move up", "Move down", "Close this panel"
SHOW_PANELS = "*Show panels*"
SHOW_PANELS_HINT = "Tick what you want to see here; a closed panel comes back where it was."

NO_CHANNELS = (
    "There is no channel yet that we share and that you may set up. "
    "Write `/invite @Confab` in one that you are in."
)
WORKSPACE_DEFAULT = "the workspace's default"
OPEN_CHANNEL, TRY, COMPARE = "Settings", "Try it", "Compare"
PREVIOUS, NEXT = "Previous", "Next"

NO_SESSIONS = "You have not asked me anything yet."
NEW_SESSION = "Start a new one"
HOW_TO_START = "Every new message that you write to me directly starts its own session."
FORGOTTEN = "(what you wrote is deleted)"
FAILED = "I could not look up what is yours just now. Please open this tab again in a minute."

FOR_ME = "Use it for me"
YOUR_SETTINGS = "Your defaults"
DEFAULTS, LIBRARY = "Workspace defaults", "Persona library"
DEFAULTS_ONLY_ADMINS = "Channels that nobody set up have the workspace's defaults; admins change them."


def channel_line(name: str, icon: str, version: int) -> str:
    """What stands after a channel's name; `name` is escaped already."""
    face = f"{icon} *{name}*" if icon else f"*{name}*"
    return f"{face} \u00b7 {f'version {version}' if version else WORKSPACE_DEFAULT}"


def page_line(number: int, of: int, in_all: int) -> str:
    """Where somebody is in a long list."""
    return f"Page {number + 1} of {of} \u00b7 {in_all:,} channels"


def spent_line(today: int, month: int) -> str:
    """What somebody's own questions cost."""
    return f"*Your usage*\nToday {today:,} tokens \u00b7 this month {month:,} tokens (days and months in UTC)"


def yours_line(name: str, deployment: str | None, version: int) -> str:
    """What answers somebody in their direct message; `name` is escaped already."""
    on = f"`{deployment}`" if deployment else "the default deployment"
    whose = f"your version {version}" if version > 0 else f"{WORKSPACE_DEFAULT}, until you choose otherwise"
    return (
        f"*Your defaults*\n*{name}* on {on} answers you in our direct message: {whose}. Nobody else sees or "
        f"changes it. \u201c{FOR_ME}\u201d beside a channel brings its persona and settings here, as a draft."
    )


def defaults_line(name: str, deployment: str | None, max_response: int, past_messages: int) -> str:
    """The workspace's defaults in short; `name` is escaped already."""
    on = f"`{deployment}`" if deployment else "the default deployment"
    return (
        f"*Workspace defaults*\n*{name}* on {on} \u00b7 maximum response {max_response:,} tokens "
        f"\u00b7 past messages {past_messages}"
    )
