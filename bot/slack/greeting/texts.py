"""What people read when Confab comes into a channel, and when its persona is switched."""

POST = "Post it here"
SET_UP = "Set up"
POSTED = "I have posted it in the channel already."
NOT_POSTED = "Slack did not take the greeting just now. Please press *Post it here* once more in a minute."
PERHAPS_POSTED = (
    "Slack did not say whether it took the greeting. Please look into the channel; I do not post it twice."
)

HELLO = (
    "Mention me with a question, and I answer in a thread under it. In that thread just write on: "
    "I remember what was said before."
)


def greeting(user_id: str, name: str) -> str:
    """For the inviter alone; `name` is escaped already."""
    return (
        f"Thank you for bringing me in, <@{user_id}>. Here I answer as *{name}*. Only you see this.\n"
        f"\u2022 *{POST}*: I greet the whole channel.\n"
        f"\u2022 *{SET_UP}*: this channel's persona, examples and settings. `/confab` opens them any time."
    )


def usual_hello(name: str) -> str:
    """The greeting of a persona that has none of its own; `name` is escaped already."""
    return f"Hello, I am *{name}*. {HELLO}"


def announcement(name: str, *, usual: bool = False) -> str:
    """That somebody else answers now; `name` is escaped already. `usual`: by the workspace's default."""
    if usual:
        return f"From now on I answer here as *{name}*, as everywhere in this workspace by default."
    return f"From now on I answer here as *{name}*. `/confab history` says who changed what."
