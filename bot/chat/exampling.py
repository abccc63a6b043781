"""Add as example: what a shown answer offers as a pair of somebody's draft."""

from dataclasses import dataclass, field

from bot.chat.checking import LONGEST_EXAMPLE
from bot.chat.messages import Role
from bot.chat.ports import Answers
from bot.chat.ports.homes import Trials
from bot.chat.sent import ShownAnswer
from bot.chat.threads import Place, ThreadKey


@dataclass(frozen=True, slots=True)
class Offer:
    """A pair to look over, for the channel whose draft it may join; `shortened` says that a text was cut."""

    channel_id: str
    user: str = field(repr=False)
    assistant: str = field(repr=False)
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class Offering:
    """Finds the pair in what is kept of an answer."""

    team_id: str
    answers: Answers
    trials: Trials

    async def offer(self, channel_id: str, ts: str, root_ts: str) -> Offer | None:
        """The question and the answer that this Slack message is a part of; None where it is none of ours.

        In the thread of a trial the pair is for the channel whose draft is tried.
        """
        shown = await self.answers.shown(self.team_id, channel_id, ts)
        if shown is None or shown.answer.deleted:
            return None
        tried = None
        if shown.place is Place.DIRECT:
            tried = await self.trials.of(ThreadKey(self.team_id, channel_id, root_ts))
        user, assistant = question_of(shown), shown.answer.text
        return Offer(
            channel_id=tried.channel_id if tried else channel_id,
            user=user[:LONGEST_EXAMPLE],
            assistant=assistant[:LONGEST_EXAMPLE],
            shortened=max(len(user), len(assistant)) > LONGEST_EXAMPLE,
        )


def question_of(shown: ShownAnswer) -> str:
    """All that was asked since the answer before: several messages make one question."""
    asked: list[str] = []
    for message in reversed(shown.messages):
        if message.role is not Role.USER:
            break
        asked.append(message.text)
    return "\n".join(text for text in reversed(asked) if text)
