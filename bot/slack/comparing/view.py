"""The modal that asks two at once, and shows what both said."""

import json
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from bot.chat.comparing import Candidate, Kind, Side
from bot.slack.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    field,
    modal,
    mrkdwn,
    option,
    plain,
    section,
    select,
    text_input,
)
from bot.slack.comparing import texts
from bot.slack.pages import PageLimits, pages

CALLBACK = "compare"
QUESTION, LEFT, RIGHT = "question", "left", "right"
COMPARE = "compare_setups"
AGAIN = "compare_again"

_FIELD = PageLimits(soft=1_200, hard=1_600, size=2_800)
"""Slack: 2,000 characters in one of a section's fields, in UTF-16; no text within these limits has more."""

_SHOWN = 12_000
"""Characters of each answer that the modal shows at most."""

_SIZE = 100_000
"""Bytes of each answer as escaped JSON (Slack: 250 KB in a view, in which an emoji takes twelve)."""


def waiting(channel_id: str, text: str) -> Block:
    """The modal while something is looked up or asked."""
    return modal(texts.TITLE, [section(text)], callback_id=CALLBACK, metadata=channel_id)


def asking(channel_id: str) -> Block:
    """The modal while both are asked."""
    return waiting(channel_id, texts.ASKING)


def faults(typed: Mapping[str, str]) -> dict[str, str]:
    """What cannot be asked, field by field."""
    if not typed.get(QUESTION, "").strip():
        return {QUESTION: texts.EMPTY}
    return {RIGHT: texts.SAME} if typed.get(LEFT) == typed.get(RIGHT) else {}


def form(
    channel_id: str, candidates: Sequence[Candidate], question: str = "", *, against: Candidate | None = None
) -> Block:
    """Where the question is written and two are chosen.

    At first what is published, and `against` where it is among them; else the draft, or whatever is next.
    """
    options = [option(texts.label(each), each.word) for each in candidates]
    other = next((i for i, each in enumerate(candidates) if each.kind is not Kind.CURRENT), 0)
    second = candidates.index(against) if against in candidates else other
    return modal(
        texts.TITLE,
        [
            section(texts.ABOUT.format(channel=channel_id)),
            field(
                QUESTION,
                texts.QUESTION,
                text_input(QUESTION, question, multiline=True),
                hint=texts.QUESTION_HINT,
            ),
            field(LEFT, texts.LEFT, select(LEFT, options, options[0])),
            field(RIGHT, texts.RIGHT, select(RIGHT, options, options[second])),
        ],
        callback_id=CALLBACK,
        metadata=channel_id,
        submit=texts.ASK,
    )


def answers(channel_id: str, question: str, sides: tuple[Side, Side], note: str = "") -> Block:
    """Both answers side by side, as far as they fit; the models' own Markdown stands as it came."""
    blocks: list[Block] = [{"type": "section", "text": plain(question)}, divider(), headings(sides)]
    blocks += _columns(*(_beginning(texts.whole(side)) for side in sides))
    if note:
        blocks.append(context(note))
    blocks.append(actions(button(texts.AGAIN, AGAIN, channel_id)))
    return modal(texts.TITLE, blocks, callback_id=CALLBACK, metadata=channel_id)


def headings(sides: tuple[Side, Side]) -> Block:
    """Who gave which answer, and what it took."""
    return {"type": "section", "fields": [mrkdwn(texts.heading(side)) for side in sides]}


def too_long(sides: tuple[Side, Side]) -> bool:
    """Whether the modal cannot show all of both."""
    return any(_beginning(whole) != whole for whole in map(texts.whole, sides))


def _beginning(text: str) -> str:
    """As much of an answer as the modal has room for."""
    room = _SIZE
    for index, character in enumerate(text[:_SHOWN]):
        room -= len(json.dumps(character)) - len('""')
        if room < 0:
            return text[:index]
    return text[:_SHOWN]


def _columns(left: str, right: str) -> list[Block]:
    columns = ([page.text for page in pages(text, _FIELD)] for text in (left, right))
    return [
        {"type": "section", "fields": [plain(each or texts.NO_MORE, 2_000) for each in row]}
        for row in zip_longest(*columns)
    ]
