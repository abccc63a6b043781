"""What people read where an answer becomes an example."""

TITLE = "Add as example"
ADD = "Add to my draft"
OPEN = "Open settings"

LOADING = "One moment, I am looking that answer up."
NOT_OURS = "Only an answer of mine can become an example, and this message is none, or I no longer have it."
ABOUT = "A pair in your draft for <#{channel}>. It counts once you publish it."
USER = "What somebody writes"
ASSISTANT = "How to answer it"
ASSISTANT_HINT = "Correct it as you like: this text is what future answers go by."
SHORTENED = "It was longer than an example can be; the end is left out."
ADDING = "Adding it to your draft."
STALE = "Your draft was changed somewhere else at this very moment. Please try once more."
FAILED = "That did not work just now, and nothing was added. Please try again in a minute."


def added(channel_id: str, number: int) -> str:
    """It is in the draft."""
    return (
        f"Added to your draft for <#{channel_id}>, as example {number}. "
        "Nobody else sees it yet: publish the draft, and answers go by it from the next question on."
    )
