"""Every word of the row under an answer, and of what it opens, that people read."""

import re

from bot.chat.code_samples.call import Extent, Language
from bot.chat.deployments import BYTES, Transport
from bot.chat.prompt import BUDGET, PAST_MESSAGES
from bot.chat.regenerating import NotAgain
from bot.chat.rights import NoRight

_SHELL = re.compile(r"\$\{(\w+)%[^}]*\}")

# The row, and the titles of what it opens (Slack: 24 characters).
CODE = "View code"
RAW = "Show raw syntax"
CLEAR = "Clear chat"
SETTINGS = "Channel settings"
MORE = "More"
MORE_TITLE = "About this answer"
# The thumbs (Slack: 75 characters each); what is read aloud says which answer is meant.
GOOD = "Good answer"
BAD = "Bad answer"
GOOD_ALOUD = "Rate this answer of Confab as good"
BAD_ALOUD = "Rate this answer of Confab as bad"
LARGER = "Use a larger maximum response"
CLOSE = "Close"
STOP = "Stop"
AGAIN = "Regenerate"
GO_ON = "Continue"
TRY_AGAIN = "Try again"
REWORDED = "You changed your question. Answer it anew?"
ANEW = "Answer anew"
VERSIONS = "Earlier versions"
NO_VERSIONS = "There are none: this is the only answer that was given here."
EARLIER = "Earlier"
LATER = "Later"
NOT_YOURS_TO_REPLACE = (
    "Whoever asked can have another answer here, and whoever may change this channel's setup."
)
NOT_AGAIN = {
    NotAgain.OLDER: "The conversation has gone on since: only its latest answer can be given again.",
    NotAgain.UNDER_WAY: "I am at it already.",
    NotAgain.AT_IT: "I am at it already.",
    NotAgain.GONE: "That answer was deleted or cleared, so there is nothing to give again.",
    NotAgain.WHOLE: "That answer is whole by now, so there is nothing to add.",
}
NOT_FURTHER = NOT_AGAIN | {
    NotAgain.OLDER: "The conversation has gone on since: only its latest answer can. Just ask for the rest.",
    NotAgain.GONE: "That answer was deleted or cleared, so it cannot go on.",
}
NOT_ONCE_MORE = NOT_AGAIN | {
    NotAgain.OLDER: "The conversation has gone on since: only its latest question can be tried again.",
    NotAgain.GONE: "That question was deleted or cleared, so there is nothing to try again.",
}
_NOT_ANEW: dict[str, str] = {
    NotAgain.OLDER: "The conversation has gone on since. I remember your question as it reads now.",
    NotAgain.UNDER_WAY: "I am still answering it. Press again when that answer is finished.",
    NotAgain.AT_IT: "I am still answering it. Press again when that answer is finished.",
    NotAgain.GONE: "That question or its answer was deleted or cleared, so I leave it.",
}
NOT_YOURS_TO_STOP = "Whoever asked can stop this answer, and whoever may change this channel's setup."
ONE_MOMENT = "One moment, I am looking it up."
FAILED = "That did not work just now, and nothing was changed. Please try again in a minute."
NOTHING_HERE = (
    "There is no answer of mine here that I could show. Failures have none, and neither do answers from "
    "before I kept how they were made, or a chat that was cleared."
)
NOT_ANY_MORE = "That is not yours to do here any more: your rights changed, or the answer is gone."

# The actions of More.
ADD_EXAMPLE = "Add as example"
COMPARE = "Compare with\u2026"
HISTORY = "History"

# View code.
LANGUAGES = {Language.PYTHON: "Python", Language.CURL: "curl", Language.JSON: "JSON"}
EXTENTS = {Extent.REQUEST: "This request", Extent.SO_FAR: "Conversation so far"}
FILE_NAMES = {Language.PYTHON: "sample.py", Language.CURL: "sample.sh", Language.JSON: "sample.json"}
RAW_FILE = "conversation.txt"

# Too long for a modal.
SENT = "This is only its beginning. All of it is a file in our direct message."
NOT_GRANTED = (
    "This is only its beginning: all of it would be a file, and this workspace does not let me send any "
    "(the optional scope `files:write`)."
)
NOT_SENT = (
    "This is only its beginning: Slack did not take the file with all of it. Please try again in a minute."
)

