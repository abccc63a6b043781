"""Files: one that somebody handed in is read, one for somebody's direct message is sent."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import aiohttp

from bot.errors import SlackUnwilling
from bot.slack.calls import Calls, ResponseLost

DOWNLOAD = aiohttp.ClientTimeout(total=30)
_PIECE = 1 << 16
_PAGE = "text/html"
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
        self._home = _origin(api_url)
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
        content = await self.fetched(str(described.get("url_private_download") or ""), largest)
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

    async def address(self, file_id: str) -> str:
        """Where a file is that a message of another organisation only names."""
        file = (await self._calls.read("files.info", file=file_id)).get("file")
        return str(file.get("url_private_download") or "") if isinstance(file, dict) else ""

    async def fetched(self, url: str, largest: int, *, page: bool = False) -> bytes | None:
        """What is at a file's address; None where it is larger than so many bytes.

        The token is for Slack alone: other hosts are not asked, and redirects are not followed. A web page in
        place of a file that is no `page` is Slack asking somebody to sign in. Raises `SlackUnwilling` where
        Slack does not hand the file over.
        """
        if not self._is_slacks(url):
            raise SlackUnwilling("files.download", "elsewhere")
        head = {"Authorization": f"Bearer {self._token}"}
        try:
            async with self._session.get(
                url, headers=head, allow_redirects=False, timeout=DOWNLOAD
            ) as response:
                if response.status != 200:
                    raise SlackUnwilling("files.download", f"status {response.status}")
                if response.content_type == _PAGE and not page:
                    raise SlackUnwilling("files.download", "a page")
                return await _whole(response, largest)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            raise SlackUnwilling("files.download", "unreachable") from None

    def _is_slacks(self, url: str) -> bool:
        """Slack's files are at files.slack.com; those of a stand-in are where its Web API is."""
        origin = _origin(url)
        if origin is None:
            return False
        scheme, host, _ = origin
        return (scheme == "https" and host.endswith(".slack.com")) or origin == self._home


def _origin(url: str) -> tuple[str, str, int | None] | None:
    """An address's scheme, host and port; None where it has no host."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        return None
    return (scheme, host, port) if host else None


async def _whole(response: aiohttp.ClientResponse, largest: int) -> bytes | None:
    """The body, given up once it is larger than so many bytes."""
    content = bytearray()
    async for piece in response.content.iter_chunked(_PIECE):
        content += piece
        if len(content) > largest:
            return None
    return bytes(content)
