"""The modal of a summary, which carries what its Post button posts."""

from dataclasses import dataclass, field

from bot.chat.summarising import Summary
from bot.slack.blocks import Block, actions, button, context, cut, divider, modal, plain, section, units
from bot.slack.mentions import neutralised
from bot.slack.summarising import texts

CALLBACK = "summary"
POST = "summary_post"

LONGEST = 2_500
"""Characters of a summary that are shown (Slack: 3,000 of a view's metadata, and in a section)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A summary that may be posted, as it stands in the modal: its words, and what it does not cover."""

    channel_id: str
    root_ts: str
    text: str = field(repr=False)
    left_out: str = ""

    @classmethod
    def of(cls, summary: Summary) -> "Draft":
        """The summary as Slack can show it: nobody is called by it."""
        quiet = neutralised(summary.text)
        left_out = texts.left_out(summary, shortened=units(quiet) > LONGEST)
        return cls(summary.thread.channel_id, summary.thread.root_ts, cut(quiet, LONGEST), left_out)

    def encoded(self) -> str:
        """For a view's metadata, which Slack gives back as it was."""
        return "\n".join((f"{self.channel_id} {self.root_ts}", self.left_out, self.text))

    @classmethod
    def decoded(cls, metadata: str) -> "Draft | None":
        """What a view carried; None where it is no draft."""
        place, _, rest = metadata.partition("\n")
        left_out, _, text = rest.partition("\n")
        channel_id, _, root_ts = place.partition(" ")
        return cls(channel_id, root_ts, text, left_out) if channel_id and root_ts and text else None


def notice(text: str) -> Block:
    """The modal while there is nothing to post, or nothing any more."""
    return modal(texts.TITLE, [section(text)], callback_id=CALLBACK)


def summary_view(draft: Draft, *, trouble: str = "") -> Block:
    """The summary, and the button that posts it; `trouble` is why it was not posted the last time."""
    blocks: list[Block] = [*([section(trouble), divider()] if trouble else []), _words(draft)]
    if draft.left_out:
        blocks.append(context(draft.left_out))
    blocks += [actions(button(texts.POST, POST)), context(texts.POST_ALOUD)]
    return modal(texts.TITLE, blocks, callback_id=CALLBACK, metadata=draft.encoded())


def posted_view(draft: Draft, line: str) -> Block:
    """The summary without a button, and what has become of it."""
    return modal(texts.TITLE, [_words(draft), divider(), section(line)], callback_id=CALLBACK)


def message(draft: Draft, person_id: str) -> list[Block]:
    """The summary as everybody in the thread sees it."""
    line = " ".join(filter(None, (texts.asked_by(person_id), draft.left_out)))
    return [_words(draft), context(line)]


def _words(draft: Draft) -> Block:
    """Plain text: nothing in it becomes a link, a mention or a picture."""
    return {"type": "section", "text": plain(draft.text)}
