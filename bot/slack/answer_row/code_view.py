"""The modal of "View code": tabs for the language and the extent, and the code."""

from collections.abc import Collection
from dataclasses import replace

from bot.chat.code_samples.call import Extent, Language
from bot.chat.view_code import Sample
from bot.slack.answer_row import texts
from bot.slack.answer_row.about import About
from bot.slack.answer_row.longer import beginning, code, rich_text
from bot.slack.blocks import Block, actions, button, context, escaped, modal

CALLBACK = "answer.code_view"
TAB = "answer.tab."
"""What the action ids of the tabs begin with; a language or an extent follows."""


def code_view(sample: Sample, about: About, extents: Collection[Extent], note: str = "") -> Block:
    """A sample; `note` says what became of the part that does not fit."""
    blocks = [actions(*(_tab(texts.LANGUAGES[each], each, about.language) for each in Language))]
    if len(extents) > 1:
        blocks.append(actions(*(_tab(texts.EXTENTS[each], each, about.extent) for each in extents)))
    blocks.append(context(escaped("\n".join(sample.remarks))))
    if sample.language is Language.JSON:
        blocks.append(context(texts.posted_to(escaped(sample.address))))
    if note:
        blocks.append(context(note))
    blocks.append(rich_text([code(beginning(sample.text))]))
    return modal(texts.CODE, blocks, callback_id=CALLBACK, metadata=about.encoded(), close=texts.CLOSE)


def turned(about: About, action_id: str) -> About:
    """What is shown once that tab was pressed."""
    chosen = action_id.removeprefix(TAB)
    if chosen in set(Language):
        return replace(about, language=Language(chosen))
    return replace(about, extent=Extent(chosen)) if chosen in set(Extent) else about


def _tab(label: str, each: Language | Extent, shown: Language | Extent) -> Block:
    return button(label, f"{TAB}{each}", style="primary" if each is shown else None)
