"""Import and export: the playground's setup as a file, or as text to paste and to copy."""

import json
from enum import Enum, auto

from bot.slack.blocks import Block, context, field, modal, plain, text_input
from bot.slack.forms.long_text import FIELD, pieces
from bot.slack.settings_modal import file_texts, texts
from bot.slack.settings_modal.at import At

CALLBACK = "settings.import_file"
EXPORT_CALLBACK = "settings.exported"
LARGEST = 2_000_000
"""Bytes of a file: fifty of the longest examples in four-byte characters, escaped, have fewer."""

_COPIED = 100_000
"""Bytes of it that a view shows (Slack: a view has at most 250 KB)."""

FILE_NAME = "confab-setup.json"


def import_view(at: At, *, reads_files: bool) -> Block:
    """Where a setup is handed in; without `files:read` by its text alone."""
    file: Block = {"type": "file_input", "action_id": "typed", "filetypes": ["json"], "max_files": 1}
    blocks = []
    if reads_files:
        blocks.append(field("file:0", file_texts.FILE, file, hint=file_texts.FILE_HINT, optional=True))
    pasted = text_input("typed", multiline=True, most=FIELD)
    label = file_texts.PASTED if reads_files else file_texts.PASTED_ONLY
    blocks.append(field("pasted:0", label, pasted, hint=file_texts.PASTED_HINT, optional=True))
    return modal(
        texts.IMPORT_TITLE,
        blocks,
        callback_id=CALLBACK,
        metadata=at.encoded(),
        submit=file_texts.IMPORT_SUBMIT,
        close=texts.BACK,
    )


class AsFile(Enum):
    """What became of the setup as a file."""

    NOT_GRANTED = auto()
    ON_ITS_WAY = auto()
    SENT = auto()
    NOT_TAKEN = auto()


def export_view(text: str, at: At, file: AsFile) -> Block:
    """The setup to copy, as far as a view holds it, and what became of its file."""
    whole = len(json.dumps(text)) <= _COPIED
    shown = pieces(text) if whole else ()
    blocks: list[Block] = [context(_note(file, whole=whole))]
    blocks += [{"type": "section", "text": plain(part)} for part in shown]
    return modal(
        texts.EXPORT_TITLE, blocks, callback_id=EXPORT_CALLBACK, metadata=at.encoded(), close=texts.BACK
    )


def exported(file: AsFile) -> str:
    """What became of the file, where there is no view to copy from."""
    return file_texts.EXPORTED_ALONE if file is AsFile.SENT else file_texts.EXPORT_LOST


def _note(file: AsFile, *, whole: bool) -> str:
    match file:
        case AsFile.ON_ITS_WAY:
            return file_texts.EXPORT_SENDING
        case AsFile.SENT:
            return file_texts.EXPORTED
        case AsFile.NOT_TAKEN:
            return file_texts.EXPORT_NOT_SENT if whole else file_texts.EXPORT_LOST
    return file_texts.EXPORTED_TEXT if whole else file_texts.EXPORT_CUT