# Show raw syntax.
RENDERED = (
    "This deployment takes messages, and the service puts them into its own syntax. In ChatML it is this."
)
RAW_SENT = "This is the prompt as it was sent, with the answer at its end."
RAW_GONE = "[deleted] stands for what was deleted or cleared since: no longer the prompt as it was sent."
RAW_EDITED = (
    "Messages that were edited since stand here as they read now: no longer the prompt as it was sent."
)
WHY_LEFT_OUT = {
    PAST_MESSAGES: 'for the setting "past messages included"',
    BUDGET: "for want of room in the deployment's context",
}

# Clear chat.
CLEAR_ASKS = (
    "From here on I forget what was said in this thread: the next question starts anew. "
    "What stands in Slack stays there."
)
CLEAR_HOW = "What happens to what I have stored"
CLEAR_KEEP = "Only forget it for the model"
CLEAR_ERASE = "Also delete it from the database"
CLEARED = "Done. The thread says from where it starts anew."


def anew(refused: NotAgain | NoRight | None) -> str:
    """What came of the press on the offer of another answer."""
    if refused is None:
        return "I answer your changed question now, in the place of the answer before."
    return _NOT_ANEW.get(refused, NOT_YOURS_TO_REPLACE)


def sent_before(permalink: str) -> str:
    """Too long for a modal, and sent already."""
    return f"This is only its beginning. You have <{permalink}|all of it> in our direct message already."


def refused(reason: NoRight, *, clearing: bool = False) -> str:
    """Why somebody may not."""
    if reason is NoRight.NOT_MEMBER:
        return "Only members of this channel can see or do this."
    if clearing:
        return "Whoever started this thread can clear it, and whoever may change this channel's setup."
    return "You may not see this."


def cleared(person_id: str, messages: int, *, erased: bool) -> str:
    """The line in the thread."""
    gone = "I have forgotten" if not erased else "I have forgotten, and deleted from my database,"
    said = "message" if messages == 1 else "messages"
    return f"This chat starts anew here: <@{person_id}> cleared it. {gone} {messages} {said} above."


def version_line(number: int, of: int, person_id: str, at: int, tokens: int) -> str:
    """Over an earlier version; `tokens` are those of its prompt and its answer."""
    when = f"<!date^{at}^{{date_short_pretty}} {{time}}|then>"
    which = f"Version {number} of {of}, {tokens:,} tokens with its prompt"
    return f"{which}. <@{person_id}> asked for another one {when}."


def posted_to(address: str) -> str:
    """Where the JSON goes; `address` is written for a shell."""
    return "The body of a POST to `{}`.".format(_SHELL.sub(r"$\1", address))


def turn(part: str, tokens: int | None) -> str:
    """Over one turn of the raw syntax."""
    return part if tokens is None else f"{part}, {tokens:,} token{'' if tokens == 1 else 's'}"


def in_all(tokens: int, encoding: str) -> str:
    """What the conversation takes; more than it does, where every byte counts as a token."""
    if encoding == BYTES:
        return f"At most *{tokens:,} tokens* in all: how its model counts is not known, so each byte is one."
    return f"*{tokens:,} tokens* in all, counted with `{encoding}`."


def left_out(count: int, why: str) -> str:
    """What was not sent."""
    reasons = " and ".join(words for key, words in WHY_LEFT_OUT.items() if key in why) or why
    return f"{count:,} message{' was' if count == 1 else 's were'} left out {reasons}."


# What More says of an answer.
ASKED_BY = "Asked by"
DEPLOYMENT = "Deployment"
API = "API"
SETUP = "Setup"
PROMPT = "Prompt"
ANSWER = "Answer"
PAST = "Past"
ANSWERED = "Answered"
FROM_CACHE = "from the cache"
ON_THINKING = "spent on thinking"
_TRANSPORTS = {Transport.CHAT: "chat completions", Transport.CHATML: "completions with ChatML"}


def asked_of(deployment: str, transport: Transport) -> str:
    """Which deployment answered, and how it was asked."""
    return f"{deployment}, {_TRANSPORTS[transport]}"


def version(number: int) -> str:
    """Which version of a setup an answer came by; the workspace's count below zero."""
    if number > 0:
        return f"version {number} of this channel"
    return "the playground's defaults" if number == 0 else f"version {-number} of the workspace's defaults"


def used(tokens: int, of_them: int, how: str) -> str:
    """Tokens, and how many of them went another way."""
    return f"{tokens:,} tokens" + (f", {of_them:,} of them {how}" if of_them else "")


def went_along(messages: int, *, cleared: bool) -> str:
    """How much of the conversation was sent."""
    said = f"{messages:,} message{'' if messages == 1 else 's'} went along, the question included"
    return f"{said}; cleared since" if cleared else said
