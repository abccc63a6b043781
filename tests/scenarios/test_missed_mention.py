"""The mention that led to Confab's invitation is answered once it is in, and once only."""

import pytest

from tests.scenarios.scene import Scene


@pytest.mark.parametrize("delivers", [True, False])
async def test_the_mention_that_called_confab_in_is_answered_once(scene: Scene, delivers: bool) -> None:
    async with scene.confab():
        root = scene.ask("@Confab what is this place?", scene.slack.random)
        scene.slack.invite("ada", scene.slack.random, delivers=delivers)
        await scene.answered(root)
        (came,) = [each for each in scene.slack.parcels if "member_joined_channel" in str(each.payload)]
        scene.slack.delivery.redeliver(came)
        await scene.settled()
        await scene.answered(scene.ask("@Confab and this one?"))  # a second answer would stand there by now
        assert len(scene.answers(root)) == 1
    assert len(scene.azure.requests) == 2


async def test_called_into_a_thread_confab_answers_in_its_light(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        root = slack.post("grace", slack.random, "Where shall we have the picnic?")
        scene.ask("@Confab", under=root)
        slack.invite("ada", slack.random, delivers=False)
        await scene.answered(root)
    (request,) = scene.azure.requests
    assert "Grace: Where shall we have the picnic?" in [each["content"] for each in request.body["messages"]]


async def test_no_old_mention_is_answered(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        old = slack.post("ada", slack.random, "hello everybody, no mention")
        slack.invite("ada", slack.random, delivers=False)
        await scene.settled()
        await scene.answered(scene.ask("@Confab hello"))
        assert scene.answers(old) == []
