"""What the stand-in says when nobody told it what: always the same to the same request."""

import re

from bot.playground.model.scripted.asked import Asked

_LONGEST_QUOTE = 120


def converse(asked: Asked) -> str:
    """An answer that shows what reached it: the persona, the question, and what came before."""
    said = [f"You asked: {_quoted(asked.question)}."]
    if asked.persona:
        said.append(f"I was told who I am: {_quoted(asked.persona)}.")
    else:
        said.append("Nobody told me who I am.")
    said.append(_memory(asked))
    said.append("I am a stand-in without a model behind me, so that is all I can say.")
    return " ".join(said)


def _memory(asked: Asked) -> str:
    past = asked.past
    if not past:
        return "This is the first message I see of our conversation."
    count = "one past message" if len(past) == 1 else f"{len(past)} past messages"
    before = next((each.text for each in reversed(past) if each.role == "user"), None)
    if before is None:
        return f"I was given {count}."
    return f"I was given {count}; before this you said: {_quoted(before)}."


def _quoted(text: str) -> str:
    """`text` on one line, cut at a word if it is long."""
    line = re.sub(r"\s+", " ", text).strip().rstrip(".")
    if len(line) > _LONGEST_QUOTE:
        line = line[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return f"“{line}”"
