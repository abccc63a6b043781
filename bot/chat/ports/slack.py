"""What happens in Slack."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.chat.turns import Turn


class Reply(Protocol):
    """One answer on its way into a thread. Reading the model never waits for Slack: `write` only buffers."""

    def think(self, title: str = "") -> None:
        """Let people see that somebody is at it; returns at once.

        `title` is what the thread's session is called where it has no title yet.
        """

    def write(self, text: str) -> None:
        """More of the answer; shown as Slack's rates allow, the first words at once."""

    async def finish(self, answer: str, *, note: str = "", cut: bool = False) -> None:
        """Show the whole answer, split where Slack's limits ask for it, and end the stream.

        A `note` is for people only and stands under the answer in italics. One that was `cut` can be
        continued.
        """

    async def fail(
        self,
        sentence: str,
        *,
        redact: bool = False,
        offers_larger: bool = False,
        offers_again: bool = False,
    ) -> None:
        """End with a sentence for people: after what was shown, or as the whole reply.

        `redact` takes away what was shown: the content filter did not want it seen. `offers_larger` puts a
        button under it that leads to a larger maximum response, `offers_again` one that asks once more.
        """

    async def leave(self, note: str) -> str | None:
        """End with the half that an earlier attempt had shown, under a note: what it says.

        None where nothing stands, and so much more is to be said; empty where nobody can read it.
        """

    async def withdraw(self) -> None:
        """Take away what an earlier attempt had shown; to be called instead of all the others."""

    async def abandon(self) -> None:
        """Stop writing at once and leave what is shown to whoever claims the turn next."""


class Slack(Protocol):
    """What a turn does in Slack."""

    def reply(
        self,
        turn: Turn,
        persona_name: str,
        keep: Callable[[str], Awaitable[None]],
        *,
        icon: str = "",
        stopped: Callable[[], None] = lambda: None,
        drop: Callable[[str], Awaitable[bool]] | None = None,
    ) -> Reply:
        """Begin the reply to a turn, or take over what an earlier attempt left in the thread.

        `keep` is called with the ts of each message as soon as Slack has named it; what it raises ends the
        reply. The persona's name and its `icon`, an emoji's name between colons, show where the workspace
        lets Confab use them. `stopped` is called where Slack says that somebody stopped the message,
        `drop` with the ts of a message that is about to be deleted as surplus, or is gone: where people had
        deleted it, it gives False. Nothing is sent before the first `think`, `write`, `finish` or `fail`.
        """

    async def whisper(self, turn: Turn, person_id: str, text: str) -> None:
        """A sentence in the turn's thread that this person alone sees; lost where Slack does not take it."""

    async def help(self, turn: Turn) -> None:
        """Short help in the thread, for the person who asked only."""


class Alarm(Protocol):
    """Tells the people in CONFAB_ADMINS what only they can mend, at most hourly for each kind."""

    def ring(self, kind: str, detail: str) -> None:
        """Begin to tell them, and return. `detail` holds no secret and nothing that people wrote."""
