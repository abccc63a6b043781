"""From a setup and a conversation to what a model is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.chatml import open_tokens, utterance_tokens
from bot.chat.deployments import Deployment
from bot.chat.messages import Message, Past, Role, Utterance
from bot.chat.neutral import neutralise
from bot.chat.ports import TokenCounter
from bot.chat.sent import Included
from bot.chat.setup import Persona, Setup
from bot.chat.window import Room, Window, fit, included

PAST_MESSAGES = "past messages"
BUDGET = "token budget"
"""Why a message is left out: the channel's setting, or the deployment's context."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What goes to the model: neutralised, within the budget. `counted` has what was counted just now."""

    utterances: tuple[Utterance, ...]
    tokens: int
    counted: dict[int, int]
    included: Included


def compose(
    setup: Setup,
    past: Past,
    questions: Sequence[Message],
    deployment: Deployment,
    count: TokenCounter,
) -> Prompt:
    """System message, few-shot examples, then the past, then the questions, within the deployment's context.

    Of the past as many messages as the settings say. The system message and the examples never give way.
    Raises what `window.fit` raises.
    """
    frame = _frame(setup.persona)
    fixed = open_tokens(count, deployment.encoding) + sum(
        utterance_tokens(utterance, count, deployment.encoding) for utterance in frame
    )
    keep = included(past.total, setup.settings.past_messages, setup.settings.context_mode)
    remembered = past.messages[len(past.messages) - keep :]
    sizes, counted = _sizes((*remembered, *questions), deployment.encoding, count)
    room = Room(deployment.context, fixed, setup.settings.max_response)
    window = fit(remembered, questions, sizes, room)
    by_budget = len(remembered) + len(questions) - len(window.past) - len(window.questions)
    contents = _included(setup.version, window, past.total - keep, by_budget)
    return Prompt((*frame, *_said(window)), window.tokens, counted, contents)


def _included(version: int, window: Window, by_setting: int, by_budget: int) -> Included:
    """What the window holds, and why the rest is not in it."""
    reasons = [why for why, left_out in ((PAST_MESSAGES, by_setting), (BUDGET, by_budget)) if left_out]
    messages = (*window.past, *window.questions)
    return Included(
        setup_version=version,
        messages=tuple(message.id for message in messages),
        left_out=by_setting + by_budget,
        why_left_out=", ".join(reasons),
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


def _said(window: Window) -> tuple[Utterance, ...]:
    return tuple(neutral(message.utterance) for message in (*window.past, *window.questions))


def neutral(utterance: Utterance) -> Utterance:
    """The utterance with nothing in it that could open or close a ChatML turn."""
    return Utterance(utterance.role, neutralise(utterance.text))


def _sizes(
    messages: Sequence[Message], encoding: str, count: TokenCounter
) -> tuple[dict[int, int], dict[int, int]]:
    """Every message's tokens by id, and those of them that had not been counted in this encoding."""
    sizes: dict[int, int] = {}
    counted: dict[int, int] = {}
    for message in messages:
        if message.tokens is not None and message.encoding == encoding:
            sizes[message.id] = message.tokens
        else:
            counted[message.id] = utterance_tokens(neutral(message.utterance), count, encoding)
    return sizes | counted, counted
