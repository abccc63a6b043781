"""What a thread's session is called: its first question, at a good length."""

MOST = 60
"""Letters. Slack takes 200; a list of sessions shows far fewer."""


def title_of(question: str) -> str:
    """The beginning of a question in one line, whole words where there are any."""
    line = " ".join(question.split())
    if len(line) <= MOST:
        return line
    beginning = line[: MOST - 1]
    whole = beginning.rpartition(" ")[0]
    return f"{whole if len(whole) >= MOST // 2 else beginning}…"
