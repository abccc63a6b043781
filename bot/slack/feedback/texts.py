"""Every word of the thumbs and of "Not for you" that people read."""

from bot.chat.feedback import NotTaken
from bot.chat.opinions import Rated, Thumb
from bot.chat.rights import NoRight

# The modals (Slack: 24 characters for a title).
THANKS = "Thank you"
NOT_FOR_YOU = "Not for you"
SEND = "Send"
NO_WORD = "No, just the thumb"
WORD = "Would you like to add a word?"
WORD_HINT = (
    "You need not. Whoever may change this channel's setup can read it, without your name. It is kept with "
    "this answer, and goes when the answer is deleted."
)

# What people said, as those see it who may configure.
WORDS = "What people said"
NO_WORDS = "Nobody has said anything of this version, or what was said went with its answers."
SAID_LIKED = ":thumbsup: Liked"
SAID_DISLIKED = ":thumbsdown: Not good"
THE_ANSWER = "the answer"
LIKED = "Noted: you liked this answer. You can change your mind with the other thumb."
DISLIKED = "Noted: this answer was not good. You can change your mind with the other thumb."

RETRACTED = (
    "Done. I have deleted this answer, forgotten it and the question, and stay quiet in this thread until "
    "somebody mentions me."
)
HALF_RETRACTED = (
    "I have forgotten this answer and the question, and stay quiet in this thread until somebody mentions "
    "me. Slack did not let me delete all of its messages, though: please choose this once more in a minute."
)

_WHY_NOT = {
    NotTaken.NO_ANSWER: (
        "There is no answer of mine here. Choose this from the menu of one of my answers: I then delete it, "
        "forget it together with its question, and stay quiet in its thread until somebody mentions me."
    ),
    NotTaken.GONE: "That answer was deleted or cleared, so there is nothing left to rate.",
    NotTaken.STILL_WRITING: "I am still writing this answer. Please choose this again when it is finished.",
}
_NO_RIGHT = {
    NoRight.NOT_MEMBER: "Only members of this channel can do this.",
    NoRight.NOT_FULL: "Guests rate the answers to what they asked themselves.",
}


def share(rated: Rated) -> str:
    """Beside a version: how its answers were rated."""
    return f"{rated.percent} % of {rated.of:,} liked it"


def read_words(number: int) -> str:
    """The button beside a version."""
    return "Read the word" if number == 1 else f"Read the {number:,} words"


def said_of(number: int) -> str:
    """Over the words."""
    return f"What people said of answers of version {number}, newest first. Names are not shown."


def said_line(*, liked: bool, when: str, link: str) -> str:
    """Over one of them; no `link` where the answer stands no more."""
    thumb = SAID_LIKED if liked else SAID_DISLIKED
    return f"{thumb}, {when}, <{link}|{THE_ANSWER}>" if link else f"{thumb}, {when}"


def noted(thumb: Thumb) -> str:
    """What a thumb was taken for."""
    return LIKED if thumb.liked else DISLIKED


def not_rated(reason: NoRight | NotTaken) -> str:
    """Why a thumb was not taken."""
    if reason is NotTaken.NO_ANSWER:
        return _WHY_NOT[NotTaken.GONE]
    return _WHY_NOT[reason] if isinstance(reason, NotTaken) else _NO_RIGHT[reason]


def not_retracted(reason: NoRight | NotTaken) -> str:
    """Why an answer stays."""
    if isinstance(reason, NotTaken):
        return _WHY_NOT[reason]
    if reason is NoRight.NOT_MEMBER:
        return _NO_RIGHT[reason]
    return "Whoever I answered can do this, and whoever may change this channel's setup."
