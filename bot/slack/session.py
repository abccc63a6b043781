"""The session of an answer: Slack shows that it works, and lets people stop it (Slack: agent view)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.chat.threads import ThreadKey
from bot.errors import SlackUnwilling
from bot.slack.calls import Calls
from bot.slack.mentions import neutralised
from bot.slack.thinking import Thinking

METHOD = "agents.sessions.setStatus"

TITLE = 200
"""Letters (Slack)."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Whose session it is: `begins` at the thread's first question, when it still has no title.

    `resumed` is a later attempt: nobody knows what an earlier one left, and it only tidies up.
    """

    thread: ThreadKey
    person_id: str
    begins: bool = False
    resumed: bool = False


class Session(Thinking):
    """The session's status, besides what streams say by themselves: a start begins work, a stop ends it.

    Where so many begin at once that Slack's rate has no room for it, `line` says it in its place, by a method
    with a rate of its own: an answer takes that away by itself.
    """

    method = METHOD

    def __init__(
        self, calls: Calls, sitting: Sitting, unwanted: Callable[[], None], line: Thinking | None = None
    ) -> None:
        super().__init__(calls, sitting.thread, unwanted)
        self._line = line
        self._sitting = sitting
        self._works = sitting.resumed
        if sitting.begins:
            self._patience = 0.0

    def begin(self, title: str = "") -> None:
        """Say in a moment that it works; at once where that also gives the thread its title."""
        if not self._sitting.resumed:
            super().begin(title)

    async def say(self, title: str = "") -> bool:
        """Say it in one way or the other."""
        if await super().say(title):
            return True
        self._calling = self._line is not None
        return self._line is not None and await self._line.say()

    def streams(self, *, live: bool) -> None:
        """A stream has started, or has ended in order: Slack changes the status itself."""
        self._works = live

    async def rest(self) -> None:
        """Let it wait for the next question. What Slack does not take is no matter of the answer's."""
        if not self._works or not self._wanted:
            return
        self._works = False
        try:
            await self._calls.write(METHOD, final=True, **(self._where() | {"status": "active"}))
        except SlackUnwilling as refused:
            self._judge(refused)

    def _arguments(self, title: str) -> Mapping[str, object]:
        self._works = True
        more: dict[str, object] = {"title": neutralised(title)[:TITLE]} if title else {}
        return self._where() | {"status": "processing", "initiator_user_id": self._sitting.person_id} | more
