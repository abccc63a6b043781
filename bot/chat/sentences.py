"""What the conversation itself says to people, besides what errors say."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from bot.chat.messages import Message
from bot.chat.passed_over import PassedOver
from bot.chat.shared_files import Unread
from bot.chat.turns import STOPPED

POISONED = "I tried to answer this three times and broke each time. Please ask again, perhaps differently."
"""The end of a turn that broke every attempt."""

UNREAD: Mapping[Unread, str] = MappingProxyType(
    {
        Unread.KIND: "I read text, PDF, Word and pictures",
        Unread.TOO_LARGE: "it is too large for me",
        Unread.BROKEN: "it is damaged, or not what its name says",
        Unread.PROTECTED: "it asks for a password, or is of the old .doc format",
        Unread.EMPTY: "there is no text in it; a scan is only pictures of text",
        Unread.TOO_HARD: "reading it took too long",
        Unread.NOT_FETCHED: "Slack did not hand it to me",
        Unread.NO_SCOPE: "this workspace does not let me read files; an admin can grant files:read",
        Unread.NOT_INSTALLED: "this Confab came without what it takes; its operator can add it",
        Unread.BLIND: "this channel's deployment cannot see pictures",
    }
)
"""Why a file was not read, and what would help."""


def file_notes(questions: Iterable[Message]) -> Iterator[str]:
    """What was not read of these questions' files: a sentence for each reason, and for what had no room."""
    files = [each for question in questions for each in question.files]
    names: dict[Unread, list[str]] = {}
    for kept in files:
        if kept.unread is not None:
            names.setdefault(kept.unread, []).append(kept.name)
    yield from (f"Not read: {', '.join(named)} ({UNREAD[why]})." for why, named in names.items())
    if cut := [kept.name for kept in files if kept.cut]:
        yield f"Read only at its beginning, for want of room: {', '.join(cut)}."


def passed_over_notes(over: PassedOver) -> tuple[str, ...]:
    """What stands under an answer to some of the messages that waited together, of the others."""
    return (*_crowded_note(len(over.crowded)), *_too_long_note(tuple(over.too_long.values()), over.room))


def _crowded_note(messages: int) -> Iterator[str]:
    if messages == 1:
        yield (
            "One message that came before had no room beside what I answer here, so I did not read it. "
            "Please send it again, or shorter."
        )
    elif messages:
        yield (
            f"{messages:,} messages that came before had no room beside what I answer here, "
            "so I did not read them. Please send them again, one at a time or shorter."
        )


def _too_long_note(tokens: tuple[int, ...], room: int) -> Iterator[str]:
    if len(tokens) == 1:
        yield (
            f"One message was too long for me: about {tokens[0]:,} tokens, and I have room for {room:,}. "
            "Please send it in smaller pieces, or cut it down to what matters."
        )
    elif tokens:
        sizes = " and ".join((", ".join(f"{each:,}" for each in tokens[:-1]), f"{tokens[-1]:,}"))
        yield (
            f"{len(tokens):,} messages were too long for me: about {sizes} tokens, and I have room for "
            f"{room:,}. Please send them in smaller pieces, or cut them down to what matters."
        )


STOPPED_EARLY = "_Stopped, before I had said a word._"
"""The whole reply of a turn that somebody stopped before the model had begun."""

STOPPED_AND_GONE = "_Stopped. Whatever I had begun to say is gone._"
"""The same, where an attempt before may have said something in the place of a failure's sentence."""

NOTHING_ASKED = "The question here was deleted, or has no words any more. I left everything as it is."
"""For somebody who wants another answer to it."""

STOPPED_NOTE = "Stopped."


BROKE_OFF: Mapping[str, str] = MappingProxyType(
    {
        "answer_cut": "My answer broke off here.",
        "model_timed_out": "My answer broke off here, as the model took too long.",
    }
)
"""What stands under words after which the model fell silent, by how the answer ended."""

OTHER_BROKE_OFF = "The model broke off, or took too long. Please try again in a minute."
"""For whoever wanted another answer, where the one that stands there is better than half of that."""


def ending_note(finish: str, max_response: int | None = None) -> list[str]:
    """What stands under an answer that did not come to its own end."""
    if finish == STOPPED:
        return [STOPPED_NOTE]
    if finish in BROKE_OFF:
        return [f"{BROKE_OFF[finish]} Continue goes on from here, Regenerate starts anew."]
    return [cut_note(max_response)] if finish == "length" else []


def kept_answer(why: str, *, went_on: bool) -> str:
    """For somebody who wanted another answer, or more of one, and gets none."""
    return f"I could not go on there. {why}" if went_on else f"I kept the answer that stands there. {why}"


def cut_note(max_response: int | None) -> str:
    """What stands under an answer that the maximum response cut."""
    if max_response is None:
        return "Cut at this channel's maximum response. Press Continue and I go on."
    return f"Cut at this channel's maximum response of {max_response:,} tokens. Press Continue and I go on."


def thread_full(turns: int) -> str:
    """The friendly end of a thread that has had all the turns that its channel gives it."""
    had = "its one turn" if turns == 1 else f"its {turns:,} turns"
    return f"This conversation has had {had}. Start a new thread, and I will gladly go on there."
