"""Edits and deletions that may overtake the message they are about."""

from dataclasses import replace

from bot.chat.asides import wish
from bot.chat.messages import Deleted, Edited, Heard, MessageKey, key_of
from bot.chat.ports import Clock
from bot.chat.recent import Recent
from bot.chat.threads import ts_order

MOST_EDITS = 500
"""Each holds a text, up to 40,000 characters."""


class TakenBack:
    """What this process heard in the last hour, by the message that it is about.

    Slack sends a message and what becomes of it as separate events, in any order; and a message that could
    not be stored at first would be stored as it was.
    """

    def __init__(self, clock: Clock) -> None:
        self._edited: Recent[MessageKey, Edited] = Recent(clock, MOST_EDITS)
        self._deleted: Recent[MessageKey, Deleted] = Recent(clock)

    def note(self, change: Edited | Deleted) -> None:
        """Remember it, with what is known of the message from before."""
        if isinstance(change, Deleted):
            self._deleted.put(key_of(change), change)
            return
        # Slack dates no edit that only took files away: any other one has newer words.
        dated = replace(change, edited_ts=change.edited_ts or change.ts)
        before = self._edited.get(key_of(change))
        self._edited.put(key_of(change), _joined(before, dated) if before else dated)

    def of(self, heard: Heard) -> Edited | Deleted | None:
        """What became of that message, as far as it is known here."""
        return self._deleted.get(key_of(heard)) or self._edited.get(key_of(heard))


def as_it_reads(heard: Heard, edited: Edited) -> Heard:
    """The message with the words and the files that it has now; an edit never made a message a wish."""
    files = tuple(each for each in heard.files if each.id not in edited.gone_files)
    now = replace(heard, text=edited.text, files=files)
    return now if wish(now) is None else replace(now, text=heard.text)


def _joined(before: Edited, change: Edited) -> Edited:
    """The newer words, and all files that are gone."""
    overtaken = ts_order(change.edited_ts) < ts_order(before.edited_ts)
    return replace(before if overtaken else change, gone_files=before.gone_files | change.gone_files)
