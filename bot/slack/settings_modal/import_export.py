"""Import and export: the playground's setup as a file, or as text to paste and to copy."""

import json

from bot.slack.blocks import Block, context, field, modal, plain, text_input
from bot.slack.forms.long_text import FIELD, pieces
from bot.slack.settings_modal import texts
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
        blocks.append(field("file:0", texts.FILE, file, hint=texts.FILE_HINT, optional=True))
    pasted = text_input("typed", multiline=True, most=FIELD)
    label = texts.PASTED if reads_files else texts.PASTED_ONLY
    blocks.append(field("pasted:0", label, pasted, hint=texts.PASTED_HINT, optional=True))
    return modal(
        texts.IMPORT_TITLE,
        blocks,
        callback_id=CALLBACK,
        metadata=at.encoded(),
        submit=texts.IMPORT_SUBMIT,
        close=texts.BACK,
    )


def export_view(text: str, at: At, *, sent: bool | None) -> Block:
    """The setup to copy. `sent` says whether it is in a file as well; None is on its way."""
    whole = len(json.dumps(text)) <= _COPIED
    shown = pieces(text) if whole else ()
    blocks: list[Block] = [context(_note(whole=whole, sent=sent))]
    blocks += [{"type": "section", "text": plain(part)} for part in shown]
    return modal(
        texts.EXPORT_TITLE, blocks, callback_id=EXPORT_CALLBACK, metadata=at.encoded(), close=texts.BACK
    )


def _note(*, whole: bool, sent: bool | None) -> str:
    if sent is None:
        return texts.EXPORT_SENDING
    if sent:
        return texts.EXPORTED
    return texts.EXPORTED_TEXT if whole else texts.EXPORT_CUT
