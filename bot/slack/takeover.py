"""What an earlier attempt at a turn left in the thread becomes this attempt's to write on."""

from collections.abc import Sequence

from bot.errors import SlackUnwilling
from bot.slack.edited import EditedPart
from bot.slack.writing import Writing

LATER = (3.0, 7.0)
"""Seconds before each further look for what Slack carries out when nobody waits for it any more."""


async def take_over(writing: Writing) -> list[EditedPart]:
    """The messages that stand there already, oldest first, no longer streaming; none at a first attempt."""
    parts = await left_behind(writing)
    if parts and writing.turn.resumed:
        await parts[-1].end_stream()
    return parts


async def left_behind(writing: Writing) -> list[EditedPart]:
    """The same, with the last of them perhaps streaming still.

    A message whose ts was never stored (the process died right after Slack took it) is looked for, too.
    """
    turn = writing.turn
    if not turn.reply_ts and not turn.resumed:
        return []
    writing.known.update(turn.reply_ts)
    orphans = await writing.lost() if turn.resumed else ()
    for ts in orphans:
        await writing.named(ts)
    # What was known when the turn was reopened stood there: it is gone only because people deleted it.
    adopted = turn.resumed
    parts = [
        EditedPart(writing, number, ts=ts, adopted=adopted) for number, ts in enumerate(sorted(writing.known))
    ]
    # Of those that were known each stream ended before the next one started.
    for part in parts[:-1]:
        if part.ts in orphans:
            await part.end_stream()
    return parts


async def take_back(writing: Writing) -> None:
    """Delete all of it: nothing is answered any more.

    Raises:
        SlackUnwilling: something stands there yet; the rest was deleted all the same.
    """
    await _remove(await take_over(writing))
    await writing.rest()
    # In a thread that has ended nobody is kept waiting by a look at what Slack carried out late.
    for pause in LATER if writing.turn.ended else ():
        await writing.calls.governor.sleep(pause)
        await _remove_lost(writing)


async def sweep(writing: Writing) -> None:
    """Delete what was under way when nobody could wait for it any longer and Slack carried out afterwards.

    It may be an earlier attempt's, which died, or this one's, where no message was to be found in time.
    """
    if not (writing.turn.resumed or writing.lost_sight):
        return
    try:
        await _remove_lost(writing)
    except SlackUnwilling:
        return  # the answer stands; a stray beginning of it is not worth another attempt


async def _remove_lost(writing: Writing) -> None:
    lost = [EditedPart(writing, 0, ts=ts) for ts in await writing.lost()]
    for part in lost:
        await part.end_stream()
    await _remove(lost)


async def _remove(parts: Sequence[EditedPart]) -> None:
    """Each, whatever became of the one before; of several refusals the one that may pass is raised."""
    refusals = []
    for part in parts:
        try:
            await part.remove()
        except SlackUnwilling as refused:
            refusals.append(refused)
    if refusals:
        raise max(refusals, key=lambda refused: refused.passing)
