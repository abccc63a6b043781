"""The modal of "Show raw syntax": the conversation as ChatML, turn by turn with its tokens."""

from collections.abc import Iterator

from bot.chat.raw_syntax import RawSyntax
from bot.slack.answer_row import texts
from bot.slack.answer_row.longer import MOST, beginning, caption, code, rich_text
from bot.slack.blocks import Block, context, modal, section

CALLBACK = "answer.raw_view"


def raw_view(raw: RawSyntax, note: str = "") -> Block:
    """As much of the conversation as a modal holds."""
    blocks = [section(" ".join(_summary(raw))), context(_how(raw))]
    if note:
        blocks.append(context(note))
    blocks.append(rich_text(_turns(raw)))
    return modal(texts.RAW, blocks, callback_id=CALLBACK, close=texts.CLOSE)


def raw_file(raw: RawSyntax) -> str:
    """All of it as one text: the ChatML, then what each turn takes."""
    lines = [f"{number}. {texts.turn(turn.part, turn.tokens)}" for number, turn in enumerate(raw.turns, 1)]
    summary = [line.replace("*", "").replace("`", "") for line in _summary(raw)]
    return "\n".join([raw.text, *lines, *summary, ""])


def _how(raw: RawSyntax) -> str:
    """How near it is to what was sent."""
    changed = [text for text, so in ((texts.RAW_GONE, raw.gone), (texts.RAW_EDITED, raw.edited)) if so]
    return " ".join(changed) or (texts.RAW_SENT if raw.sent_so else texts.RENDERED)


def _summary(raw: RawSyntax) -> list[str]:
    out = [texts.left_out(raw.left_out, raw.why)] if raw.left_out else []
    return [texts.in_all(raw.tokens, raw.encoding), *out]


def _turns(raw: RawSyntax) -> Iterator[Block]:
    room = MOST
    for turn in raw.turns:
        if room <= 0:
            return
        yield caption(texts.turn(turn.part, turn.tokens))
        yield code(beginning(turn.text, room))
        room -= len(turn.text)
