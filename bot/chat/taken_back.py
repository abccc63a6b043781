"""Edits and deletions that may overtake the message they are about."""

from dataclasses import replace

from bot.chat.messages import Deleted, Edited, Heard
from bot.chat.ports import Clock
from bot.chat.recent import Recent
from bot.chat.threads import ts_order

MOST = 500


class TakenBack:
    """The last hour's, by the message: whoever hears that afterwards hears it as it reads now.

    Slack sends a message and what becomes of it as separate events, to any replica, in any order; and a
    message that could not be stored at first is stored as it was.
    """

    def __init__(self, clock: Clock) -> None:
        self._changes: Recent[tuple[str, str], Edited | Deleted] = Recent(clock, MOST)

    def note(self, change: Edited | Deleted) -> None:
        """Remember it, with what is known of the message from before."""
        before = self._changes.get(_place(change))
        if not isinstance(before, Deleted):
            if before is not None and isinstance(change, Edited):
                change = _joined(before, change)
            self._changes.put(_place(change), change)

    def of(self, heard: Heard) -> Edited | Deleted | None:
        """What became of that message, as far as it is known here."""
        return self._changes.get((heard.channel_id, heard.ts))


def as_it_reads(heard: Heard, edited: Edited) -> Heard:
    """The message with the words and the files that it has now."""
    files = tuple(each for each in heard.files if each.id not in edited.gone_files)
    return replace(heard, text=edited.text, files=files)


def _joined(before: Edited, change: Edited) -> Edited:
    """The newer words, and all files that are gone."""
    overtaken = change.edited_ts and ts_order(change.edited_ts) < ts_order(before.edited_ts)
    return replace(before if overtaken else change, gone_files=before.gone_files | change.gone_files)


def _place(change: Edited | Deleted) -> tuple[str, str]:
    return change.channel_id, change.ts
