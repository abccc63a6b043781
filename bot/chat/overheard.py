"""What people said in a thread before Confab was asked there, or past it."""

from dataclasses import dataclass, field

from bot.chat.shared_files import SharedFile

UNREAD_THREAD = "I could not read what was said in this thread before, and answered without it."
"""Under an answer, where Slack did not hand the thread out."""

BEGINNING_ONLY = "This thread is longer than Slack let me read just now: I know its beginning only."

ANSWER_THIS_THREAD = "(mentioned you without a word: please answer this thread)"
"""In place of words, where a bare mention calls Confab into a thread that people had."""


@dataclass(frozen=True, slots=True)
class Overheard:
    """A message that was not said to Confab. `bot` is a bot's own name for itself, empty for people.

    `ours`: Confab said it, in an answer of which it remembers nothing.
    """

    ts: str
    author_id: str
    text: str = field(repr=False)
    bot: str = field(default="", repr=False)
    ours: bool = False
    files: tuple[SharedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """Messages of one thread, oldest first; `whole` is False where the newest could not be reached.

    `earlier` counts those before them which were read and not kept.
    """

    said: tuple[Overheard, ...] = ()
    whole: bool = True
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class CameLate:
    """How far Confab has read in a thread that people had before it; every field is a Slack ts, or empty.

    `mentioned` is its newest mention there, `looked` the newest message for which it looked into the thread,
    and `read` up to where Slack has handed the thread out.
    """

    mentioned: str
    looked: str = ""
    read: str = ""

    @property
    def behind(self) -> bool:
        """Whether it was mentioned since it last looked."""
        return (len(self.mentioned), self.mentioned) > (len(self.looked), self.looked)
