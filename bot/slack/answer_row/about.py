"""What a modal of the row is about: it travels in `private_metadata`, as the place of a message only."""

import json
from dataclasses import asdict, dataclass

from bot.chat.code_samples.call import Extent, Language
from bot.chat.looking import Spot
from bot.slack.pressed import Pressed


@dataclass(frozen=True, slots=True)
class About:
    """A message, and what of its code is shown.

    Without a `ts` it is a channel by itself: what is published there, or the reader's own `draft` for it.
    """

    channel_id: str
    ts: str = ""
    root_ts: str = ""
    language: Language = Language.PYTHON
    extent: Extent = Extent.REQUEST
    draft: bool = False

    @classmethod
    def message(cls, pressed: Pressed) -> "About":
        """The message under which somebody pressed, or from whose menu they chose."""
        return cls(pressed.channel_id, pressed.ts, pressed.root_ts)

    @classmethod
    def decoded(cls, metadata: str) -> "About | None":
        """None where it is none of ours."""
        try:
            found = json.loads(metadata)
            return cls(
                str(found["channel_id"]),
                str(found["ts"]),
                str(found["root_ts"]),
                Language(found["language"]),
                Extent(found["extent"]),
                draft=found["draft"] is True,
            )
        except (ValueError, KeyError, TypeError):
            return None

    def encoded(self) -> str:
        """As `private_metadata` (Slack: at most 3,000 characters)."""
        return json.dumps(asdict(self), separators=(",", ":"))

    def spot(self, person_id: str) -> Spot:
        """The message as the verbs take it."""
        return Spot(self.channel_id, self.ts, person_id, self.root_ts or None)
