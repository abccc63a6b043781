"""The files of people's messages, as `bot.chat.ports.SharedFiles` wants them."""

import logging

from bot.chat.shared_files import SharedFile, Unread
from bot.errors import SlackUnwilling, described
from bot.slack.files import Files

_log = logging.getLogger(__name__)


class SlackSharedFiles:
    """Fetches what people shared, up to `largest` bytes each."""

    def __init__(self, files: Files, *, largest: int) -> None:
        self._files = files
        self._largest = largest

    async def fetch(self, file: SharedFile) -> bytes | Unread:
        """The file's bytes, or why there are none."""
        if not self._files.reads:
            return Unread.NO_SCOPE
        if file.size > self._largest:
            return Unread.TOO_LARGE
        try:
            address = file.address or await self._files.address(file.id)
            data = await self._files.fetched(address, self._largest, page=file.is_page)
        except SlackUnwilling as refused:
            _log.info("file %s was not fetched: %s", file.id, described(refused))
            return Unread.NOT_FETCHED
        return Unread.TOO_LARGE if data is None else data
