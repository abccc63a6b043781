"""What the conversation itself says to people, besides what errors say."""

POISONED = "I tried to answer this three times and broke each time. Please ask again, perhaps differently."
"""The end of a turn that broke every attempt."""


def cut_note(max_response: int) -> str:
    """What stands under an answer that the maximum response cut."""
    return f"Cut at this channel's maximum response of {max_response:,} tokens. Ask me to go on."


def thread_full(turns: int) -> str:
    """The friendly end of a thread that has had all the turns that its channel gives it."""
    had = "its one turn" if turns == 1 else f"its {turns:,} turns"
    return f"This conversation has had {had}. Start a new thread, and I will gladly go on there."
