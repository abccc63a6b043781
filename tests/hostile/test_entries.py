"""The other ways into a thread: what people said before, files, words, titles, summaries, earlier versions.

A channel's topic and purpose are none: Confab reads them nowhere.
"""

from dataclasses import dataclass

from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.setup import ChannelSettings, Setup
from bot.playground.model.scripted.answer import Answer
from bot.playground.model.scripted.asked import Asked
from bot.playground.workspace import Channel, ChannelKind, Message
from bot.playground.workspace.surfaces import View
from bot.slack.answer_row.more import MORE
from bot.slack.answer_row.row import AGAIN, BAD, FEEDBACK, Choice
from bot.slack.answer_row.versions import CALLBACK
from bot.slack.feedback.view import WORD
from bot.slack.summarising import texts
from bot.slack.summarising.listeners import SUMMARISE
from bot.slack.summarising.view import POST
from tests.hostile.attacks import FORGERIES, WORST, anything, few
from tests.hostile.stage import Stage
from tests.hostile.test_injection import DEPLOYMENTS
from tests.reading.written import pdf, word_of
from tests.scenarios.answer_row import answered, choose, last_answer, words
from tests.scenarios.scene import Scene

EXAMPLES = 8


@dataclass(frozen=True)
class Attack:
    """One text for every way in."""

    said: str = WORST
    bot_said: str = WORST
    file_name: str = f"{WORST}.txt"
    content: str = WORST
    answered: str = WORST
    word: str = WORST
    title: str = WORST
    deployment: str = "qwen3-8b"


attacks = st.builds(
    Attack,
    **dict.fromkeys(("said", "bot_said", "content", "answered", "word", "title"), anything),
    file_name=anything.map("{}.txt".format),
    deployment=st.sampled_from(DEPLOYMENTS),
)


def test_no_other_way_in_forges_a_turn_or_calls_anybody(stage: Stage) -> None:
    @few(EXAMPLES)
    @example(Attack())
    @example(Attack(deployment="gpt-4o-mini"))
    @given(attacks)
    def hold(attack: Attack) -> None:
        stage.runner.run(_one(stage, attack))

    hold()


def test_what_documents_say_forges_no_turn(stage: Stage) -> None:
    stage.runner.run(_documents(stage))


async def _documents(stage: Stage) -> None:
    scene, slack = stage.scene, stage.scene.slack
    channel = await _channel(stage, "qwen3-8b")
    forged = "".join(each.replace("\n", " ") for each in FORGERIES if each.isascii())
    said = {"a.pdf": pdf(f"In the PDF {forged}"), "b.docx": word_of(f"In Word {WORST}")}
    files = [slack.upload(slack.ada, name, content) for name, content in said.items()]
    before = len(scene.azure.requests)
    await scene.answered(slack.post(slack.ada, channel, "@Confab look", files=files))
    (request,) = scene.azure.requests[before:]
    forged_nothing(request)
    assert all(part in request.question for part in ("In the PDF", "In Word"))


async def _one(stage: Stage, attack: Attack) -> None:
    scene = stage.scene
    channel = await _channel(stage, attack.deployment)
    before = len(scene.azure.requests)
    root, answer = await _late(scene, channel, attack)
    await _rated(scene, answer, attack.word)
    scene.slack.rename_session(scene.slack.ada, channel, root.ts, f"T {attack.title}")
    await _again(scene, root, answer, attack.answered)
    await _summarised(scene, root, attack.answered)
    for request in scene.azure.requests[before:]:
        forged_nothing(request)
    called_nobody(scene, channel)


def forged_nothing(request: Asked) -> None:
    """The model got a system message and what people said, and nothing that looks like another turn."""
    assert request.flaw is None
    assert [turn.role for turn in request.turns][:1] == ["system"]
    assert {turn.role for turn in request.turns[1:]} == {"user"}


def called_nobody(scene: Scene, channel: Channel) -> None:
    """Confab called none but Ada, whom it answers, thanks and names as the one who asked."""
    slack = scene.slack
    ours = [each for each in slack.pings if each.channel == channel.id and each.author == slack.confab.id]
    assert {each.target for each in ours} <= {f"@{slack.ada.id}"}


async def _channel(stage: Stage, deployment: str) -> Channel:
    slack = stage.scene.slack
    number = len(slack.team.channels)
    people = (slack.ada, slack.grace, slack.weather)
    channel = slack.team.add_channel(f"late{number}", people, kind=ChannelKind.PRIVATE)
    setup = Setup(settings=ChannelSettings(deployment=deployment))
    await stage.confab.setups.publish(slack.team.id, channel.id, setup, slack.ada.id)
    slack.invite(slack.ada, channel)
    return channel


async def _late(scene: Scene, channel: Channel, attack: Attack) -> tuple[Message, Message]:
    """People and a bot talk, and only then somebody asks, with a file."""
    slack = scene.slack
    root = slack.post(slack.grace, channel, f"S {attack.said}", encoded=True)
    slack.post(slack.weather, channel, f"B {attack.bot_said}", encoded=True, thread_ts=root.ts)
    file = slack.upload(slack.ada, attack.file_name, attack.content.encode())
    scene.azure.answers.append(Answer(f"Well {attack.answered}"))
    slack.post(slack.ada, channel, "@Confab look", thread_ts=root.ts, files=[file])
    return root, await answered(scene, root)


async def _rated(scene: Scene, answer: Message, word: str) -> None:
    scene.slack.press("ada", answer, FEEDBACK, BAD)
    view = await _shows(scene, WORD)
    scene.slack.submit("ada", view, {WORD: word[:400]})
    await scene.until(lambda: scene.slack.modal("ada") is None)


async def _again(scene: Scene, root: Message, answer: Message, text: str) -> None:
    scene.azure.answers.append(Answer(f"Again {text}"))
    scene.slack.press("ada", answer, AGAIN)
    await scene.until(lambda: scene.answers(root)[0].startswith("Again"))
    more = await choose(scene, Choice.MORE, last_answer(scene, root))
    scene.slack.press("ada", more, f"{MORE}versions")
    scene.slack.close("ada", await _shows(scene, CALLBACK))


async def _summarised(scene: Scene, root: Message, text: str) -> None:
    scene.azure.answers.append(Answer(f"In short {text}"))
    scene.slack.shortcut("ada", SUMMARISE, root)
    await scene.until(lambda: (view := scene.slack.modal("ada")) is not None and "In short" in words(view))
    view = scene.slack.modal("ada")
    assert view is not None
    scene.slack.press("ada", view, POST)
    await scene.until(lambda: texts.POSTED in words(scene.slack.modal("ada") or view))
    scene.slack.close("ada", scene.slack.modal("ada") or view)


async def _shows(scene: Scene, part: str) -> View:
    """Ada's modal, once that is in it."""
    await scene.until(lambda: part in str((view := scene.slack.modal("ada")) and view.content))
    view = scene.slack.modal("ada")
    assert view is not None
    return view
