"""What a thread's session is called: its first question, at a good length."""

from collections.abc import Sequence

from bot.chat.addressing import FILES_ALONE
from bot.chat.messages import Message
from bot.chat.overheard import ANSWER_THIS_THREAD
from bot.chat.voices import MENTION

MOST = 60
"""Letters. Slack takes 200; a list of sessions shows far fewer."""

_WORDLESS = (FILES_ALONE, ANSWER_THIS_THREAD)


def title_for(questions: Sequence[Message]) -> str:
    """Of the first of them that says something, else the name of a file; empty where there is neither.

    Whom a question mentions is not named: a title has to be there before their names are known.
    """
    said = next((MENTION.sub("somebody", each.text) for each in questions if each.text not in _WORDLESS), "")
    return title_of(said or next((file.name for each in questions for file in each.files), ""))


def title_of(question: str) -> str:
    """The beginning of a question in one line, whole words where there are any."""
    line = " ".join(question.split())
    if len(line) <= MOST:
        return line
    beginning = line[: MOST - 1]
    whole = beginning.rpartition(" ")[0]
    return f"{whole if len(whole) >= MOST // 2 else beginning}…"
