"""Stop, by the front door: the half answer stays, says so, and is what is remembered."""

from bot.app import Confab
from bot.chat.ports.stops import StopPressed
from bot.chat.sentences import STOPPED_EARLY
from bot.chat.setup import ChannelSettings, Example, Persona, Setup
from bot.database.access import Database
from bot.database.stops import StoredStops
from bot.playground.model.scripted.answer import Answer, Ending
from bot.playground.workspace import Message
from bot.playground.workspace.surfaces import SessionStatus
from bot.slack.answer_row import texts
from bot.slack.answer_row.row import AGAIN, STOP
from tests.scenarios.answer_row import answered, last_answer, without_sessions
from tests.scenarios.scene import Scene

WHOLE = "The whole answer, from its first word to its last."
STUCK = Answer("One two three four five six seven.", stuck_after=4)
ENDLESS = Answer("One two three four five six ", ends=Ending.ENDLESS, delay=0.05)


async def stopped(scene: Scene, root: Message) -> str:
    """The half answer, once it says that it is one."""
    await scene.until(lambda: any(each.endswith("_Stopped._") for each in scene.answers(root)))
    return scene.answers(root)[0]


def status(scene: Scene, root: Message) -> SessionStatus | None:
    session = scene.slack.surfaces.session(root.channel, root.ts)
    return session.status if session else None


async def test_slacks_own_stop_ends_the_answer_and_what_stands_is_remembered(scene: Scene) -> None:
    scene.azure.answers += [STUCK, "Fine."]
    async with scene.confab():
        root = scene.ask("@Confab count")
        await scene.growing(root)
        scene.slack.stop("ada", root.channel, root.ts)
        answer = await stopped(scene, root)
        said = answer.removesuffix("\n\n_Stopped._")
        assert said != answer
        assert STUCK.text.startswith(said)
        await scene.until(lambda: status(scene, root) is SessionStatus.ACTIVE)
        scene.ask("and now?", under=root)
        await scene.answered(root, 2)
    assert [turn.text for turn in scene.azure.requests[-1].dialogue] == ["count", said, "and now?"]


async def test_a_stop_reaches_the_process_that_gives_the_answer(scene: Scene) -> None:
    scene.azure.answers += [STUCK]
    async with scene.confab():
        root = scene.ask("@Confab count")
        await scene.growing(root)
        elsewhere = Database(scene.environ["DATABASE_URL"])
        pressed = StopPressed(root.channel, root.ts, "U1", scene.slack.record.history.mint_ts())
        assert await StoredStops(elsewhere).request_in(scene.slack.team.id, pressed) is not None
        await elsewhere.close()
        assert await stopped(scene, root)


