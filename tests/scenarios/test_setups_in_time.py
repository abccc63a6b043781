"""Which setup makes an answer: its own channel's, as it stood when the turn began."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.chat.sent import ShownAnswer
from bot.chat.setup import ChannelSettings, ContextMode, Effort, Example, Persona, Setup
from bot.chat.window import included
from bot.database.access import Database
from bot.database.answers import StoredAnswers
from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import Channel, Message
from tests.scenarios.scene import Scene


@asynccontextmanager
async def kept_answers(scene: Scene) -> AsyncIterator[StoredAnswers]:
    database = Database(scene.environ["DATABASE_URL"])
    yield StoredAnswers(database)
    await database.close()


async def behind(scene: Scene, root: Message) -> list[ShownAnswer]:
    """What stands behind each answer of a thread, oldest first."""
    async with kept_answers(scene) as answers:
        ours = [each for each in scene.thread(root) if each.author == scene.slack.confab.id]
        found = [await answers.shown(scene.slack.team.id, root.channel, each.ts) for each in ours]
    return [each for each in found if each is not None]


def persona(name: str, **settings: object) -> Setup:
    return Setup(Persona(name, f"You are {name}."), ChannelSettings(**settings))  # type: ignore[arg-type]


async def test_a_change_takes_effect_at_the_next_turn_and_each_answer_knows_its_version(
    scene: Scene,
) -> None:
    slack = scene.slack
    scene.azure.answers += ["First.", Answer("Second.", stuck_after=1), "Third."]
    async with scene.confab() as confab:

        async def publish(setup: Setup) -> int:
            return await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.ada.id)

        root = scene.ask("@Confab one")
        await scene.answered(root)
        versions = [0, await publish(persona("Ann", temperature=0.1))]
        scene.ask("two", under=root)
        await scene.azure.until(lambda azure: len(azure.requests) == 2)
        versions.append(await publish(persona("Bob", temperature=0.2)))
        scene.ask("three", under=root)
        await scene.settled()
        scene.azure.release()
        await scene.answered(root, 3)
    shown = await behind(scene, root)  # once Confab has ended, its last turn is in the books
    assert [asked.persona for asked in scene.azure.requests[1:]] == ["You are Ann.", "You are Bob."]
    assert [asked.body["temperature"] for asked in scene.azure.requests] == [0.7, 0.1, 0.2]
    assert [each.included.setup_version for each in shown] == versions == [0, 1, 2]


async def test_twenty_turns_of_two_channels_in_the_same_minute_leak_nothing(small_scene: Scene) -> None:
    scene = small_scene
    slack = scene.slack
    setups = {
        slack.xbox_support.id: Setup(
            Persona("Xbox", "xbox system", (Example("xbox example", "xbox reply"),)),
            ChannelSettings(deployment="qwen3-8b", temperature=0.1, max_response=51, stop=("XBOX",)),
        ),
        slack.general.id: Setup(
            Persona("Poet", "poet system", (Example("poet example", "poet reply"),)),
            ChannelSettings(temperature=0.9, max_response=52, stop=("POET",), frequency_penalty=0.5),
        ),
    }
    names = {slack.xbox_support.id: "xbox", slack.general.id: "poet"}
    channels: dict[str, Channel] = {
        slack.xbox_support.id: slack.xbox_support,
        slack.general.id: slack.general,
    }
    for name in names.values():
        scene.azure.replies |= {f"{name} question {n}": f"{name} answer {n}" for n in range(10)}
    async with scene.confab() as confab:
        for place, setup in setups.items():
            await confab.setups.publish(slack.team.id, place, setup, slack.ada.id)

        async def talk(place: str) -> Message:
            """Five turns in one thread, beside five threads of one turn."""
            others = [
                scene.ask(f"@Confab {names[place]} question {n}", channels[place]) for n in range(5, 10)
            ]
            root = scene.ask(f"@Confab {names[place]} question 0", channels[place])
            for n in range(1, 6):
                await scene.answered(root, n)
                if n < 5:
                    scene.ask(f"{names[place]} question {n}", under=root)
            for other in others:
                await scene.answered(other)
            return root

        roots = await asyncio.gather(*map(talk, names))
        for root in roots:
            assert scene.answers(root) == [f"{names[root.channel]} answer {n}" for n in range(5)]

    assert len(scene.azure.requests) == 20
    for asked in scene.azure.requests:
        own, other = ("xbox", "poet") if asked.deployment == "qwen3-8b" else ("poet", "xbox")
        body = {key: value for key, value in asked.body.items() if key not in ("messages", "prompt")}
        assert asked.persona == f"{own} system"
        assert all(turn.text.startswith(own) for turn in asked.dialogue)
        assert other.upper() not in str(body["stop"])
        assert body["temperature"] == {"xbox": 0.1, "poet": 0.9}[own]
        assert asked.maximum == {"xbox": 51, "poet": 52}[own]
        assert ("frequency_penalty" in body) == (own == "poet")


EXACT, ECONOMICAL = ContextMode.EXACT, ContextMode.ECONOMICAL
WINDOWS = (
    *((10, EXACT), (0, ECONOMICAL), (1, EXACT), (2, EXACT), (2, ECONOMICAL), (1, ECONOMICAL)),
    *((10, EXACT), (10, ECONOMICAL), (0, EXACT), (10, ECONOMICAL)),
)
"""What a channel has at each turn of one conversation."""


async def test_past_messages_are_exactly_the_right_ones_after_the_examples(scene: Scene) -> None:
    slack = scene.slack
    examples = (Example("example", "shown"), Example("another", "shown too"))
    shown = [("user", "example"), ("assistant", "shown"), ("user", "another"), ("assistant", "shown too")]
    transcript: list[tuple[str, str]] = []
    left_out = []
    async with scene.confab() as confab:
        root: Message | None = None
        for turn, (most, mode) in enumerate(WINDOWS):
            settings = ChannelSettings(past_messages=most, context_mode=mode)
            setup = Setup(Persona(examples=examples), settings)
            await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.ada.id)
            scene.azure.answers.append(f"answer {turn}")
            asked = scene.ask(f"@Confab question {turn}", under=root)
            root = root or asked
            await scene.answered(root, turn + 1)
            keep = included(len(transcript), most, mode)
            assert keep <= most
            left_out.append(len(transcript) - keep)
            question = ("user", f"question {turn}")
            said = [(each.role, each.text) for each in scene.azure.requests[-1].dialogue]
            assert said == [*shown, *transcript[left_out[-1] :], question]
            transcript += [question, ("assistant", f"answer {turn}")]
        assert root is not None
    kept = await behind(scene, root)
    assert [each.included.left_out for each in kept] == left_out
    assert max(left_out) == 16


@pytest.mark.parametrize("deployment", ["gpt-4o-mini", "qwen3-8b"])
async def test_what_is_kept_of_a_request_is_what_the_service_took(scene: Scene, deployment: str) -> None:
    slack = scene.slack
    setup = Setup(
        Persona("Ann", 'You are "Ann".'),
        ChannelSettings(
            deployment=deployment,
            max_response=90,
            temperature=0.3,
            top_p=0.4,
            frequency_penalty=0.5,
            presence_penalty=0.6,
            stop=('\u05d0\u05d1 \\ "quoted"\n', "\U0001f600"),
            effort=Effort.LOW,
        ),
    )
    async with scene.confab() as confab:
        await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.ada.id)
        root = scene.ask("@Confab hello")
        await scene.answered(root)
    [shown] = await behind(scene, root)
    [asked] = scene.azure.requests
    not_kept = ("model", "messages", "prompt", "stream", "stream_options", "prompt_cache_key")
    taken = {name: value for name, value in asked.body.items() if name not in not_kept}
    assert dict(shown.sent.parameters) == taken
    assert (shown.sent.deployment, shown.sent.api_version) == (deployment, None)
    assert [each.text for each in shown.messages] == ["hello"]
    assert shown.usage.prompt > 0
