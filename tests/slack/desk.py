"""A local workspace and Confab's own connection to it: what the tests of replies share."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.chat.messages import Message, Role
from bot.chat.threads import Place, ThreadKey
from bot.chat.turns import Lease, Turn
from bot.playground.workspace import Installation, Limits, RunningWorkspace, running_workspace
from bot.playground.workspace import Workspace as TheirWorkspace
from bot.playground.workspace.messages import Message as Posted
from bot.slack.pages import PageLimits
from bot.slack.replies import SlackReplies
from bot.slack.reply import ThreadReply
from bot.slack.workspace import Workspace
from bot.slack.writing import StreamLimits
from tests.slack.virtual_time import epoch, now

ANSWER = "There are two models of it. The first is small and quiet, the second is large and fast."
LONG = "\n\n".join(f"Paragraph {n} has a few words of its own, and then it ends." for n in range(30))

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@dataclass
class Desk:
    """Where a reply is written, and what people see of it."""

    running: RunningWorkspace
    ours: Workspace
    slack: SlackReplies
    kept: list[str] = field(default_factory=list)

    @property
    def theirs(self) -> TheirWorkspace:
        """The workspace as its people have it."""
        return self.running.workspace

    def asks(self, channel: str = "general", text: str = "@Confab hello") -> Posted:
        """Ada asks something."""
        where = self.theirs.direct("ada") if channel == "direct" else channel
        return self.theirs.post("ada", where, text)

    def turn(
        self, asked: Posted, *, attempt: int = 1, turn_id: int = 7, reply_ts: tuple[str, ...] = ()
    ) -> Turn:
        """The claimed turn of a question."""
        author = asked.user or ""
        question = Message(1, Role.USER, author, asked.ts, asked.text)
        return Turn(
            lease=Lease(turn_id, "worker", attempt),
            conversation_id=1,
            thread=ThreadKey(self.theirs.team.id, asked.channel, asked.thread_ts or asked.ts),
            place=Place.DIRECT if asked.channel.startswith("D") else Place.CHANNEL,
            questions=(question,),
            reply_ts=reply_ts,
            recipient_id=author,
            recipient_team_id=self.theirs.team.id,
        )

    def reply(self, turn: Turn, name: str = "Confab") -> ThreadReply:
        """A reply to a turn."""

        async def keep(ts: str) -> None:
            self.kept.append(ts)

        reply = self.slack.reply(turn, name, keep)
        assert isinstance(reply, ThreadReply)
        return reply

    def answers(self, asked: Posted, viewer: str | None = None) -> list[str]:
        """What stands under a question, oldest first."""
        seen = self.theirs.see(asked.channel, asked.thread_ts or asked.ts, viewer)
        return [shown.text for shown in seen if shown.author == self.theirs.confab.id]

    def is_streaming(self, asked: Posted) -> bool:
        """Whether anything under a question still streams."""
        return any(shown.streaming for shown in self.theirs.see(asked.channel, asked.ts))

    def metadata(self, asked: Posted) -> list[object]:
        """The metadata of the answers under a question."""
        found = self.theirs.record.history.thread(asked.channel, asked.ts)
        return [message.metadata for message in found if message.user == self.theirs.confab.id]

    def methods(self) -> list[str]:
        """The calls so far, without the one at the start."""
        return [call.method for call in self.theirs.calls.of() if call.method != "auth.test"]


@asynccontextmanager
async def desk(
    *,
    limits: Limits | None = None,
    stream_limits: StreamLimits | None = None,
    change: Callable[[Installation], Installation] = lambda app: app,
) -> AsyncIterator[Desk]:
    """A fresh workspace, and Confab connected to it, in the loop's own time."""
    app = change(Installation.from_manifest(MANIFEST))
    async with running_workspace(app=app, clock=epoch, limits=limits or Limits()) as running:
        ours = await Workspace.connect(running.bot_token, api_url=running.api_url, clock=now)
        replies = SlackReplies(ours.calls, ours.us, scopes=ours.scopes, limits=stream_limits, clock=now)
        try:
            yield Desk(running, ours, replies)
        finally:
            await ours.close()


def short_pages() -> StreamLimits:
    """Limits small enough that a test's answer has several pages."""
    pages = PageLimits(soft=200, hard=300, size=600)
    return StreamLimits(stream_pages=pages, block_pages=pages)


async def streamed(reply: ThreadReply, answer: str, *, every: float = 0.05) -> None:
    """The model says a word at a time; the last is not shown yet when the answer is whole."""
    for word in answer.split(" "):
        await asyncio.sleep(every)
        reply.write(word + " ")
    await reply.finish(answer)