async def test_a_stop_before_the_first_word_ends_with_a_short_line(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [Answer("Never.", stuck_after=0)]
    async with scene.confab():
        root = scene.ask("@Confab count")
        await scene.until(lambda: status(scene, root) is SessionStatus.PROCESSING)
        await scene.azure.until(lambda azure: bool(azure.requests))
        scene.slack.stop("ada", root.channel, root.ts)
        assert await scene.answered(root) == [STOPPED_EARLY]
        await scene.until(lambda: status(scene, root) is SessionStatus.ACTIVE)


async def test_a_stop_that_comes_late_changes_nothing(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += ["Done.", "Again."]
    async with scene.confab():
        root = scene.ask("@Confab one")
        await scene.answered(root)
        scene.slack.stop("ada", root.channel, root.ts)
        await scene.settled()
        scene.ask("two", under=root)
        assert await scene.answered(root, 2) == ["Done.", "Again."]


async def stopped_with_one_behind(scene: Scene) -> Message:
    """The root of a thread whose running answer was stopped while another question waited behind it."""
    root = scene.ask("@Confab one")
    await scene.growing(root)
    scene.ask("two", under=root)
    await scene.settled()
    scene.slack.stop("ada", root.channel, root.ts)
    await stopped(scene, root)
    return root


def not_told_of_yet(scene: Scene, root: Message) -> None:
    """Somebody stops the thread's answer, and Slack takes its time to tell."""
    scene.slack.delivery.delay = (3600.0, 3600.0)
    scene.slack.stop("ada", root.channel, root.ts)
    scene.slack.delivery.delay = (0.0, 0.0)


async def told_again(scene: Scene) -> None:
    """Slack delivers the last stop, once more or at last, and it is acknowledged."""
    stops = [each for each in scene.slack.parcels if each.event.get("type") == "agent_session_stopped"]
    scene.slack.delivery.redeliver(stops[-1])
    await scene.until(stops[-1].settled.is_set)


async def test_a_stop_that_slack_tells_of_again_spares_what_waited_behind_it(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [STUCK, Answer(WHOLE, stuck_after=6)]
    async with scene.confab():
        root = await stopped_with_one_behind(scene)
        await scene.growing(root)
        await told_again(scene)
        scene.azure.release()
        await scene.until(lambda: scene.answers(root)[1:] == [WHOLE])


async def test_a_stop_that_slack_tells_of_late_spares_what_was_asked_since(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += ["Done.", Answer(WHOLE, stuck_after=6)]
    async with scene.confab():
        root = scene.ask("@Confab one")
        await scene.answered(root)
        scene.slack.stop("ada", root.channel, root.ts)
        await scene.settled()
        scene.ask("two", under=root)
        await scene.growing(root)
        await told_again(scene)
        scene.azure.release()
        assert await scene.answered(root, 2) == ["Done.", WHOLE]


async def test_a_stop_that_slack_tells_of_again_spares_the_answer_that_is_made_anew(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers += [STUCK, Answer(WHOLE, stuck_after=6)]
    async with scene.confab():
        root = scene.ask("@Confab one")
        await scene.growing(root)
        scene.slack.stop("ada", root.channel, root.ts)
        await stopped(scene, root)
        await answered(scene, root)
        scene.slack.press("ada", last_answer(scene, root), AGAIN)
        await scene.azure.until(lambda azure: len(azure.requests) == 2)
        await told_again(scene)
        scene.azure.release()
        await scene.until(lambda: scene.answers(root) == [WHOLE])


async def test_a_stop_of_which_slack_tells_only_then_spares_the_answer_that_is_made_anew(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers += [ENDLESS, Answer(WHOLE, stuck_after=6)]
    async with scene.confab():
        root = scene.ask("@Confab one")
        await scene.growing(root)
        not_told_of_yet(scene, root)
        await stopped(scene, root)  # the stream says by itself that it was
        await answered(scene, root)
        scene.slack.press("ada", last_answer(scene, root), AGAIN)
        await scene.azure.until(lambda azure: len(azure.requests) == 2)
        await told_again(scene)
        scene.azure.release()
        await scene.until(lambda: scene.answers(root) == [WHOLE])


async def test_only_the_running_answer_is_stopped_and_what_waits_behind_it_is_answered(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers += [STUCK, "Second."]
    async with scene.confab():
        root = await stopped_with_one_behind(scene)
        await scene.until(lambda: scene.answers(root)[1:] == ["Second."])


async def growing_with_a_button(scene: Scene, confab: Confab) -> Message:
    """A question in a workspace without sessions, whose answer grows over a button."""
    await without_sessions(scene)
    scene.azure.answers.append(STUCK)
    root = scene.ask("@Confab count")
    await scene.until(lambda: len(scene.thread(root)) > 1 and STOP in str(last_answer(scene, root).blocks))
    return root


async def test_the_button_stops_for_who_asked_and_for_nobody_without_the_right(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    guest = slack.add_person("Gus", is_guest=True)
    slack.join(guest, slack.general)
    async with scene.confab() as confab:
        root = await growing_with_a_button(scene, confab)
        growing = last_answer(scene, root)
        slack.press("gus", growing, STOP)
        await scene.until(
            lambda: any(each.text == texts.NOT_YOURS_TO_STOP for each in slack.see(root.channel, root.ts))
        )
        slack.press("ada", slack.current(growing), STOP)
        await scene.until(lambda: "_Stopped._" in slack.current(growing).text)


async def test_a_renamed_session_is_found_by_its_name_at_home(scene: Scene) -> None:
    async with scene.confab() as confab:
        root = scene.ask("@Confab which console shall I buy?")
        await scene.answered(root)
        scene.slack.rename_session("ada", root.channel, root.ts, "Consoles")
        await scene.settled()
        page = await confab.trade.at_home.page(scene.slack.ada.id)
    assert [session.begins for session in page.sessions] == ["Consoles"]


async def test_the_messages_tab_suggests_what_the_personas_examples_ask(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    direct = slack.direct("ada").id
    persona = Persona(examples=(Example("Which console?", "The small one."), Example("Why?", "It is quiet.")))
    async with scene.confab() as confab:
        await confab.setups.publish(slack.team.id, direct, Setup(persona, ChannelSettings()), slack.ada.id)
        slack.open_home("ada", "messages")
        await scene.until(lambda: direct in slack.surfaces.prompts)
    suggested = slack.surfaces.prompts[direct]["prompts"]
    assert [each["message"] for each in suggested] == ["Which console?", "Why?"]
