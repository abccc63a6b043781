"""The modal of "More": how an answer came about, and what there is to do about it."""

from collections.abc import Sequence

from bot.chat.sent import ShownAnswer
from bot.slack.answer_row import texts
from bot.slack.answer_row.about import About
from bot.slack.answer_row.more import MORE, Entry
from bot.slack.blocks import Block, actions, button, divider, escaped, modal, section

CALLBACK = "answer.more_view"


def more_view(answer: ShownAnswer, about: About, entries: Sequence[Entry] = ()) -> Block:
    """Who asked, which deployment answered, by which version, when and for how many tokens; what to do."""
    lines = "\n".join(f"*{name}:* {value}" for name, value in _facts(answer))
    blocks = [section(lines)]
    if entries:
        blocks += [divider(), actions(*(button(each.label, f"{MORE}{each.name}") for each in entries))]
    return modal(texts.MORE_TITLE, blocks, callback_id=CALLBACK, metadata=about.encoded(), close=texts.CLOSE)


def notice_view(title: str, text: str) -> Block:
    """A modal that only says something."""
    return modal(title, [section(text)], callback_id="answer.notice", close=texts.CLOSE)


def _facts(answer: ShownAnswer) -> list[tuple[str, str]]:
    sent, usage = answer.sent, answer.usage
    by = texts.asked_of(escaped(sent.deployment), sent.transport)
    past = texts.went_along(len(answer.messages), cleared=not answer.remembered)
    return [
        (texts.ASKED_BY, f"<@{answer.asker_id}>"),
        (texts.DEPLOYMENT, by),
        (texts.API, escaped(sent.api_version or "v1")),
        (texts.SETUP, texts.version(answer.included.setup_version)),
        (texts.PROMPT, texts.used(usage.prompt, usage.cached, texts.FROM_CACHE)),
        (texts.ANSWER, texts.used(usage.completion, usage.reasoned, texts.ON_THINKING)),
        (texts.PAST, past),
        (texts.ANSWERED, _when(answer.answer.ts)),
    ]


def _when(ts: str) -> str:
    seconds = int(float(ts or 0))
    return f"<!date^{seconds}^{{date_long}}, {{time_secs}}|{seconds}>"
