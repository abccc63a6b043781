"""The modal of "More": how an answer came about, and what there is to do about it."""

from collections.abc import Sequence

from bot.chat.deployments import Transport
from bot.chat.sent import ShownAnswer
from bot.slack.answer_row import texts
from bot.slack.answer_row.about import About
from bot.slack.answer_row.more import MORE, Entry
from bot.slack.blocks import Block, actions, button, divider, escaped, modal, section

CALLBACK = "answer.more_view"
_TRANSPORTS = {Transport.CHAT: "chat completions", Transport.CHATML: "completions with ChatML"}


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
    thought = f", {usage.reasoned:,} of them spent on thinking" if usage.reasoned else ""
    cached = f", {usage.cached:,} of them from the cache" if usage.cached else ""
    return [
        ("Asked by", f"<@{answer.asker_id}>"),
        ("Deployment", f"{escaped(sent.deployment)}, {_TRANSPORTS[sent.transport]}"),
        ("API", escaped(sent.api_version or "v1")),
        ("Setup", _version(answer.included.setup_version)),
        ("Prompt", f"{usage.prompt:,} tokens{cached}"),
        ("Answer", f"{usage.completion:,} tokens{thought}"),
        ("Past", _past(answer)),
        ("Answered", _when(answer.answer.ts)),
    ]


def _version(number: int) -> str:
    if number > 0:
        return f"version {number} of this channel"
    return "the playground's defaults" if number == 0 else f"version {-number} of the workspace's defaults"


def _past(answer: ShownAnswer) -> str:
    count = len(answer.messages)
    carried = f"{count:,} message{'' if count == 1 else 's'} went along, the question included"
    return carried if answer.remembered else f"{carried}; cleared since"


def _when(ts: str) -> str:
    seconds = int(float(ts or 0))
    return f"<!date^{seconds}^{{date_long}}, {{time_secs}}|{seconds}>"
