"""Files: one that somebody handed in is read, one for somebody's direct message is sent."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import aiohttp

from bot.errors import SlackUnwilling
from bot.slack.calls import Calls, ResponseLost

# What files.info says of a file that people deleted.
_GONE = frozenset({"file_not_found", "file_deleted"})


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that stands in somebody's direct message, and where people find it."""

    id: str
    permalink: str


class Files:
    """Files of one workspace.

    Args:
        calls: the way to the Web API.
        session: the HTTP session for what lies outside it.
        token: the bot token, which a file's address asks for; it goes nowhere else.
        scopes: what the workspace granted.
        api_url: where the Web API is; its files may be there as well.
        pages: where people see what Confab sends, down to whose it is.
    """

    def __init__(
        self,
        calls: Calls,
        session: aiohttp.ClientSession,
        token: str,
        *,
        scopes: frozenset[str],
        api_url: str = "",
        pages: str = "",
    ) -> None:
        self._calls = calls
        self._session = session
        self._token = token
        self._home = urlsplit(api_url).hostname
        self._pages = pages
        self.reads = "files:read" in scopes
        self.sends = "files:write" in scopes

    async def text(self, file_id: str, *, largest: int) -> str | None:
        """A file as text; None where it is larger than so many bytes, or no text.

        Raises `SlackUnwilling` where Slack does not hand it over.
        """
        found = await self._calls.read("files.info", file=file_id)
        file = found.get("file")
        described = file if isinstance(file, dict) else {}
        if int(described.get("size") or 0) > largest:
            return None
        content = await self._fetched(str(described.get("url_private_download") or ""), largest)
        try:
            return None if content is None else content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    async def send(self, person_id: str, name: str, text: str, comment: str) -> SentFile:
        """Put a file into somebody's direct message with Confab.

        Raises `SlackUnwilling` where Slack does not take it.
        """
        opened = await self._calls.write("conversations.open", users=person_id)
        content = text.encode()
        # Slack takes this one's arguments from the address alone, as its own SDK sends them.
        begun = await self._calls.read("files.getUploadURLExternal", filename=name, length=len(content))
        try:
            async with self._session.post(str(begun["upload_url"]), data=content) as response:
                if response.status != 200:
                    raise SlackUnwilling("files.upload", f"status {response.status}")
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise ResponseLost("files.upload") from None
        await self._calls.write(
            "files.completeUploadExternal",
            files=[{"id": begun["file_id"], "title": name}],
            channel_id=str(opened["channel"]["id"]),
            initial_comment=comment or None,
        )
        file_id = str(begun["file_id"])
        return SentFile(file_id, f"{self._pages}/{file_id}/{quote(name)}")

    async def is_there(self, sent: SentFile) -> bool:
        """Whether a file is still where it was sent, as far as Confab may look.

        Raises `SlackUnwilling` where Slack does not say.
        """
        if not self.reads:
            return True
        try:
            await self._calls.read("files.info", file=sent.id)
        except SlackUnwilling as refused:
            if refused.code in _GONE:
                return False
            raise
        return True

    async def _fetched(self, url: str, largest: int) -> bytes | None:
        """The token is for Slack alone: other hosts are not asked, and redirects are not followed."""
        host = urlsplit(url).hostname or ""
        if not (host.endswith(".slack.com") or host == self._home):
            raise SlackUnwilling("files.download", "elsewhere")
        head = {"Authorization": f"Bearer {self._token}"}
        try:
            async with self._session.get(url, headers=head, allow_redirects=False) as response:
                if response.status != 200:
                    raise SlackUnwilling("files.download", f"status {response.status}")
                content = await response.content.read(largest + 1)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            raise SlackUnwilling("files.download", "unreachable") from None
        return None if len(content) > largest else content
