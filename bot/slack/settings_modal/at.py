"""What a view is about: it travels in `private_metadata`, as ids and small numbers only."""

import json
from dataclasses import asdict, dataclass

from bot.chat.characters import number

_NUMBERS = ("page", "index", "fields", "newest")


@dataclass(frozen=True, slots=True)
class At:
    """The channel (or WORKSPACE), the `mark` of the draft that is shown, and where in a list we are.

    `index` is an example's place, -1 for a new one; `fields` counts empty fields that somebody asked for;
    `newest` is the version that was published when the view was made. `alone` is a part that lies over no
    root, and gives way to one when it is done.
    """

    channel_id: str
    mark: str = ""
    page: int = 0
    index: int = -1
    fields: int = 0
    newest: int = 0
    alone: bool = False

    def encoded(self) -> str:
        """As `private_metadata` (Slack: at most 3,000 characters)."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def decoded(cls, metadata: object) -> "At | None":
        """None where it is none of ours."""
        try:
            found = json.loads(metadata) if isinstance(metadata, str) else None
            if not isinstance(found, dict):
                return None
            read = {name: number(str(found.get(name, 0))) for name in _NUMBERS}
            numbers = {name: value for name, value in read.items() if value is not None}
            if numbers.keys() != read.keys():
                return None
            mark, alone = str(found.get("mark", "")), found.get("alone") is True
            return cls(str(found["channel_id"]), mark, alone=alone, **numbers)
        except (ValueError, KeyError, TypeError, OverflowError):
            return None
