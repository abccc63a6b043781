"""A walk through what people do in channels and threads, and with what Confab shows them there."""

from bot.chat.muting import MUTES
from bot.playground.model import refusal
from bot.playground.model.scripted.answer import Answer, Ending
from bot.playground.workspace import Message
from bot.slack.answer_row import clear_view, code_view
from bot.slack.answer_row.more import MORE
from bot.slack.answer_row.row import BAD, FEEDBACK, GO_ON, LARGER, ROW, TRY_AGAIN, Choice
from bot.slack.answer_row.versions import PAGE
from bot.slack.example import view as example
from bot.slack.feedback.view import WORD
from bot.slack.greeting.deeds import POST as GREET
from bot.slack.settings_modal.modal import OPEN
from bot.slack.summarising.listeners import SUMMARISE
from bot.slack.summarising.view import POST
from bot.slack.trying.room import PUBLISH
from tests.hostile.hands import Hands
from tests.scenarios.answer_row import answered, has_row, last_answer
from tests.scenarios.scene import Scene
from tests.scenarios.test_changed_question import offered

CUT = Answer("There are two models. The first", ends=Ending.LENGTH)
EMPTY = Answer("", ends=Ending.LENGTH, reasoning_tokens=800)
BUSY = refusal.rate_limited(retry_after=86_400)


async def through_the_threads(scene: Scene) -> None:
    """Everything that is said, and everything that is pressed under it."""
    await _spoken(scene)
    await _joined(scene)
    answer = await answered(scene, scene.ask("@Confab hello"))
    await _looked_at(scene, answer)
    await _rated(scene, answer)
    await _exemplified(scene, answer)
    await _summarised(scene, answer)
    await _regenerated(scene)
    await _changed(scene)
    await _ends_otherwise(scene)
    await _tried(scene)
    await _told_of_settings(scene)
    await _session(scene)
    await _by_shortcut(scene)


async def _spoken(scene: Scene) -> None:
    """In every kind of conversation, edited, deleted, with a file, in both places, and by another bot."""
    slack = scene.slack
    slack.edit(scene.ask("@Confab well"), "@Confab well, well")
    slack.delete(scene.ask("@Confab never mind"))
    group = slack.team.direct(slack.ada, slack.grace, slack.confab)
    for place in (slack.launch, slack.direct(slack.ada), group):
        root = slack.post(slack.ada, place, "@Confab In private")
        slack.edit(root, "@Confab In private, please")
        slack.delete(slack.post(slack.ada, place, "never mind", thread_ts=root.ts))
    file = slack.upload(slack.ada, "notes.txt", b"Milk.")
    root = slack.post(slack.ada, slack.general, "@Confab look", files=[file])
    slack.post(slack.grace, slack.general, "all of you", thread_ts=root.ts, broadcast=True)
    slack.post(slack.weather, slack.general, "Rain", thread_ts=root.ts)
    for tab in ("home", "messages"):
        slack.open_home(slack.ada, tab)
    await scene.settled()


async def _joined(scene: Scene) -> None:
    """Confab is invited where it was missed; who invited it is greeted."""
    slack, place = scene.slack, scene.slack.random
    walker = Hands.new(scene)
    slack.join(walker.person, place)
    slack.post(walker.person, place, "@Confab are you here?")
    slack.invite(walker.person, place)
    await walker.touch(await walker.hears_aside(place.id, GREET))


async def _looked_at(scene: Scene, answer: Message) -> None:
    """What the menu of the row opens, with every button in it."""
    for choice in (Choice.CODE, Choice.MORE, Choice.CLEAR):
        walker = await _chosen(scene, answer, choice)
        await walker.touch(walker.top)
    walker = await _chosen(scene, answer, Choice.CLEAR)
    scene.slack.submit(walker.person, walker.top, {clear_view.HOW: "keep"})
    await scene.settled()


async def _chosen(scene: Scene, answer: Message, choice: Choice) -> Hands:
    walker = Hands.new(scene)
    scene.slack.press(walker.person, answer, ROW, choice.value)
    shown = {Choice.CODE: code_view.TAB, Choice.MORE: MORE, Choice.CLEAR: clear_view.CALLBACK}
    await walker.shows(shown[choice])
    return walker


