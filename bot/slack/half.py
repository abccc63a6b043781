"""Half an answer that an earlier attempt showed, and that stays: the model is not asked for the rest."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.chat.characters import is_visible
from bot.errors import SlackUnwilling
from bot.slack.blocks import Block
from bot.slack.edited import EditedPart
from bot.slack.fences import with_note
from bot.slack.history import markdown, replies_since, words
from bot.slack.takeover import left_behind
from bot.slack.writing import Writing


async def leave(writing: Writing, note: str, under: Sequence[Block]) -> str | None:
    """Let it stand under a note, no longer streaming: what it says, None where nothing stands.

    Empty, Slack does not hand it out. What it hands out of a stream is not the Markdown that made it: the
    note is added there, and no word written anew.
    """
    parts = await left_behind(writing)
    stands = await _handed_out(writing) if parts else None
    said = [words(stands.get(part.ts or "", {}), writing.us.user_id) for part in parts] if stands else []
    half = _without(note, "\n\n".join(each for each in said if each))
    if not parts or (stands is not None and not is_visible(half)):
        return None
    last, has_note = parts[-1], bool(said) and said[-1].endswith(_noted("", note))
    if exact := markdown((stands or {}).get(last.ts or "", {})):
        await last.settle(_noted(_without(note, exact), note), under)
    elif not await last.end_stream(with_note(half, note).removeprefix(half), under) and not has_note:
        await EditedPart(writing, len(parts)).settle(_noted("", note), under)
    return half


async def _handed_out(writing: Writing) -> Mapping[str, Mapping[str, Any]] | None:
    """What stands in the thread since the question, by ts; None where Slack refuses to say."""
    newest = max((question.ts for question in writing.turn.questions), default="0")
    try:
        found = await replies_since(writing.calls, writing.thread, newest)
    except SlackUnwilling as refused:
        if refused.passing:
            raise
        return None
    return {str(entry.get("ts")): entry for entry in found}


def _without(note: str, text: str) -> str:
    """An attempt that broke off at the end may have left the note there."""
    return text.rstrip().removesuffix(_noted("", note)).rstrip()


def _noted(text: str, note: str) -> str:
    return with_note(text, note).lstrip("\n")
