"""What is said to Confab itself and to no model: `@Confab settings`, where Slack takes no slash command."""

from dataclasses import dataclass

from bot.chat.addressing import not_a_person
from bot.chat.messages import Heard
from bot.chat.threads import Us

SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class WantsSettings:
    """Somebody wrote a mention of Confab and the one word `settings`; `thread_ts` None is no thread."""

    channel_id: str
    person_id: str
    ts: str
    thread_ts: str | None


def aside(heard: Heard, us: Us) -> WantsSettings | None:
    """The aside that a person's message is; None where it is a message like any other."""
    if not_a_person(heard, us) or heard.author_id is None or us.user_id not in heard.mentions:
        return None
    if heard.text.strip().casefold() != SETTINGS:
        return None
    return WantsSettings(heard.channel_id, heard.author_id, heard.ts, heard.thread_ts)
