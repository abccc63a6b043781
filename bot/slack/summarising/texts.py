"""Every word of a summary's modal, and of a posted summary, that people read."""

from bot.chat.summarising import NoSummary, Summary
from bot.errors import (
    AnswerCut,
    AnswerFiltered,
    ConfabError,
    DatabaseDown,
    ModelTimedOut,
    PromptFiltered,
    PromptTooLong,
    SetupTooLong,
    SlackUnwilling,
)

TITLE = "Summary"
ONE_MOMENT = "One moment, I am reading this thread. Only you will see the summary, and it is kept nowhere."
POST = "Post it in the thread"
POST_ALOUD = "Everybody in the thread will see it, with your name as the one who asked."
POSTING = "I am posting it. If it is not in the thread in a minute, please choose Summarise thread again."
POSTED = "Done: the summary stands in the thread now."
UNSURE = "Slack did not tell me whether it took the summary. Please look there before another try."
NOT_POSTED = "Slack did not take the summary just now. You may try once more."
SUMMARY = "A summary of this thread"
FAILED = "That did not work just now. Please try again in a minute."

_NOT_HERE = (
    "I am not in this conversation, so I cannot read it. In a channel, somebody can bring me in with "
    "`/invite {us}`; then choose Summarise thread again."
)
_WHY_NOT = {
    NoSummary.NOT_MEMBER: "Only members of this channel can see or do this.",
    NoSummary.UNREAD: "Slack did not let me read this thread just now. Please try again in a minute.",
    NoSummary.NOTHING_SAID: "There is nothing in this thread that I could summarise.",
    NoSummary.TOO_LONG: "The newest message alone is longer than the model of this channel can read.",
}
_FILTERED = "Azure's content filter does not let me summarise this thread."
_BROKE_OFF = "The summary broke off on its way. Please try again."
_TOO_LONG = "This thread is longer than the model of this channel can read at once."
_ON_FAILURE: tuple[tuple[tuple[type[ConfabError], ...], str], ...] = (
    ((AnswerFiltered, PromptFiltered), _FILTERED),
    ((AnswerCut, ModelTimedOut), _BROKE_OFF),
    ((PromptTooLong, SetupTooLong), _TOO_LONG),
    ((DatabaseDown, SlackUnwilling), FAILED),
)


def not_here(name: str) -> str:
    """How Confab comes into a conversation."""
    return _NOT_HERE.format(us=f"@{name}")


def why_not(reason: NoSummary) -> str:
    """Why there is no summary."""
    return _WHY_NOT[reason]


def failed(error: ConfabError) -> str:
    """What went wrong, as whoever asked for a summary needs to hear it."""
    kinds = (sentence for errors, sentence in _ON_FAILURE if isinstance(error, errors))
    return next(kinds, error.sentence)


def left_out(summary: Summary, *, shortened: bool) -> str:
    """What the summary does not cover; empty where it covers all."""
    messages = "message is" if summary.older == 1 else f"{summary.older:,} messages are"
    said = (
        f"The oldest {messages} left out: the thread is longer than I can read at once."
        * (summary.older > 0),
        "The newest messages are left out: Slack did not let me read to the end." * summary.newer,
        "The summary itself was cut: it became too long." * (summary.cut or shortened),
    )
    return " ".join(filter(None, said))


def asked_by(person_id: str) -> str:
    """Under a posted summary; Slack shows the name."""
    return f"Summarised for <@{person_id}>."
