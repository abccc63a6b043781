"""What no modal holds, as files in somebody's direct message: each once, however often they look at it."""

import asyncio
from collections import OrderedDict
from hashlib import sha256
from weakref import WeakValueDictionary

from bot.errors import SlackUnwilling
from bot.slack.answer_row import texts
from bot.slack.answer_row.longer import MOST
from bot.slack.files import Files, SentFile

_REMEMBERED = 500


class Enclosures:
    """Sends them, and remembers the last ones while Confab runs: after a restart one more copy does no harm.

    A file is known by who has it, its name, and a hash of its text; one person's are sent one by one.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._sent: OrderedDict[tuple[str, str, bytes], SentFile] = OrderedDict()
        self._sending: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def note(self, person_id: str, name: str, text: str) -> str:
        """Send a text that is too long for a modal; what the modal says of it, empty for one that fits."""
        if len(text) <= MOST:
            return ""
        if not self._files.sends:
            return texts.NOT_GRANTED
        which = (person_id, name, sha256(text.encode()).digest())
        try:
            async with self._sending.setdefault(person_id, asyncio.Lock()):
                return await self._note(which, text)
        except SlackUnwilling:
            return texts.NOT_SENT

    async def _note(self, which: tuple[str, str, bytes], text: str) -> str:
        sent = self._sent.get(which)
        if sent is not None and await self._files.is_there(sent):
            return texts.sent_before(sent.permalink)
        person_id, name, _ = which
        self._sent[which] = await self._files.send(person_id, name, text, "")
        while len(self._sent) > _REMEMBERED:
            self._sent.popitem(last=False)
        return texts.SENT
