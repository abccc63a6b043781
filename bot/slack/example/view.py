"""The modal in which a pair is looked over and corrected."""

from collections.abc import Mapping

from bot.chat.checking import LONGEST_EXAMPLE, example_faults
from bot.chat.exampling import Offer
from bot.chat.setup import Example
from bot.slack.blocks import Block, actions, button, context, field, modal, section, text_input
from bot.slack.example import texts
from bot.slack.forms.long_text import pieces

CALLBACK = "add_example"
SHORTCUT = "add_example"
USER, ASSISTANT = "user", "assistant"
SETTINGS = "example_settings"


def saying(text: str) -> Block:
    """The modal with nothing but a sentence."""
    return modal(texts.TITLE, [section(text)], callback_id=CALLBACK)


def adding() -> Block:
    """The modal while the pair is added."""
    return saying(texts.ADDING)


def pair_of(typed: Mapping[str, str]) -> Example:
    """The pair as it was corrected."""
    return Example(typed.get(USER, ""), typed.get(ASSISTANT, ""))


def faults(typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the texts, field by field, known without asking anybody."""
    return example_faults(pair_of(typed))


def form(offer: Offer, note: str = "") -> Block:
    """The pair, to be corrected; `note` says why it is not in the draft yet."""
    user, assistant = pieces(offer.user), pieces(offer.assistant)
    shortened = offer.shortened or len(user) + len(assistant) > 2
    blocks = [
        *([context(note)] if note else []),
        section(texts.ABOUT.format(channel=offer.channel_id)),
        field(USER, texts.USER, _text(USER, user[0])),
        field(ASSISTANT, texts.ASSISTANT, _text(ASSISTANT, assistant[0]), hint=texts.ASSISTANT_HINT),
        *([context(texts.SHORTENED)] if shortened else []),
    ]
    return modal(texts.TITLE, blocks, callback_id=CALLBACK, metadata=offer.channel_id, submit=texts.ADD)


def added(channel_id: str, number: int) -> Block:
    """It is done; the settings are one press away."""
    blocks = [section(texts.added(channel_id, number)), actions(button(texts.OPEN, SETTINGS, channel_id))]
    return modal(texts.TITLE, blocks, callback_id=CALLBACK, metadata=channel_id)


def _text(name: str, text: str) -> Block:
    return text_input(name, text, multiline=True, most=LONGEST_EXAMPLE)
