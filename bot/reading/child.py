"""The process that reads one file: kind and room on the command line, the file on stdin.

On stdout comes one line of JSON, and after it a picture's bytes.
"""

import json
import sys

from bot.chat.shared_files import FileKind, FileRead, FileText, Picture, Unread
from bot.reading.confined import confine


def main() -> None:
    """Read what comes in, say what it says."""
    kind, characters, seconds = FileKind(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    data = sys.stdin.buffer.read()
    try:
        reads = _reads(kind, data, characters, seconds)
    except ImportError:
        reads = Unread.NOT_INSTALLED
    except (MemoryError, RecursionError):
        reads = Unread.TOO_HARD
    _say(reads)


def _reads(kind: FileKind, data: bytes, characters: int, seconds: int) -> FileRead:
    """Each library is loaded by those who need it, and before memory is short."""
    match kind:
        case FileKind.TEXT:
            from bot.reading.text import read_text  # noqa: PLC0415 - see above

            confine(seconds)
            return read_text(data, characters)
        case FileKind.PDF:
            from bot.reading.pdf import read_pdf  # noqa: PLC0415 - see above

            confine(seconds)
            return read_pdf(data, characters)
        case FileKind.WORD:
            from bot.reading.word import read_word  # noqa: PLC0415 - see above

            confine(seconds)
            return read_word(data, characters)
        case FileKind.PICTURE:
            from bot.reading.picture import read_picture  # noqa: PLC0415 - see above

            confine(seconds)
            return read_picture(data)
        case FileKind.OTHER:
            return Unread.KIND


def _say(reads: FileRead) -> None:
    out = sys.stdout.buffer
    match reads:
        case FileText(text, cut):
            out.write(json.dumps({"text": text, "cut": cut}).encode() + b"\n")
        case Picture(data, mimetype, width, height):
            head = {"mimetype": mimetype, "width": width, "height": height}
            out.write(json.dumps(head).encode() + b"\n" + data)
        case Unread():
            out.write(json.dumps({"unread": reads.value}).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
