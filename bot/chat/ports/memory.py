"""What is remembered of threads, and the queue of their turns. The database stands behind it."""

from collections.abc import Collection
from typing import Protocol

from bot.chat.messages import Past, Question, Reworded
from bot.chat.overheard import Transcript
from bot.chat.sent import Making
from bot.chat.shared_files import KeptFile
from bot.chat.threads import ThreadKey
from bot.chat.turns import Answer, Lease, Move, Turn


class Conversations(Protocol):
    """The stored threads. Each verb is one short transaction."""

    async def store(self, question: Question) -> bool:
        """Add a message to its thread's waiting turn; False if that message was stored before.

        When this returns, the message is durable. A person who `mentioned` Confab is remembered as an asker.
        """

    async def has_asked(self, thread: ThreadKey, person_id: str, before: str = "") -> bool:
        """Whether this person has mentioned Confab in this thread, before that ts or at all."""

    async def is_ours(self, thread: ThreadKey) -> bool:
        """Whether anybody has asked Confab in this thread."""

    async def past(self, turn: Turn, limit: int) -> Past:
        """The last `limit` messages before this turn, oldest first, and how many came before those.

        Turns come in the order of their claim, questions of one turn by ts, then its answer. Left out:
        deleted messages, bare mentions, questions that were refused (they would be refused again), and what
        was said before the chat was cleared.
        """

    async def so_far(self, thread: ThreadKey, limit: int) -> Past:
        """The same as a question asked now would find it, what is being answered included."""

    async def people(self, turn: Turn) -> tuple[str, ...]:
        """Everybody who has written in this thread, in order of their first message."""

    async def answered(self, turn: Turn) -> int:
        """How many turns of this thread were answered before this one, since the chat was last cleared."""

    async def entitle(self, thread: ThreadKey, title: str) -> bool:
        """Keep what people called this thread's session; False where it is none of ours."""

    async def starter(self, thread: ThreadKey) -> str | None:
        """Who asked first in this thread; None where nobody has."""

    async def clear(self, thread: ThreadKey, *, erase: bool) -> int:
        """Let the model forget what was said in this thread; how many messages it remembered until now.

        A turn that is being answered is forgotten with the rest; one that waits begins anew. With `erase` the
        texts are deleted as well, and so is the answer that is on its way.
        """

    async def count(self, counts: dict[int, int], encoding: str) -> None:
        """Keep freshly counted tokens: message id to tokens."""

    async def keep_files(self, message_id: int, files: tuple[KeptFile, ...]) -> None:
        """Keep what was made of a message's files; nothing where the message was taken back meanwhile."""

    async def overhear(self, turn: Turn, heard: Transcript | None) -> Turn:
        """Remember what stands in the turn's thread as said before its questions, and that it was looked for.

        Nothing that was stored before comes a second time, and what was deleted stays so. The turn's bare
        mentions ask from now on to answer the thread, where anything stands in it. None: it could not be
        read. Fenced by the lease: raises `LeaseLost`.
        """

    async def edit(
        self,
        team_id: str,
        channel_id: str,
        ts: str,
        text: str,
        edited_ts: str = "",
        *,
        gone_files: Collection[str] = (),
    ) -> bool | Reworded:
        """Replace the text of a person's message, unless a newer edit came first; False if none of ours.

        What was read of `gone_files` is forgotten in any case.

        `Reworded` to the one who changed the words of the latest question after it had been taken up, and may
        have it answered anew.
        """

    async def end(self, thread: ThreadKey, at: str) -> bool:
        """Delete all that was said in a thread, and end what is answered there; False if none of ours.

        `at` is when its root was deleted, by Slack's clock: what was asked since has begun the conversation
        anew. Empty, it means all. The holder of an answer that was under way writes no more,
        and whoever claims it next takes it away.
        Until somebody mentions Confab there again, `store` takes no question of that thread.
        """

    async def delete(self, team_id: str, channel_id: str, ts: str) -> bool:
        """Forget a message, or the answer that this Slack message is a part of; False if none of ours."""


class Turns(Protocol):
    """The queue. Writes are fenced by the lease: `LeaseLost` where somebody else holds the turn."""

    async def recover(self) -> int:
        """At a start: end at once the leases of processes that are provably gone; how many there were."""

    async def claim(self, limit: int) -> tuple[Turn, ...]:
        """Take up to `limit` turns of this team that wait or whose lease ran out, oldest first.

        Never two of one thread.
        """

    async def lost(self, leases: Collection[Lease]) -> frozenset[Lease]:
        """Which of these are leases no more, such as where somebody ended the thread."""

    async def renew(self, lease: Lease) -> None:
        """Hold the turn for another lease's length."""

    async def add_reply_part(self, lease: Lease, ts: str) -> None:
        """Remember that this Slack message carries a part of the answer; once a ts."""

    async def drop_reply_part(self, lease: Lease, ts: str) -> bool:
        """Forget a Slack message that Confab is about to delete, or that is gone.

        False where people had deleted it, which stays noted.
        """

    async def record(self, lease: Lease, answer: Answer, making: Making) -> None:
        """Keep the whole answer, before Slack shows all of it: a later attempt only has to show it."""

    async def finish(self, lease: Lease, move: Move, outcome: str) -> None:
        """Close the turn; `outcome` is a short word for the books."""

    async def hand_back(self, lease: Lease, *, delay: float = 0.0, spent: bool = True) -> None:
        """End the lease in `delay` seconds; an unspent attempt is not counted against the turn."""
