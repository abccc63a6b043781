"""Every sentence of this room that people read."""

from bot.slack.mentions import neutralised

PROMPTS = (
    ("Explain something", "Explain the difference between temperature and top P in two sentences."),
    ("Draft something", "Draft a short, friendly note that moves our meeting to Thursday."),
)
"""What the messages tab offers to somebody with an empty page: title and message."""

PROMPTS_TITLE = "What can I help you with?"


THINKING = "is thinking…"
"""Slack writes Confab's name before it."""

HELP = (
    "**You called?** Write your question after the mention, and I answer in a thread under it.\n"
    "- In that thread just write on: I read what came before, and you need not mention me again.\n"
    "- Others join in by mentioning me once.\n"
    "- In a direct message no mention is needed, and every new message starts its own thread."
)
"""For somebody who mentioned Confab and said nothing else."""

NOTHING_OPENED = (
    "What you just asked me for did not work: Slack or my memory took too long. "
    "Please look whether it is done, and press once more if it is not."
)
"""For somebody who has pressed something and would see nothing of it."""

NOT_SHOWN = "Slack did not take what I wanted to show you here. Please try again in a minute."
"""In a view that was to show something."""


def alarm(kind: str, detail: str) -> str:
    """What Confab's admins get by direct message."""
    return f"Confab needs you ({kind.replace('_', ' ')}): {neutralised(detail)}"
