"""Modals that open at once with a line of patience, and get what was waited for afterwards."""

from contextlib import suppress

from bot.errors import SlackUnwilling
from bot.slack.blocks import Block
from bot.slack.calls import Calls

_CLOSED = "not_found"
"""Slack's word for a view that somebody closed meanwhile."""


async def fill(calls: Calls, view_id: str, view: Block, *, failed: Block) -> None:
    """Show what was waited for; where Slack takes it not, show `failed` instead and raise `SlackUnwilling`.

    A view that was closed meanwhile needs neither.
    """
    try:
        await calls.write("views.update", final=True, view_id=view_id, view=view)
    except SlackUnwilling as refused:
        if refused.code == _CLOSED:
            return
        with suppress(SlackUnwilling):
            await calls.write("views.update", final=True, view_id=view_id, view=failed)
        raise