async def _rated(scene: Scene, answer: Message) -> None:
    walker = Hands.new(scene)
    scene.slack.press(walker.person, answer, FEEDBACK, BAD)
    await walker.shows(f"'{WORD}'")
    scene.slack.submit(walker.person, walker.top, {WORD: "Too short."})
    await scene.settled()


async def _exemplified(scene: Scene, answer: Message) -> None:
    walker = Hands.new(scene)
    scene.slack.shortcut(walker.person, example.SHORTCUT, answer)
    await walker.shows(f"'{example.USER}'")
    scene.slack.submit(walker.person, walker.top, {example.USER: "where to?", example.ASSISTANT: "Uphill."})
    await walker.shows(example.SETTINGS)
    await walker.touch(walker.top)


async def _summarised(scene: Scene, answer: Message) -> None:
    walker = Hands.new(scene)
    scene.slack.shortcut(walker.person, SUMMARISE, answer)
    await walker.shows(POST)
    await walker.touch(walker.top)


async def _regenerated(scene: Scene) -> None:
    """Twice, so that its earlier versions have pages; then everything under it."""
    root = scene.ask("@Confab once more")
    for text in ("Second.", "Third."):
        answer = await answered(scene, root)
        scene.azure.replies["once more"] = text
        scene.slack.press(scene.slack.ada, answer, "answer.again")
        await scene.until(lambda: scene.answers(root) == [text])  # noqa: B023 - waited for at once
    walker = await _chosen(scene, await answered(scene, root), Choice.MORE)
    scene.slack.press(walker.person, walker.top, f"{MORE}versions")
    await walker.shows(f"{PAGE}earlier")
    scene.slack.press(walker.person, walker.top, f"{PAGE}earlier")
    await walker.touch(await walker.shows(f"{PAGE}later"))
    await Hands.new(scene).touch(last_answer(scene, root))


async def _changed(scene: Scene) -> None:
    root = scene.ask("@Confab which is blue?")
    await answered(scene, root)
    await scene.settled()
    scene.slack.edit(root, "@Confab which is green?")
    await Hands(scene, scene.slack.ada).touch(await offered(scene, root))


async def _ends_otherwise(scene: Scene) -> None:
    """Answers that are cut, empty or refused have buttons of their own."""
    for question, reply, ours in (("cut", CUT, GO_ON), ("empty", EMPTY, LARGER), ("busy", BUSY, TRY_AGAIN)):
        scene.azure.replies[question] = reply
        root = scene.ask(f"@Confab {question}")
        await scene.answered(root)
        await scene.until(lambda: has_row(last_answer(scene, root)))  # noqa: B023 - waited for at once
        shown = last_answer(scene, root)
        assert ours in str(shown.blocks)
        await Hands.new(scene).touch(shown)


async def _tried(scene: Scene) -> None:
    slack, walker = scene.slack, Hands.new(scene)
    walker.command("/confab try")
    direct = slack.direct(walker.person)
    await scene.until(lambda: any(PUBLISH in str(each.blocks) for each in _all(scene, direct.id)))
    await walker.touch(_all(scene, direct.id)[-1])


def _all(scene: Scene, channel_id: str) -> tuple[Message, ...]:
    return tuple(scene.slack.record.history.channel(channel_id))


async def _told_of_settings(scene: Scene) -> None:
    walker = Hands.new(scene)
    root = scene.slack.post(walker.person, scene.slack.general, "hello everybody")
    scene.slack.post(walker.person, root.channel, "@Confab settings", thread_ts=root.ts)
    await walker.touch(await walker.hears_aside(root.channel, OPEN))


async def _session(scene: Scene) -> None:
    """One that is renamed, stopped and muted."""
    slack = scene.slack
    root = scene.ask("@Confab a long session")
    answer = await answered(scene, root)
    slack.rename_session(slack.ada, root.channel, root.ts, "Our session")
    slack.stop(slack.ada, root.channel, root.ts)
    for remove in (False, True):
        slack.react(slack.ada, answer, min(MUTES), remove=remove)
    await scene.settled()


async def _by_shortcut(scene: Scene) -> None:
    """All of them on one answer; the one that takes it back is the last."""
    answer = await answered(scene, scene.ask("@Confab in short"))
    names = [each["callback_id"] for each in scene.slack.app.shortcuts]
    for name in sorted(names, key=lambda each: each.endswith("not_for_you")):
        scene.slack.shortcut(Hands.new(scene).person, name, answer)
        await scene.settled()
