"""Files: what people share, what they put into modals, what an app uploads."""

import mimetypes
import secrets
from dataclasses import dataclass, field, replace

from bot.playground.workspace.messages import File
from bot.playground.workspace.team import new_id

_DEFAULT = "application/octet-stream"


@dataclass(slots=True)
class StoredFile:
    """A file with its content. `shared` says whether anybody but its owner sees it yet."""

    file: File
    owner: str
    content: bytes = field(repr=False)
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload that an app announced: where it goes, and how many bytes are to come."""

    ticket: str
    file_id: str
    name: str
    length: int
    owner: str


class Files:
    """Every file of the workspace, and the uploads on their way."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}
        self._uploads: dict[str, Upload] = {}

    def keep(
        self, name: str, content: bytes, *, owner: str, origin: str, file_id: str | None = None, alt: str = ""
    ) -> File:
        """Store a file; `origin` is where the workspace is served, and so begins the file's address."""
        file_id = file_id or new_id("F")
        mimetype = mimetypes.guess_type(name)[0] or _DEFAULT
        url = f"{origin}/files/{file_id}/{secrets.token_hex(4)}"
        file = File(file_id, name, mimetype, len(content), url, title=name, owner=owner, alt=alt)
        self._files[file_id] = StoredFile(file, owner, content)
        return file

    def get(self, file_id: str) -> StoredFile | None:
        """The file with that id."""
        return self._files.get(file_id)

    def share(self, file_id: str, title: str | None = None) -> File:
        """From now on others see it, under that title if one is given."""
        stored = self._files[file_id]
        stored.shared = True
        stored.file = replace(stored.file, title=title or stored.file.title)
        return stored.file

    def announce(self, name: str, length: int, owner: str) -> Upload:
        """Expect the content of a file."""
        upload = Upload(secrets.token_urlsafe(18), new_id("F"), name, length, owner)
        self._uploads[upload.ticket] = upload
        return upload

    def receive(self, ticket: str, content: bytes, origin: str) -> bool:
        """Take the content of an announced upload; false where it is unknown or of another length."""
        upload = self._uploads.get(ticket)
        if upload is None or len(content) != upload.length:
            return False
        del self._uploads[ticket]
        self.keep(upload.name, content, owner=upload.owner, origin=origin, file_id=upload.file_id)
        return True
