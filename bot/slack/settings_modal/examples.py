"""Examples: the few-shot pairs, paged; each is added and edited in a view of its own."""

from bot.chat.setup import Example, Setup
from bot.slack.blocks import (
    Block,
    actions,
    button,
    context,
    cut,
    escaped,
    modal,
    option,
    overflow,
    section,
)
from bot.slack.forms.long_text import fields_for
from bot.slack.forms.typed import Typed
from bot.slack.settings_modal import texts
from bot.slack.settings_modal.at import At

EMPTY = Example("", "")
CALLBACK = "settings.examples"
ONE = "settings.example"
ADD = "settings.add_example"
TURN = "settings.turn_examples"
ON_EXAMPLE = "settings.on_example"
PAGE = 10
_GLIMPSE = 200


def examples_view(setup: Setup, at: At, *, may_change: bool, note: str = "") -> Block:
    """One page of the pairs, in the order in which the prompt has them."""
    examples = setup.persona.examples
    page = clamped(at.page, len(examples))
    blocks: list[Block] = [context(note)] if note else []
    blocks.append(context(texts.examples_count(len(examples)) if examples else texts.NO_EXAMPLES))
    first = page * PAGE
    for index, example in enumerate(examples[first : first + PAGE], first):
        menu = _menu(index, len(examples)) if may_change else None
        blocks.append(section(_glimpse(index, example), menu, block_id=f"example.{index}:{at.mark}"))
    buttons = [button(texts.ADD, ADD, style="primary")] if may_change else []
    if page > 0:
        buttons.append(button(texts.PREVIOUS, f"{TURN}.back", str(page - 1)))
    if first + PAGE < len(examples):
        buttons.append(button(texts.NEXT, f"{TURN}.on", str(page + 1)))
    if buttons:
        blocks.append(actions(*buttons))
    return modal(texts.EXAMPLES, blocks, callback_id=CALLBACK, metadata=at.encoded(), close=texts.BACK)


def example_view(pair: Example, at: At, *, note: str = "") -> Block:
    """One pair to edit, or with an index of -1 a new one."""
    blocks = [
        *([context(note)] if note else []),
        *fields_for(
            "user", texts.EXAMPLE_USER, pair.user, at.mark, hint=texts.EXAMPLE_USER_HINT, needed=True
        ),
        *fields_for(
            "assistant",
            texts.EXAMPLE_ANSWER,
            pair.assistant,
            at.mark,
            hint=texts.EXAMPLE_ANSWER_HINT,
            needed=True,
        ),
    ]
    title = texts.NEW_EXAMPLE if at.index < 0 else texts.example_title(at.index + 1)
    return modal(title, blocks, callback_id=ONE, metadata=at.encoded(), submit=texts.KEEP, close=texts.BACK)


def example_typed(typed: Typed) -> Example:
    """The pair that stands in the view's fields."""
    return Example(typed.long("user") or "", typed.long("assistant") or "")


def clamped(page: int, examples: int) -> int:
    """The page, or the last one there is."""
    return max(0, min(page, (examples - 1) // PAGE))


def moved(examples: tuple[Example, ...], index: int, by: int) -> tuple[Example, ...]:
    """The pairs with one of them a place further up (-1) or down (+1)."""
    to = index + by
    if not (0 <= index < len(examples) and 0 <= to < len(examples)):
        return examples
    changed = list(examples)
    changed[index], changed[to] = changed[to], changed[index]
    return tuple(changed)


def without(examples: tuple[Example, ...], index: int) -> tuple[Example, ...]:
    """The pairs less one."""
    return tuple(each for place, each in enumerate(examples) if place != index)


def placed(examples: tuple[Example, ...], index: int, example: Example) -> tuple[Example, ...]:
    """The pairs with this one in its place; one without a place comes last."""
    if not 0 <= index < len(examples):
        return (*examples, example)
    return (*examples[:index], example, *examples[index + 1 :])


def _menu(index: int, count: int) -> Block:
    options = [option(texts.EDIT, f"edit.{index}")]
    if index > 0:
        options.append(option(texts.UP, f"up.{index}"))
    if index + 1 < count:
        options.append(option(texts.DOWN, f"down.{index}"))
    return overflow(ON_EXAMPLE, [*options, option(texts.REMOVE, f"remove.{index}")])


def _glimpse(index: int, example: Example) -> str:
    user, answer = (escaped(cut(_line(text), _GLIMPSE)) for text in (example.user, example.assistant))
    return f"*{index + 1}.* {user}\n\u2192 {answer}"


def _line(text: str) -> str:
    return " ".join(text.split())
