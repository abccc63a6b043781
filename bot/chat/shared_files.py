"""Files that people share in a thread: what each is, and what Confab made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from bot.chat.quoting import quoted


class FileKind(StrEnum):
    """How a file is read."""

    TEXT = "text"
    PDF = "pdf"
    WORD = "word"
    PICTURE = "picture"
    OTHER = "other"


class Unread(StrEnum):
    """Why a file was not read."""

    KIND = "kind"  # nothing here reads files of that kind
    TOO_LARGE = "too_large"  # more bytes than are fetched
    BROKEN = "broken"  # not what its name says, or damaged
    PROTECTED = "protected"  # it asks for a password
    EMPTY = "empty"  # nothing to read in it, such as a scanned page without text
    TOO_HARD = "too_hard"  # reading it took more time or memory than a file may
    NOT_FETCHED = "not_fetched"  # Slack did not hand it out
    NO_SCOPE = "no_scope"  # the workspace did not grant files:read
    NOT_INSTALLED = "not_installed"  # this Confab came without the libraries for it
    BLIND = "blind"  # a picture, and a deployment that cannot see


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file as Slack names it; `size` in bytes. The address is of use with Confab's token only."""

    id: str
    name: str = field(repr=False)
    mimetype: str
    size: int
    address: str = field(default="", repr=False)

    @property
    def kind(self) -> FileKind:
        """What its name and type say that it is; the reader looks at the bytes as well."""
        return _kind(self._suffix, self.mimetype.lower())

    @property
    def is_page(self) -> bool:
        """Whether somebody shared a web page as a file."""
        return self._suffix in ("htm", "html") or self.mimetype.lower() == "text/html"

    @property
    def _suffix(self) -> str:
        return PurePosixPath(self.name.lower()).suffix.removeprefix(".")


@dataclass(frozen=True, slots=True)
class FileText:
    """What a document says; `cut` where it says more than there was room for."""

    text: str = field(repr=False)
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a model takes it: PNG or JPEG, upright, without what a camera notes about people."""

    data: bytes = field(repr=False)
    mimetype: str
    width: int
    height: int


FileRead = FileText | Picture | Unread


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file beside the message that shared it, with what was made of it when its question was answered.

    `text` is a document's, `seen` says that a picture went to the model, `unread` why neither did. A
    picture itself is never kept: it goes with its own question and with no later one.
    """

    file: SharedFile
    text: str | None = field(default=None, repr=False)
    cut: bool = False
    seen: bool = False
    unread: Unread | None = None

    @property
    def settled(self) -> bool:
        """Whether it has been read, or found to be none that can be."""
        return self.seen or self.text is not None or self.unread is not None

    @property
    def name(self) -> str:
        """Its name on one line, as a prompt and a note say it."""
        return " ".join(self.file.name.split())[:MOST_OF_A_NAME] or "without a name"


def said_of(files: Sequence[KeptFile]) -> str:
    """What a prompt says of a message's files, below its words; not neutralised yet."""
    return "".join(f"\n\n{_said(each)}" for each in files)


def _said(kept: KeptFile) -> str:
    if kept.text is not None:
        part = ", its beginning" if kept.cut else ""
        text = quoted(kept.text, lambda line: line.startswith(_EDGES))
        return f"[file {kept.name}{part}]\n{text}\n[end of file {kept.name}]"
    if kept.unread is not None:
        return f"[file {kept.name}, which could not be read]"
    return f"[{'picture' if kept.file.kind is FileKind.PICTURE else 'file'} {kept.name}]"


MOST_OF_A_NAME = 80
"""Characters of a file's name that a model is told."""

_EDGES = ("[file ", "[picture ", "[end of file ")

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp"})
_PROSE = {"csv", "htm", "html", "ics", "log", "md", "markdown", "rst", "srt", "tex", "text", "tsv", "txt"}
_DATA = {"cfg", "conf", "env", "ini", "ipynb", "json", "jsonl", "proto", "svg", "toml", "xml", "yaml", "yml"}
_CODE = (
    {"bash", "bat", "c", "cc", "clj", "cpp", "cs", "css", "dart", "diff", "dockerfile", "ex", "go", "gradle"}
    | {"graphql", "h", "hpp", "hs", "java", "jl", "js", "jsx", "kt", "less", "lua", "mjs", "php", "pl", "ps1"}
    | {"py", "r", "rb", "rs", "sass", "scala", "scss", "sh", "sql", "swift", "tf", "ts", "tsx", "vue", "zsh"}
)


def _kind(suffix: str, mimetype: str) -> FileKind:
    if suffix == "pdf" or mimetype == "application/pdf":
        return FileKind.PDF
    if suffix == "docx" or mimetype == WORD:
        return FileKind.WORD
    if suffix in _PICTURES or mimetype in {f"image/{each}" for each in _PICTURES}:
        return FileKind.PICTURE
    if suffix in _PROSE | _DATA | _CODE or mimetype.startswith("text/") or mimetype == "application/json":
        return FileKind.TEXT
    return FileKind.OTHER
