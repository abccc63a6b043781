"""The small modal after a thumb, which nobody has to fill in."""

from bot.chat.opinions import LONGEST_WORD, Thumb
from bot.slack.answer_row.about import About
from bot.slack.blocks import Block, field, modal, section, text_input
from bot.slack.feedback import texts

CALLBACK = "answer.word"
WORD = "word"


def word_view(thumb: Thumb, about: About) -> Block:
    """That the thumb is kept already, and room for a word; an earlier one stands in it."""
    typed = text_input("typed", thumb.word, multiline=True, most=LONGEST_WORD)
    blocks = [
        section(texts.noted(thumb)),
        field(WORD, texts.WORD, typed, hint=texts.WORD_HINT, optional=True),
    ]
    return modal(
        texts.THANKS,
        blocks,
        callback_id=CALLBACK,
        metadata=about.encoded(),
        submit=texts.SEND,
        close=texts.NO_WORD,
    )
