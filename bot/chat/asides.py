"""What is said to Confab itself and to no model: `@Confab settings`, where Slack takes no slash command."""

from dataclasses import dataclass
from enum import Enum

from bot.chat.addressing import not_a_person
from bot.chat.messages import Heard
from bot.chat.threads import Us

SETTINGS = "settings"


class Wish(Enum):
    """What somebody wants of Confab in a thread, said in one word and nothing else."""

    QUIET = frozenset({"mute", "mute yourself", "be quiet", "be quiet please", "please be quiet"})
    HEARD = frozenset({"unmute", "unmute yourself"})


@dataclass(frozen=True, slots=True)
class WantsSettings:
    """Somebody wrote a mention of Confab and the one word `settings`; `thread_ts` None is no thread."""

    channel_id: str
    person_id: str
    ts: str
    thread_ts: str | None


def wish(heard: Heard) -> Wish | None:
    """The wish that a message is; None where it says anything more."""
    said = " ".join(heard.text.casefold().split()).strip(" ,.!")
    return None if heard.files else next((each for each in Wish if said in each.value), None)


def aside(heard: Heard, us: Us) -> WantsSettings | None:
    """The aside that a person's message is; None where it is a message like any other."""
    if not_a_person(heard, us) or heard.author_id is None or us.user_id not in heard.mentions:
        return None
    if heard.text.strip().casefold() != SETTINGS:
        return None
    return WantsSettings(heard.channel_id, heard.author_id, heard.ts, heard.thread_ts)
