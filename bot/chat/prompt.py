"""From a setup and a conversation to what a model is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.chat.chatml import open_tokens, utterance_tokens
from bot.chat.continuing import begun_tokens
from bot.chat.deployments import Deployment
from bot.chat.messages import Message, Past, Role, Utterance
from bot.chat.neutral import neutralise
from bot.chat.passed_over import NOBODY, PassedOver
from bot.chat.ports import TokenCounter
from bot.chat.sent import Included
from bot.chat.setup import Persona, Setup
from bot.chat.shared_files import Picture
from bot.chat.voices import ONE, Voices, spoken
from bot.chat.window import Room, Window, fit, included
from bot.errors import AnswerTooLong, QuestionTooLong, SetupTooLong

PAST_MESSAGES = "past messages"
BUDGET = "token budget"
"""Why a message is left out: the channel's setting, or the deployment's context."""

NONE: Mapping[int, tuple[Picture, ...]] = MappingProxyType({})
"""No pictures."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What goes to the model: neutralised, within the budget. `counted` has what was counted just now.

    `begun` is the answer that is to go on, if one is; `passed_over` are the questions without room.
    """

    utterances: tuple[Utterance, ...]
    tokens: int
    counted: dict[int, int]
    included: Included
    begun: str = ""
    passed_over: PassedOver = NOBODY


def compose(
    setup: Setup,
    past: Past,
    questions: Sequence[Message],
    deployment: Deployment,
    count: TokenCounter,
    *,
    who: Voices = ONE,
    pictures: Mapping[int, tuple[Picture, ...]] = NONE,
    begun: str = "",
    without: PassedOver = NOBODY,
) -> Prompt:
    """System message, few-shot examples, then the past, then the questions, within the deployment's context.

    Of the past as many messages as the settings say, said by `who`. The system message and the examples never
    give way. `pictures` go with the messages of these numbers. `begun` is the answer that is to go on, and
    `without` what it was begun without.
    Raises what `window.fit` raises, or `AnswerTooLong` where such an answer leaves no room for more.
    """
    frame, open_answer = _frame(setup.persona), neutralise(begun)
    fixed = open_tokens(count, deployment.encoding) + begun_tokens(open_answer, deployment, count)
    fixed += sum(utterance_tokens(utterance, count, deployment.encoding) for utterance in frame)
    remembered = remembered_of(setup, past)
    asked = [question for question in questions if question.ts not in without]
    sizes, counted = _sizes((*remembered, *asked), deployment.encoding, count, who)
    sizes |= {id_: sizes[id_] + sum(map(picture_tokens, pictures.get(id_, ()))) for id_ in sizes}
    room = Room(deployment.context, fixed, setup.settings.max_response)
    window = _window(remembered, asked, sizes, room, goes_on=bool(begun))
    by_budget = len(remembered) + len(questions) - len(window.past) - len(window.questions)
    contents = _included(setup.version, window, past.total - len(remembered), by_budget, who)
    contents = replace(contents, so_far=len(begun))
    said = (*frame, *_said(window, who, pictures))
    over = without if begun else window.passed_over
    return Prompt(said, window.tokens, counted, contents, open_answer, over)


def remembered_of(setup: Setup, past: Past) -> tuple[Message, ...]:
    """As many messages of the past as the settings let into a request, before the budget has its say."""
    keep = included(past.total, setup.settings.past_messages, setup.settings.context_mode)
    return past.messages[len(past.messages) - keep :]


def _window(
    remembered: Sequence[Message],
    asked: Sequence[Message],
    sizes: dict[int, int],
    room: Room,
    *,
    goes_on: bool,
) -> Window:
    # What was passed over when it was asked must not keep from the model all that was said before it.
    past = [message for message in remembered if sizes[message.id] <= room.left]
    try:
        window = fit(past, asked, sizes, room)
    except (QuestionTooLong, SetupTooLong):
        if goes_on:
            raise AnswerTooLong from None
        raise
    if goes_on and window.passed_over.too_long:
        raise AnswerTooLong
    return window


def _included(version: int, window: Window, by_setting: int, by_budget: int, who: Voices) -> Included:
    """What the window holds, and why the rest is not in it."""
    reasons = [why for why, left_out in ((PAST_MESSAGES, by_setting), (BUDGET, by_budget)) if left_out]
    messages = (*window.past, *window.questions)
    return Included(
        setup_version=version,
        messages=tuple(message.id for message in messages),
        left_out=by_setting + by_budget,
        why_left_out=", ".join(reasons),
        voices=who,
        at=tuple(message.ts for message in messages),
    )


def _frame(persona: Persona) -> tuple[Utterance, ...]:
    """What stands before every conversation. The seed: the prompt begins with a system message."""
    said: list[Utterance] = []
    if persona.system_message.strip():
        said.append(Utterance(Role.SYSTEM, persona.system_message))
    for example in persona.examples:
        said += (Utterance(Role.USER, example.user), Utterance(Role.ASSISTANT, example.assistant))
    return tuple(neutral(utterance) for utterance in said)


def _said(window: Window, who: Voices, pictures: Mapping[int, tuple[Picture, ...]]) -> tuple[Utterance, ...]:
    said = ((spoken(each, who), pictures.get(each.id, ())) for each in (*window.past, *window.questions))
    return tuple(replace(utterance, pictures=seen) if seen else utterance for utterance, seen in said)


def picture_tokens(picture: Picture) -> int:
    """What a picture takes of the context. Azure: 85 tokens, and 170 for each tile of 512 by 512 pixels."""
    return 85 + 170 * (-(-picture.width // 512)) * (-(-picture.height // 512))


def neutral(utterance: Utterance) -> Utterance:
    """The utterance with nothing in it that could open or close a ChatML turn."""
    return Utterance(utterance.role, neutralise(utterance.text))


def _sizes(
    messages: Sequence[Message], encoding: str, count: TokenCounter, who: Voices
) -> tuple[dict[int, int], dict[int, int]]:
    """Every message's tokens by id, and those of them that had not been counted in this encoding.

    What is kept is the size of a message by itself: names may be others the next time.
    """
    if who.names:
        return {each.id: utterance_tokens(spoken(each, who), count, encoding) for each in messages}, {}
    sizes: dict[int, int] = {}
    counted: dict[int, int] = {}
    for message in messages:
        if message.tokens is not None and message.encoding == encoding:
            sizes[message.id] = message.tokens
        else:
            counted[message.id] = utterance_tokens(spoken(message, ONE), count, encoding)
    return sizes | counted, counted
