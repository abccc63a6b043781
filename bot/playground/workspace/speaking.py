"""What somebody says and puts under what others said, before it is told to anybody."""

from collections.abc import Sequence

from bot.playground.workspace.channels import Channel
from bot.playground.workspace.encoding import encode
from bot.playground.workspace.messages import File, Message, Reaction
from bot.playground.workspace.people import Person
from bot.playground.workspace.record import Record
from bot.playground.workspace.team import new_id


def compose(
    record: Record,
    author: Person,
    channel: Channel,
    text: str,
    *,
    thread_ts: str | None = None,
    broadcast: bool = False,
    files: Sequence[File] = (),
    encoded: bool = False,
) -> Message:
    """A message as it stands when its author presses enter."""
    shared = "file_share" if files else None
    return Message(
        channel.id,
        record.history.mint_ts(),
        author.id,
        text if encoded else encode(text, record.team),
        thread_ts=thread_ts,
        subtype="thread_broadcast" if broadcast and thread_ts else shared,
        files=tuple(files),
        bot_id=author.bot_id,
        app_id=author.app_id,
        client_msg_id=None if author.is_bot else new_id("M", 20),
    )


def react(record: Record, person: Person, message: Message, name: str, *, remove: bool) -> Message:
    """Put an emoji on a message, or take it off."""
    people = {each.name: each.people for each in message.reactions}
    others = tuple(each for each in people.get(name, ()) if each != person.id)
    people[name] = others if remove else (*others, person.id)
    reactions = tuple(Reaction(key, value) for key, value in people.items() if value)
    new = record.retouch(message, reactions=reactions)
    at = record.history.mint_ts()
    record.announce(record.announcements.reacted(name, person, new, at, added=not remove))
    return new
