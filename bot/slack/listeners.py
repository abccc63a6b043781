"""One listener for each event that the manifest subscribes to: it parses, calls one verb, ends.

Bolt acknowledges an event after its listener returned, and not at all if it raised: Slack then sends the
event again (Slack: three times, within about six minutes).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from traceback import walk_tb

from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse

from bot.chat.greeting import Coming
from bot.chat.messages import Deleted, Edited, Heard
from bot.chat.muting import Reacted
from bot.chat.threads import Us
from bot.errors import described
from bot.slack.inbound import HomeOpened, Nothing, coming, home_opened, message, reacted, revokes_ours

_log = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds for a verb. Slack waits three for its ack; what takes longer is delivered again."""


@dataclass(frozen=True, slots=True)
class Verbs:
    """What happens in Slack, as the rest of the house knows it.

    `hear`, `amend`, `came` and `reacted` return when it is durable; what they raise leaves the event
    unacknowledged. `home_opened` and `uninstalled` start their work and return.
    """

    hear: Callable[[Heard], Awaitable[object]]
    amend: Callable[[Edited | Deleted], Awaitable[object]]
    home_opened: Callable[[HomeOpened], Awaitable[object]]
    uninstalled: Callable[[], Awaitable[object]]
    came: Callable[[Coming], Awaitable[object]]
    reacted: Callable[[Reacted], Awaitable[object]]


class NotTaken(Exception):
    """A verb failed, or was not done in time: no ack."""


def register(app: AsyncApp, verbs: Verbs, us: Us) -> None:
    """Give the app its listeners. `message` comes first: each listener asked before costs every message."""

    async def on_message(body: dict[str, object]) -> None:
        inbound = message(body.get("event"), us.user_id)
        if isinstance(inbound, Nothing):
            _log.debug("nothing to do: %s", inbound.reason)
        elif isinstance(inbound, Heard):
            await in_time(verbs.hear(inbound))
        else:
            await in_time(verbs.amend(inbound))

    async def on_home_opened(body: dict[str, object]) -> None:
        opened = home_opened(body.get("event"))
        if isinstance(opened, HomeOpened):
            await in_time(verbs.home_opened(opened))

    async def on_member_joined(body: dict[str, object]) -> None:
        came = coming(body.get("event"), us.user_id)
        if isinstance(came, Coming):
            await in_time(verbs.came(came))

    async def on_reaction(body: dict[str, object]) -> None:
        done = reacted(body.get("event"), us.user_id)
        if isinstance(done, Reacted):
            await in_time(verbs.reacted(done))

    app.event("message")(on_message)
    app.event("app_mention")(on_message)
    app.event("app_home_opened")(on_home_opened)
    app.event("member_joined_channel")(on_member_joined)
    app.event("reaction_added")(on_reaction)
    app.event("reaction_removed")(on_reaction)
    _register_ends(app, verbs, us)
    app.error(_answer_for)


def _register_ends(app: AsyncApp, verbs: Verbs, us: Us) -> None:
    """What ends Confab in this workspace."""

    async def on_uninstalled() -> None:
        await in_time(verbs.uninstalled())

    async def on_tokens_revoked(body: dict[str, object]) -> None:
        if revokes_ours(body.get("event"), us.user_id):
            await in_time(verbs.uninstalled())

    app.event("app_uninstalled")(on_uninstalled)
    app.event("tokens_revoked")(on_tokens_revoked)


async def in_time(verb: Awaitable[object]) -> None:
    """Await what an event asks for; what fails or takes too long is not acknowledged, and comes again."""
    try:
        async with asyncio.timeout(PATIENCE):
            await verb
    except Exception as error:  # noqa: BLE001 - whatever it was, it was not done
        _log.warning("an event was not taken and will come again: %s", described(error))
        raise NotTaken from None


async def _answer_for(error: Exception) -> BoltResponse:
    """Withhold the ack of what a verb did not take; acknowledge whatever else could not be made sense of.

    Bolt's own handlers log the payload, and answer an event that nobody listens to with 404: Slack would
    send it again and in the end stop sending.
    """
    if isinstance(error, NotTaken):
        return BoltResponse(status=503)
    if _is_ours(error):
        _log.warning("a listener broke: %s", described(error))
    else:
        _log.debug("ignored what nobody listens to: %s", type(error).__name__)
    return BoltResponse(status=200)


def _is_ours(error: Exception) -> bool:
    """Whether Confab's own code was under way, and not Bolt's alone."""
    frames = (frame for frame, _ in walk_tb(error.__traceback__))
    return any(str(frame.f_globals.get("__name__")).startswith("bot.") for frame in frames)
