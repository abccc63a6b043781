"""How often a turn calls Slack, with warm names: every method counts, but for the progress of what grows."""

import asyncio
import time
from collections.abc import Mapping

import pytest

from bot.database.access import Database
from bot.database.queue_depth import queue_depth
from bot.playground.model.scripted.answer import BEFORE_HEADERS, Answer
from bot.playground.workspace import Message
from bot.slack import session, thinking
from tests.scenarios.scene import PATIENCE, Scene

MENTION, FOLLOW_UP = 4, 3
UNSTREAMED = 4
"""Of a follow-up too, where messages are edited: the status, the post, the last edit, the status."""

LONG = (
    """\
A table:

| console | price |
|---|---|
| Series X | 499 |
| Series S | 299 |

1. It is **fast**, see [the page](https://example.com/x).
2. It is quiet.

```python
print("one and two and three and four and five and six and seven")
```
"""
    + "And that is the whole of it. " * 12
)

REFUSED: Mapping[str, Mapping[str, str]] = {
    "with both": {},
    "without sessions": {session.METHOD: "not_authorized"},
    "without streams": {"chat.startStream": "unknown_method"},
    "without either": {session.METHOD: "not_authorized", "chat.startStream": "unknown_method"},
}


def counted(scene: Scene) -> list[str]:
    """The methods called, without the progress: appends, and every edit of an answer but the last."""
    made = [call.method for call in scene.slack.calls.of() if call.method != "chat.appendStream"]
    edits = made.count("chat.update")
    return [method for method in made if method != "chat.update"] + ["chat.update"] * min(edits, 1)


async def closed(scene: Scene, root: Message, answers: int) -> None:
    """Wait until that many answers stand under it and no turn is open: then nothing of them calls Slack."""
    await scene.answered(root, answers)
    await scene.settled()
    database = Database(scene.environ["DATABASE_URL"])
    try:
        async with asyncio.timeout(PATIENCE):
            while (await queue_depth(database, scene.slack.team.id, time.time)).running:  # noqa: ASYNC110 - no event comes
                await asyncio.sleep(0.02)
    finally:
        await database.close()


async def turn(scene: Scene, text: str, under: Message | None = None) -> tuple[Message, list[str]]:
    """A turn whose answer is waited for and then grows: what it stands under, and what it called."""
    scene.slack.calls.clear()
    scene.azure.answers.append(Answer(LONG, stuck_after=BEFORE_HEADERS, delay=0.01))
    already = len(scene.azure.requests)
    asked = scene.ask(text, under=under)
    await scene.azure.until(lambda azure: len(azure.requests) > already)
    lines = (session.METHOD, thinking.METHOD)
    await scene.until(lambda: any(scene.slack.calls.count(method) for method in lines))
    scene.azure.release()
    root = under or asked
    await closed(scene, root, 1 if under is None else 2)
    return root, counted(scene)


@pytest.fixture(params=list(REFUSED))
def refused(small_scene: Scene, request: pytest.FixtureRequest) -> Mapping[str, str]:
    """What this workspace refuses; the first turn finds out, and the next ones know."""
    found = REFUSED[request.param]
    for method, error in found.items():
        small_scene.slack.faults.refuse(method, error)
    return found


async def at_work(scene: Scene) -> None:
    """Let a first turn learn what is refused, and what people are called."""
    await closed(scene, scene.ask("@Confab hello"), 1)


async def test_a_mention_costs_four_calls_and_a_follow_up_three(
    small_scene: Scene, refused: Mapping[str, str]
) -> None:
    scene = small_scene
    async with scene.confab():
        await at_work(scene)
        root, mention = await turn(scene, "@Confab which one?")
        _, follow_up = await turn(scene, "and which is quieter?", root)
    assert len(mention) <= MENTION, mention
    assert len(follow_up) <= (UNSTREAMED if "chat.startStream" in refused else FOLLOW_UP), follow_up


async def test_a_thread_that_is_not_ours_costs_no_call(
    small_scene: Scene, refused: Mapping[str, str]
) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        await at_work(scene)
        slack.calls.clear()
        root = scene.ask("does anybody know?")
        slack.post(slack.grace, root.channel, "no idea", thread_ts=root.ts)
        slack.post(slack.weather, root.channel, "<@" + slack.confab.id + "> rain", encoded=True)
        said = slack.post(slack.ada, root.channel, "@Grace what does @Confab say?", thread_ts=root.ts)
        slack.edit(said, "@Grace what did @Confab say?")
        slack.react(slack.grace, said, "mute")
        slack.delete(said)
        await scene.settled()
    assert slack.calls.of() == (), refused
