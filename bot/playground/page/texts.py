"""Every word that the page itself says."""

TITLE = "Confab playground"

WRITING = "{name} is writing"
THINKING = "{name} {line}"
ONLY_YOU = "Only visible to you"
EDITED = "(edited)"
DELETED = "This message was deleted."
STREAM_LOST = "The answer broke off here."
APP = "APP"

WRITTEN_BY = "Written by {model}"
SEE_CHATML = "See the ChatML it saw"

MESSAGE_IN = "Message {place}"
REPLY = "Reply in the thread"
SEND = "Send"
MENTION = "Mention somebody"
KEYS = "Enter sends, Shift + Enter makes a new line"

CHANNEL = "Channel"
THREAD = "Thread"
BACK = "Back"
CLOSE = "Close"
MORE = "More actions"
REPLY_HERE = "Reply in thread"
EDIT = "Edit message"
DELETE = "Delete message"
SAVE = "Save"
CANCEL = "Cancel"
STOP = "Stop"
COPY = "Copy"
COPIED = "Copied"
EARLIER = "Show earlier messages"

CHANNELS = "Channels"
DIRECT = "Direct messages"
YOU_ARE = "You are"
SPEAK_AS = "Speak as {name}, {role}"
ADMIN = "admin"
MEMBER = "member"
GUEST = "guest"
FROM_ELSEWHERE = "from elsewhere"

CONNECTED = "Confab is connected"
CONNECTING = "Confab is away; it starts again by itself"
CONNECTED_TO = "{sockets} connection to this workspace"
CONNECTED_TO_MANY = "{sockets} connections to this workspace"

BEGINNING = {
    "channel": "This is the very beginning of #{name}.",
    "group": "This is the very beginning of {name}, a private channel.",
    "im": "This is your conversation with {name}, between the two of you.",
    "mpim": "This is the very beginning of this conversation.",
}
DIRECT_HINT = "No mention is needed here: each message starts a thread of its own."
NOT_HERE = "Confab is not in this channel. Mention it, or invite it."
INVITE = "Invite Confab"

HINT_TITLE = "Try this"
HINT_FIRST = "In #xbox-support, Confab is an Xbox support agent. Ask it something:"
HINT_THEN = "It answers in a thread. There, ask on without mentioning it:"
HINT_FIRST_QUESTION = "@Confab I'm interested in buying a new Xbox"
HINT_SECOND_QUESTION = "What models are available?"
HINT_USE = "Put it into the message box"
HINT_HIDE = "Hide this hint"

PROMISES = "Try the promises"
PROMISES_INTRO = (
    "Ask something, then press one of these while the answer is being written. The thread should end with "
    "exactly one whole answer each time."
)
KILL = "Kill the bot"
KILL_EXPECT = (
    "Ends the process at once (kill -9). It starts again after a second and takes up the unfinished answer: "
    "one whole answer, no second one; after three crashes, a sentence that says so."
)
KILLED = "The bot (process {pid}) was killed. It starts again in a moment."
NO_BOT = "There is no bot running at the moment. It starts again by itself."
REDELIVER = "Redeliver the last event"
REDELIVER_EXPECT = (
    "Slack sometimes sends an event twice. Nothing should happen: the message is known already."
)
REDELIVERED = "Sent again, as a retry: {event}."
NO_EVENT = "No message was sent to the bot yet. Ask something first."
DROP = "Drop the connection"
DROP_EXPECT = "Cuts the socket without a goodbye. The bot connects anew, and what was sent meanwhile arrives."
DROPPED = "The connection was cut."
NO_CONNECTION = "There is no connection to cut: the bot is away."

CHATML_TITLE = "What the model saw"
CHATML_INTRO = "The prompt of this answer, as it was sent. The model continues after the last line."
CHATML_CHAT = "The request of this answer, as it was sent: this deployment takes messages instead of ChatML."
CHATML_GONE = "The model no longer has this request: it keeps the last few hundred."
CHATML_AWAY = "The model does not answer at the moment. Try again."
TOKENS_IN = "{count:,} tokens in the prompt"
TOKENS_OUT = "{count:,} in the answer"
TOKENS_TOOK = "{seconds:.1f} s"
ENDED = "ended: {reason}"

ALL_HERE = "A local workspace. Nothing leaves this machine."
WITH_AZURE = "A local workspace. Azure OpenAI answers."
MEMBERS = "{count} members"

GONE = "That is no longer there."
NO_ANSWER = "Confab did not answer in time. Try again."
CHOOSE = "Choose"
OPTIONAL = "(optional)"
MORE_OPTIONS = "More options"
FILE_SIZE = "{name}, {size:,} bytes"
DOWNLOAD = "Download {name}"
SHOW_ALL = "Show all {count} lines"
DISMISS = "Dismiss"
ATTACH = "Attach files"
ATTACHED = "Files to send"
ALT_TEXT = "Describe this picture"
ALT_TEXT_OF = "What {name} shows, for people who cannot see it"
REMOVE_FILE = "Remove {name}"
TOO_LARGE_FILE = "That file is too large for here. At most 25 MB each, please."
ENLARGE = "Enlarge: {name}"
SHORTCUTS = "Shortcuts and commands"
COMMAND = "Commands"
HOME = "Home"
MESSAGES = "Messages"
HOME_EMPTY = "Confab has not published a home here yet."
