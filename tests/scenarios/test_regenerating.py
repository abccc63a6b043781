"""Another answer in the place of the latest one, by the front door."""

from bot.chat.setup import ChannelSettings, Setup
from bot.playground.model import refusal
from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import Message
from bot.slack.answer_row import texts
from bot.slack.answer_row.more import MORE
from bot.slack.answer_row.row import AGAIN, Choice
from bot.slack.answer_row.versions import PAGE
from tests.faults.books import Books
from tests.scenarios.answer_row import answered, choose, last_answer
from tests.scenarios.scene import Scene

BROKE_EVERY_ATTEMPT = "UPDATE turn SET attempts = handed_over + 3 WHERE state = 'running'"
LONG = "\n\n".join(f"Paragraph {n} of a long answer, with words enough for a line." for n in range(200))


async def whispered(scene: Scene, root: Message, words: str) -> None:
    """Wait until somebody is told that, and nobody else."""
    await scene.until(lambda: any(each.ephemeral for each in scene.thread(root)))
    assert words in [each.text for each in scene.thread(root) if each.ephemeral][-1]


async def replaced(scene: Scene, root: Message, text: str) -> None:
    """Wait until that is the only answer in the thread."""
    await scene.until(lambda: scene.answers(root) == [text])


def dialogue(scene: Scene) -> list[str]:
    return [turn.text for turn in scene.azure.requests[-1].dialogue]


async def test_the_latest_answer_is_replaced_in_place_and_the_earlier_one_is_kept(scene: Scene) -> None:
    scene.azure.answers += ["First.", "Second.", "Third."]
    async with scene.confab() as confab:
        root = scene.ask("@Confab one")
        answer = await answered(scene, root)
        scene.slack.press("ada", answer, AGAIN)
        await scene.until(lambda: scene.answers(root) == ["Second."])
        assert dialogue(scene) == ["one"]
        assert last_answer(scene, root).ts == answer.ts
        await scene.settled()
        scene.ask("two", under=root)
        await scene.answered(root, 2)
        assert dialogue(scene) == ["one", "Second.", "two"]
        found = await confab.trade.regenerating.again.replaceable(
            scene.slack.team.id, answer.channel, answer.ts
        )
        assert found is not None
        (earlier,) = await confab.trade.regenerating.again.earlier(found.turn_id)
    assert (earlier.number, earlier.text, earlier.replaced_by) == (1, "First.", scene.slack.ada.id)


async def test_under_an_older_answer_the_button_says_what_it_is_about(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += ["First.", "Second."]
    async with scene.confab():
        root = scene.ask("@Confab one")
        older = await answered(scene, root)
        scene.ask("two", under=root)
        await answered(scene, root, 2)
        scene.slack.press("ada", older, AGAIN)
        await whispered(scene, root, "only its latest answer")
        assert scene.answers(root) == ["First.", "Second."]


async def test_who_neither_asked_nor_may_configure_gets_no_other_answer(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    slack.join(slack.add_person("Gus", is_guest=True), slack.general)
    async with scene.confab():
        root = scene.ask("@Confab one")
        answer = await answered(scene, root)
        slack.press("gus", answer, AGAIN)
        await whispered(scene, root, texts.NOT_YOURS_TO_REPLACE)
        assert len(scene.azure.requests) == 1


async def test_where_no_other_answer_comes_the_earlier_one_stays(scene: Scene) -> None:
    scene.azure.answers += ["First.", refusal.filtered_prompt("violence")]
    async with scene.confab():
        root = scene.ask("@Confab one")
        answer = await answered(scene, root)
        scene.slack.press("ada", answer, AGAIN)
        await whispered(scene, root, "I kept the answer that stands there.")
        assert scene.answers(root) == ["First."]


async def test_a_thread_that_is_full_by_then_keeps_the_answer_that_stands_there(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab() as confab:
        root = scene.ask("@Confab one")
        await answered(scene, root)
        scene.ask("two", under=root)
        answer = await answered(scene, root, 2)
        full = Setup(settings=ChannelSettings(turn_cap=1))
        await confab.setups.publish(slack.team.id, slack.general.id, full, slack.ada.id)
        scene.slack.press("ada", answer, AGAIN)
        await whispered(scene, root, "I kept the answer that stands there. This conversation has had")
        assert last_answer(scene, root).text == answer.text
    assert len(scene.azure.requests) == 2


async def test_a_shorter_answer_takes_the_surplus_messages_away_and_is_still_remembered(scene: Scene) -> None:
    scene.azure.answers += [Answer(LONG), "Short.", "Fine."]
    async with scene.confab():
        root = scene.ask("@Confab one")
        await answered(scene, root)
        assert len(scene.answers(root)) > 1
        scene.slack.press("ada", last_answer(scene, root), AGAIN)
        await scene.until(lambda: scene.answers(root) == ["Short."])
        await scene.settled()
        scene.ask("two", under=root)
        await scene.answered(root, 2)
    assert dialogue(scene) == ["one", "Short.", "two"]


async def test_earlier_versions_are_read_in_a_modal_page_by_page(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += ["First.", "Second.", "Third."]
    async with scene.confab():
        root = scene.ask("@Confab one")
        answer = await answered(scene, root)
        for text in ("Second.", "Third."):
            scene.slack.press("ada", scene.slack.current(answer), AGAIN)
            await replaced(scene, root, text)
            await answered(scene, root)
        view = await choose(scene, Choice.MORE, last_answer(scene, root), "grace")
        scene.slack.press("grace", view, f"{MORE}versions")
        await scene.until(lambda: "Version 2 of 2" in shown(scene))
        assert "Second." in shown(scene)
        newest = scene.slack.modal("grace")
        assert newest is not None
        scene.slack.press("grace", newest, f"{PAGE}earlier")
        await scene.until(lambda: "Version 1 of 2" in shown(scene))
        assert "First." in shown(scene)
        assert scene.answers(root) == ["Third."]


def shown(scene: Scene) -> str:
    view = scene.slack.modal("grace")
    return str(view.content) if view else ""


async def test_an_answer_that_stands_again_after_every_attempt_broke_is_remembered(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers += ["The first answer.", Answer(LONG * 2, stuck_after=3_500)]
    async with scene.confab(CONFAB_DRAIN_SECONDS="0"):
        root = scene.ask("@Confab one")
        answer = await answered(scene, root)
        scene.slack.press("ada", answer, AGAIN)
        await scene.until(lambda: len(scene.ours(root)) == 2 and bool(scene.ours(root)[1].text))
    await Books(scene.environ["DATABASE_URL"]).execute(BROKE_EVERY_ATTEMPT)
    scene.azure.answers += ["Fine."]
    async with scene.confab():
        await replaced(scene, root, "The first answer.")
        await answered(scene, root)
        await scene.settled()
        scene.ask("two", under=root)
        await scene.until(lambda: scene.answers(root) == ["The first answer.", "Fine."])
    assert dialogue(scene) == ["one", "The first answer.", "two"]
