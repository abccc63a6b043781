"""Threads, messages and answers of a size that hardly anybody writes."""

import json
import time
from collections.abc import Sequence
from pathlib import Path

from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import Shown
from tests.faults.stage import Question, Stage
from tests.faults.verdict import Verdict

WATCHED = ("-m", "tests.faults.watched")
LONGEST_BLOCK = 0.05

PAST_TURNS = """
INSERT INTO turn (team_id, conversation_id, state, attempts, handed_over, created_at, closed_at, outcome)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
SELECT c.team_id, c.id, 'answered', 1, 0, 1, 1, 'stop' FROM conversation c, n WHERE c.root_ts = '{root}'
"""
PAST_MESSAGES = """
INSERT INTO message
  (team_id, channel_id, conversation_id, turn_id, role, author_id, ts, text, edited_ts, deleted)
SELECT t.team_id, c.channel_id, c.id, t.id, '{role}', '{author}', '1000.' || (100000 + t.id), 'said long ago',
       '', {no}
FROM turn t JOIN conversation c ON c.id = t.conversation_id
WHERE c.root_ts = '{root}' AND t.created_at = 1
"""


async def large(stage: Stage, seed: int, past: int = 10_000) -> Verdict:
    """A long past, a long message, long answers with emoji and with one long fence; the loop is watched."""
    stage.calm(seed)
    seen = await _watched(stage)
    root = stage.ask()
    await stage.answered([root])
    started = await looked_again(stage, seen)
    await _give_a_past(stage, root, past)
    since = time.monotonic()
    after = stage.ask(under=root)
    paragraphs = [f"Paragraph {number} has words and a 👩🏽‍🚀 in it, and ends." for number in range(550)]
    long_text = "\n\n".join(paragraphs)
    long_answer = stage.ask(Answer(chunks=tuple(f"{each}\n\n" for each in paragraphs)), answer=long_text)
    long_message = stage.ask(text="many words " * 3_600)
    verdict = await stage.verdict([root, after, long_message], since, within=60, calls=1)
    await stage.until(
        lambda: "\n\n".join(each.text for each in stage.shown(long_answer)) == long_answer.answer
    )
    code = [f"print({number}, 'of a program that is longer than a message')" for number in range(240)]
    program = tuple(f"{line}\n" for line in ("```python", *code, "```"))
    fenced = stage.ask(Answer(chunks=program), answer="".join(program))
    await stage.until(lambda: _unfenced(stage.shown(fenced)) == code)
    errors = {call.error for call in stage.slack.calls.of() if call.error} & {
        "msg_too_long",
        "invalid_blocks",
    }
    ended = await looked_again(stage, seen)
    blocked = max(line["blocked"] for line in lines(seen)[started:ended])
    slow = f"the loop was blocked for {blocked:.3f} s" if blocked > LONGEST_BLOCK else ""
    return verdict.but(*errors, slow=slow, measured={"blocked": blocked})


def _unfenced(parts: Sequence[Shown]) -> list[str]:
    """The lines of a program whose parts stand each in a fence of its own."""
    found: list[str] = []
    for part in parts:
        first, *lines, last = part.text.strip().split("\n")
        found += lines if first.startswith("```") and last == "```" else [part.text]
    return found


async def _watched(stage: Stage, **settings: str) -> Path:
    """Instead of the bot that is there, one whose loop is watched; the file of what is seen."""
    await stage.end()
    seen = stage.log_folder / "watched.jsonl"
    await stage.start(settings | {"FAULTS_WATCH": str(seen)}, program=WATCHED)
    return seen


def lines(seen: Path) -> list[dict[str, float]]:
    """What was seen so far."""
    whole = seen.read_text().rpartition("\n")[0]  # the last line may be half written yet
    return [json.loads(line) for line in whole.splitlines()]


async def looked_again(stage: Stage, seen: Path) -> int:
    """How many lines there are once one more was written, which tells of all up to now."""
    there = len(lines(seen))
    await stage.until(lambda: len(lines(seen)) > there)
    return there + 1


async def _give_a_past(stage: Stage, root: Question, messages: int) -> None:
    """Half of the messages are questions, half are answers."""
    no = "0" if stage.books.backend == "sqlite" else "false"
    people = {"user": stage.slack.ada.id, "assistant": stage.slack.confab.id}
    await stage.books.execute(PAST_TURNS.format(count=messages // 2, root=root.root_ts))
    for role, author in people.items():
        await stage.books.execute(PAST_MESSAGES.format(role=role, author=author, root=root.root_ts, no=no))
