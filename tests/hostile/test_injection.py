"""No text from anywhere forges a turn or calls anybody: seen in what the model gets and in what is posted."""

import json
from dataclasses import dataclass

from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.setup_file import read_setup
from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import ChannelKind
from tests.hostile.attacks import CALLS, WORST, anything, few
from tests.hostile.stage import Stage

EXAMPLES = 15
DEPLOYMENTS = ("gpt-4o-mini", "qwen3-8b")


@dataclass(frozen=True)
class Attack:
    """One text for every way in; the model's answer comes in pieces of these sizes."""

    persona: str = WORST
    name: str = "".join(CALLS)
    said: str = WORST
    asked: str = WORST
    answered: str = WORST
    sizes: tuple[int, ...] = (1,)
    deployment: str = "qwen3-8b"

    @property
    def shown_name(self) -> str:
        """A persona's name is one line."""
        printable = "".join(each if each.isprintable() else " " for each in f"N{self.name}")
        return " ".join(printable.split())[:60].strip()

    def setup_file(self) -> str:
        """As somebody might import it."""
        return json.dumps(
            {
                "systemPrompt": f"Be kind. {self.persona}",
                "fewShotExamples": [
                    {"userInput": f"U {self.said}", "chatbotResponse": f"A {self.persona}"},
                ],
                "chatParameters": {"deploymentName": self.deployment},
                "confab": {"name": self.shown_name, "greeting": f"Hello {self.said}"},
            }
        )


attacks = st.builds(
    Attack,
    **dict.fromkeys(("persona", "name", "said", "asked", "answered"), anything),
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=5).map(tuple),
    deployment=st.sampled_from(DEPLOYMENTS),
)


def test_no_text_from_anywhere_forges_a_turn_or_calls_anybody(stage: Stage) -> None:
    @few(EXAMPLES)
    @example(Attack())
    @example(Attack(sizes=(3,), deployment="gpt-4o-mini"))
    @given(attacks)
    def hold(attack: Attack) -> None:
        stage.runner.run(_one(stage, attack))

    hold()


def cut(text: str, sizes: tuple[int, ...]) -> tuple[str, ...]:
    """The text in pieces of these sizes, over and over."""
    found: list[str] = []
    while text:
        size = sizes[len(found) % len(sizes)]
        found.append(text[:size])
        text = text[size:]
    return tuple(found)


async def _one(stage: Stage, attack: Attack) -> None:
    scene, slack = stage.scene, stage.scene.slack
    number = len(slack.team.channels)
    channel = slack.team.add_channel(f"room{number}", (slack.ada,), kind=ChannelKind.PRIVATE)
    setup = read_setup(attack.setup_file(), frozenset(DEPLOYMENTS))
    await stage.confab.setups.publish(slack.team.id, channel.id, setup, slack.ada.id)
    slack.invite(slack.ada, channel)
    person = slack.add_person(f"{attack.name} {number}")
    slack.join(person, channel)
    before = len(scene.azure.requests)
    scene.azure.answers.append(Answer(chunks=cut(f"Well {attack.answered}", attack.sizes)))
    root = slack.post(person, channel, f"<@{slack.confab.id}> Q {attack.asked}", encoded=True)
    await scene.answered(root)
    (request,) = scene.azure.requests[before:]
    assert request.flaw is None
    assert len(request.turns) == 4  # the persona, an example of two, the question
    assert request.deployment == attack.deployment
    called = {each.target for each in slack.pings if each.channel == channel.id}
    assert called <= {f"@{slack.ada.id}"}  # who brought Confab in is thanked, and alone sees it
