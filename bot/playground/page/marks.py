"""How far each person has read, and what is new to them."""

from dataclasses import dataclass

from bot.playground.workspace import Channel, Message, Workspace


@dataclass(frozen=True, slots=True)
class Unread:
    """What is new in one channel: whether anything is, and how much of it is meant for this person."""

    anything: bool = False
    for_me: int = 0


class ReadMarks:
    """The newest ts that each person has seen in each channel; shared by all tabs of a person."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._seen: dict[tuple[str, str], str] = {}

    def read(self, person: str, channel: str) -> None:
        """The person looks at the channel: all that is in it now counts as read."""
        messages = self._workspace.record.history.channel(channel)
        if messages:
            self._seen[person, channel] = max(message.ts for message in messages)

    def unread(self, person: str, channel: Channel) -> Unread:
        """What came since."""
        since = self._seen.get((person, channel.id), "")
        new = [
            message
            for message in self._workspace.record.history.channel(channel.id)
            if message.ts > since and _is_news(person, message)
        ]
        mention = f"<@{person}"
        direct = channel.kind.value in ("im", "mpim")
        return Unread(bool(new), sum(direct or mention in message.text for message in new))


def _is_news(person: str, message: Message) -> bool:
    return (
        message.user != person
        and message.ephemeral_to in (None, person)
        and message.subtype not in ("channel_join", "channel_leave")
    )
