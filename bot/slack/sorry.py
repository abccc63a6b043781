"""A sentence for somebody who pressed something and got nothing to look at."""

from bot.errors import ConfabError, SlackUnwilling
from bot.slack.calls import Calls
from bot.slack.direct import Directly
from bot.slack.texts import NOTHING_OPENED


class Sorry:
    """Tells people directly, since there is no view of theirs to say it in."""

    def __init__(self, calls: Calls) -> None:
        self._directly = Directly(calls)

    async def tell(self, person_id: str) -> None:
        """Say that it did not work; raises `SlackUnwilling` where Slack takes not even that."""
        await self._directly.tell(person_id, NOTHING_OPENED)


def nothing_opened(error: ConfabError) -> bool:
    """Whether no view came of it: Slack takes a trigger for three seconds only, and once."""
    return isinstance(error, SlackUnwilling) and error.method in ("views.open", "views.push")
