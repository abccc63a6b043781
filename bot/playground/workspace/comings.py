"""Who comes into a channel and who goes, as the channel and the app get to know of it."""

from dataclasses import replace

from bot.playground.workspace.channels import Channel
from bot.playground.workspace.messages import Message
from bot.playground.workspace.people import Person
from bot.playground.workspace.record import Record


def join(record: Record, person: Person, channel: Channel, inviter: str | None) -> Channel:
    """Make somebody a member: the channel reads it as a `channel_join` message."""
    place = record.team.add_member(channel, person)
    record.tell("channel", channel=place.id)
    ts = record.history.mint_ts()
    record.publish(
        Message(
            place.id,
            ts,
            person.id,
            f"<@{person.id}> has joined the channel",
            subtype="channel_join",
            inviter=inviter,
        )
    )
    record.announce(record.announcements.joined(person, place, inviter, ts))
    return place


def leave(record: Record, person: Person, channel: Channel) -> Channel:
    """Take somebody out of a channel."""
    record.announce(record.announcements.left(person, channel, record.history.mint_ts()))
    place = record.team.remove_member(channel, person)
    record.tell("channel", channel=place.id)
    return place


def archive(record: Record, channel: Channel) -> Channel:
    """Close a channel for good."""
    place = record.team.keep(replace(channel, is_archived=True))
    record.tell("channel", channel=place.id)
    at = record.history.mint_ts()
    record.announce(record.announcements.plain("channel_archive", at, channel=place.id))
    return place


def hear_late(record: Record, mention: Message, channel: Channel) -> None:
    """Slack: who invites the app from a mention has that mention delivered, as `app_mention` alone."""
    events = record.announcements.posted(mention, channel)
    record.announce(event for event in events if event["type"] == "app_mention")
