"""What Slack says of people: who they are, where they belong. Nothing about rights is kept."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Collection, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.chat.ports import KnownChannel
from bot.chat.rights import Standing
from bot.chat.threads import Us
from bot.chat.versions import WORKSPACE
from bot.errors import SlackUnwilling
from bot.slack.calls import Calls

One = TypeVar("One")
Other = TypeVar("Other")

PAGE = 999
"""Slack: `limit` must be under 1,000 for users.conversations; conversations.members takes as many."""

TYPES = "public_channel,private_channel,mpim"
MOST_CHANNELS = 5_000

NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found", "cannot_dm_bot"})
"""Slack's words for somebody whom Confab cannot see, or who is no person."""

_NOWHERE = frozenset(
    {
        "channel_not_found",
        "invalid_channel",
        "missing_scope",
        "not_in_channel",
        "method_not_supported_for_channel_type",
    }
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What does not change about a channel, or not for anybody's right: who made it, and how large it is."""

    creator: str
    members: int


class SlackPeople:
    """Implements `bot.chat.ports.People` for one workspace.

    A standing costs two calls, users.info and one for the membership, both of Slack's tier 4 where a
    channel's members fit one page. In a larger one the person's own channels are read instead: they are
    fewer. Who made a channel is asked once.
    """

    def __init__(self, calls: Calls, us: Us, *, admins: Collection[str]) -> None:
        self._calls = calls
        self._us = us
        self._admins = frozenset(admins)
        self._facts: dict[str, _Facts] = {}

    async def standing(self, team_id: str, channel_id: str, person_id: str) -> Standing:
        """What a person is in a channel, a direct message with Confab, or (WORKSPACE) in the workspace."""
        user, (member, creator) = await _both(self._user(person_id), self._place(channel_id, person_id))
        full = team_id == self._us.team_id and self._is_full(user)
        return Standing(
            person_id=person_id,
            full=full,
            workspace_admin=full and any(user.get(mark) for mark in ("is_admin", "is_owner")),
            member=member,
            creator=member and creator,
            confab_admin=full and person_id in self._admins,
        )

    async def channels_of(self, person_id: str) -> tuple[KnownChannel, ...]:
        """The channels and group direct messages that this person is in, by name."""
        theirs, ours = await _both(self._channels(person_id), self._channels(self._us.user_id))
        our_ids = {str(each.get("id")) for each in ours}
        known = (_known(each, our_ids) for each in theirs)
        return tuple(sorted(known, key=lambda each: (each.group_direct, each.name.casefold(), each.id)))

    async def name_of(self, person_id: str) -> str:
        """What people call this person; the id where Slack does not say."""
        return called(await self._user(person_id)) or person_id

    def _is_full(self, user: Mapping[str, Any]) -> bool:
        """Slack: a restricted user is a guest; an Enterprise organisation's people are in many teams."""
        teams = _object(user, "enterprise_user").get("teams") or []
        ours = user.get("team_id") == self._us.team_id or self._us.team_id in teams
        outside = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted")
        return ours and not any(user.get(mark) for mark in outside)

    async def _user(self, person_id: str) -> Mapping[str, Any]:
        try:
            return _object(await self._calls.read("users.info", user=person_id), "user")
        except SlackUnwilling as refused:
            if refused.code in NOBODY:
                return {}
            raise

    async def _place(self, channel_id: str, person_id: str) -> tuple[bool, bool]:
        """Whether the person is in the channel, and whether they made it."""
        if channel_id == WORKSPACE:
            return False, False
        try:
            if channel_id.startswith("D"):
                theirs = await self._direct(person_id) == channel_id
                return theirs, theirs
            facts = await self._facts_of(channel_id)
            return await self._is_in(channel_id, person_id, facts), facts.creator == person_id
        except SlackUnwilling as refused:
            if refused.code in _NOWHERE | NOBODY:
                return False, False
            raise

    async def _direct(self, person_id: str) -> str:
        """The direct message between this person and Confab: opening it again gives the same one."""
        opened = await self._calls.write("conversations.open", users=person_id, final=True)
        return str(_object(opened, "channel").get("id"))

    async def _facts_of(self, channel_id: str) -> _Facts:
        if channel_id not in self._facts:
            info = await self._calls.read("conversations.info", channel=channel_id, include_num_members=True)
            channel = _object(info, "channel")
            if len(self._facts) >= MOST_CHANNELS:
                self._facts.clear()
            members = channel.get("num_members")
            self._facts[channel_id] = _Facts(
                str(channel.get("creator") or ""), members if isinstance(members, int) else 0
            )
        return self._facts[channel_id]

    async def _is_in(self, channel_id: str, person_id: str, facts: _Facts) -> bool:
        if facts.members > PAGE:
            async with aclosing(
                self._pages("users.conversations", "channels", user=person_id, types=TYPES)
            ) as pages:
                async for page in pages:
                    if any(each.get("id") == channel_id for each in page):
                        return True
            return False
        async with aclosing(self._pages("conversations.members", "members", channel=channel_id)) as pages:
            async for page in pages:
                if person_id in page:
                    return True
        return False

    async def _channels(self, person_id: str) -> list[Mapping[str, Any]]:
        asked = {"user": person_id, "types": TYPES, "exclude_archived": True}
        return [
            each async for page in self._pages("users.conversations", "channels", **asked) for each in page
        ]

    async def _pages(self, method: str, key: str, **asked: object) -> AsyncGenerator[list[Any], None]:
        cursor: str | None = None
        while cursor != "":
            page = await self._calls.read(method, limit=PAGE, cursor=cursor, **asked)
            found = page.get(key)
            yield found if isinstance(found, list) else []
            cursor = str(_object(page, "response_metadata").get("next_cursor") or "")


def called(user: Mapping[str, Any]) -> str:
    """What people call this user of users.info; empty where Slack does not say."""
    profile = _object(user, "profile")
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return next((name for name in names if isinstance(name, str) and name), "")


async def _both(first: Awaitable[One], second: Awaitable[Other]) -> tuple[One, Other]:
    """Two calls at once; where one fails, the other is over, too, when this raises."""
    one, other = await asyncio.gather(first, second, return_exceptions=True)
    if isinstance(one, BaseException):
        raise one
    if isinstance(other, BaseException):
        raise other
    return one, other


def _known(channel: Mapping[str, Any], ours: Collection[str]) -> KnownChannel:
    id_ = str(channel.get("id"))
    group = bool(channel.get("is_mpim"))
    return KnownChannel(
        id_,
        "" if group else str(channel.get("name") or ""),
        private=bool(channel.get("is_private")),
        group_direct=group,
        confab_is_in=id_ in ours,
        creator=str(channel.get("creator") or ""),
    )


def _object(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    return found if isinstance(found, Mapping) else {}
