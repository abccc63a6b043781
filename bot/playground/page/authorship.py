"""Whether the words of a message are the practice model's, or Confab's own: a refusal, an error, help."""

from bot.playground.page.backstage import Backstage, ModelAway, turn_of
from bot.playground.workspace import Message


class Authorship:
    """Asks the model once about each message as it stands; all tabs share what it says."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage
        self._known: dict[tuple[str, str], tuple[Message, bool]] = {}

    async def is_models(self, message: Message) -> bool | None:
        """Whether the message shows what the model said in its turn; None while nobody can tell yet."""
        place = (message.channel, message.ts)
        looked_at, found = self._known.get(place, (None, None))
        if looked_at is not message:
            found = await self._look_up(message)
            if found is not None:
                self._known[place] = message, found
        return found

    async def _look_up(self, message: Message) -> bool | None:
        turn = turn_of(message)
        if turn is None:
            return False
        try:
            asked = await self._backstage.asked(turn)
        except ModelAway:
            return None
        if asked is None:
            return False
        return _shows(message, asked.answer) if asked.is_over else None


def _shows(message: Message, answer: str) -> bool:
    """Whether a line of the message stands in the answer, or ends with its first.

    A sentence about a failure may stand under what the model said before it, or alone; an answer that goes on
    begins in the middle of a line. Marks do not count: on their way into Slack some are changed.
    """
    said = _letters(answer)
    first = next(filter(None, map(_letters, answer.splitlines())), "")
    pieces = [message.text, *(str(block.get("text", "")) for block in message.blocks)]
    lines = [_letters(line) for piece in pieces for line in piece.splitlines()]
    return any(line and (line in said or (bool(first) and line.endswith(first))) for line in lines)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
