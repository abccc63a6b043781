"""Every setting of a channel as people meet it: its name, its hint, its range, how it is read and written.

The ranges of the sampling parameters are those of Azure OpenAI's chat completions.
"""

from dataclasses import fields

from bot.chat.control import Choice, Control, Kind
from bot.chat.setup import ChannelSettings, ContextMode, Effort, ReplyMode

MAX_STOPS = 4
"""Azure OpenAI: "up to 4 sequences"."""

CONTROLS: tuple[Control, ...] = (
    Control(
        "deployment",
        "Deployment",
        "The model that answers here, under the name that it was deployed with.",
        Kind.CHOICE,
        unset="the workspace's default",
    ),
    Control(
        "max_response",
        "Maximum response (tokens)",
        "How long one answer may get. Its prompt has the system message, the examples, the past messages and "
        "the question. A token is about four characters of English; what a reasoning model thinks counts.",
        Kind.WHOLE,
        low=1,
        high=1_000_000,
    ),
    Control(
        "temperature",
        "Temperature",
        "How random answers are. Lower makes them more repetitive and predictable, higher more unexpected "
        "and creative. Change this or top P, not both.",
        Kind.NUMBER,
        low=0,
        high=2,
    ),
    Control(
        "top_p",
        "Top P",
        "Randomness by another way. Lower leaves only the likelier tokens to choose from, higher the "
        "unlikely ones as well. Change this or temperature, not both.",
        Kind.NUMBER,
        low=0,
        high=1,
    ),
    Control(
        "frequency_penalty",
        "Frequency penalty",
        "Above 0, a token gets less likely with each time it has come: fewer phrases said twice.",
        Kind.NUMBER,
        low=-2,
        high=2,
    ),
    Control(
        "presence_penalty",
        "Presence penalty",
        "Above 0, a token that has come at all gets less likely: a readier turn to something new.",
        Kind.NUMBER,
        low=-2,
        high=2,
    ),
    Control(
        "stop",
        "Stop sequences",
        "One a line, at most four. The answer ends before the first of them and does not contain it. "
        "On ChatML, <|im_end|> is there already, so that the model does not go on with a question of its "
        "own, and counts as one. Write \\n for a new line.",
        Kind.LINES,
        high=MAX_STOPS,
        longest=200,
        unset="none",
    ),
    Control(
        "past_messages",
        "Past messages included",
        "How many earlier messages of the thread go along with a new question, so that it is understood. "
        "10 are five questions and five answers; with 0, each question stands alone.",
        Kind.WHOLE,
        low=0,
        high=1_000,
    ),
    Control(
        "effort",
        "Reasoning effort",
        "How long a reasoning model thinks before it answers. Other models have none.",
        Kind.CHOICE,
        choices=tuple(Choice(each, each.value) for each in Effort),
        unset="the model's own",
    ),
    Control(
        "context_mode",
        "Context",
        "Exactly the last messages, or between about half as many and all of them: then a prompt's beginning "
        "repeats itself, and Azure bills what it has in its cache for less.",
        Kind.CHOICE,
        choices=(
            Choice(ContextMode.EXACT, "exactly the past messages"),
            Choice(ContextMode.ECONOMICAL, "economical: about half of them, up to all"),
        ),
    ),
    Control(
        "turn_cap",
        "Turns in a thread",
        "After so many answers a thread comes to a friendly end. Empty: no limit.",
        Kind.WHOLE,
        low=1,
        high=1_000,
        unset="no limit",
    ),
    Control(
        "reply_mode",
        "Answers",
        "Whom Confab answers in this channel. Directly, everybody always gets an answer.",
        Kind.CHOICE,
        choices=(
            Choice(ReplyMode.OFF, "nobody"),
            Choice(ReplyMode.MENTIONS, "mentions only"),
            Choice(ReplyMode.ASKERS, "those who asked in the thread"),
            Choice(ReplyMode.THREAD, "everyone in the thread"),
            Choice(ReplyMode.EVERY, "every message"),
        ),
    ),
    Control(
        "daily_tokens",
        "Tokens a day",
        "What this channel may use on one day (UTC), prompts and answers together. Empty: no limit.",
        Kind.WHOLE,
        low=1,
        high=1_000_000_000,
        unset="no limit",
    ),
    Control(
        "announces",
        "Announcements",
        "Whether the channel is told when somebody switches the persona.",
        Kind.CHOICE,
        choices=(
            Choice(value=True, label="say when the persona changes"),
            Choice(value=False, label="stay quiet"),
        ),
    ),
)
"""In the order in which people see them; one for each field of `ChannelSettings`."""

BY_KEY = {each.key: each for each in CONTROLS}

assert set(BY_KEY) == {each.name for each in fields(ChannelSettings)}


def advice(settings: ChannelSettings) -> str | None:
    """What the playground advises where temperature and top P are both away from their defaults."""
    usual = ChannelSettings()
    if settings.temperature == usual.temperature or settings.top_p == usual.top_p:
        return None
    return (
        "Temperature and top P are both changed. They steer the same thing by two ways: "
        "try one of them, and leave the other as it was."
    )
