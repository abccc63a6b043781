"""One answer as it is heard: over one connection, up to its end."""

from bot.azure.chunks import Reading
from bot.azure.events import END, Events
from bot.azure.failures import FOREIGN, BrokenOff, Whence, broken
from bot.azure.stopping import Stopping
from bot.chat.ports import Finish
from bot.chat.sent import Sent
from bot.errors import AnswerEmpty, AnswerFiltered, PromptFiltered


class Speech:
    """Owns the connection behind the events until `aclose`.

    Leading white space waits for the first word, so that what was heard at all was worth showing.
    """

    def __init__(self, events: Events, stopping: Stopping, whence: Whence, sent: Sent) -> None:
        self.whence = whence
        self.sent = sent
        self.reading = Reading()
        self.said = False
        self._events = events
        self._stopping = stopping
        self._blank = ""
        self._over = False

    async def first(self) -> str:
        """The first words, empty if there are none. Raises whatever is in `failures.FOREIGN`."""
        return await self._words()

    async def more(self) -> str:
        """The next words, empty at the end.

        Raises:
            AnswerCut, AnswerFiltered, ModelTimedOut: the answer broke off.
        """
        try:
            return await self._words()
        except FOREIGN as error:
            raise broken(error, self.whence) from None

    def finish(self) -> Finish:
        """How the answer ended.

        Raises:
            AnswerFiltered, PromptFiltered: the content filter ended it.
            AnswerEmpty: there was not one word.
        """
        reading = self.reading
        if reading.finish == "content_filter" and not self._stopping.met:
            detail = self.whence.detail("finish reason content_filter")
            if reading.prompt_filtered and not reading.answer_filtered:
                raise PromptFiltered(reading.prompt_filtered, detail=detail)
            raise AnswerFiltered(reading.answer_filtered, detail=detail)
        if not self.said:
            reasoned = reading.usage.reasoned > 0 or reading.thought
            raise AnswerEmpty(reasoned=reasoned, detail=self.whence.detail(f"finish reason {reading.finish}"))
        reason = "stop" if self._stopping.met else str(reading.finish)
        return Finish(reason, reading.usage, self.sent, self.whence.request_id)

    async def aclose(self) -> None:
        """Close the connection, unless the answer was read to its end."""
        await self._events.aclose()

    async def _words(self) -> str:
        while not self._over:
            text = await self._hear()
            if self.said:
                if text:
                    return text
            elif text := self._blank + text:
                if not text.isspace():
                    self.said = True
                    return text
                self._blank = text
        if self.reading.finish is None and not self._stopping.met:
            raise BrokenOff
        return ""

    async def _hear(self) -> str:
        chunk = await self._chunk()
        if chunk is END:
            self._over = True
            return self._stopping.rest()
        said = [self.reading.take(chunk), *map(self.reading.take, self._events.at_hand())]
        text = self._stopping.feed("".join(said))
        self._over = self._stopping.met
        return text

    async def _chunk(self) -> object:
        try:
            return await self._events.next()
        except FOREIGN:
            if self.reading.finish is None:
                raise
            return END  # the words are whole: only the usage is missing
