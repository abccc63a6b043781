import logging

import pytest

from bot.playground.model import refusal
from bot.playground.model.refusal import Refusal
from bot.playground.model.scripted.answer import Answer, Ending
from tests.scenarios.scene import Scene

SECRET_WORDS = "heliotrope umbrella"


async def told(scene: Scene, reply: Answer | Refusal, **settings: str) -> str:
    """What the thread says in the end when the model replies so."""
    scene.azure.brain = lambda _: reply
    async with scene.confab(**settings):
        root = scene.ask(f"@Confab {SECRET_WORDS}")
        await scene.answered(root)
    [said] = scene.answers(root)  # by now: what was shown may be taken away in a second step
    return said


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (refusal.filtered_prompt("violence"), "content filter refused that message (violence)"),
        (refusal.filtered_prompt("self_harm"), "content filter refused that message (self harm)"),
        (refusal.rate_limited(retry_after=86_400), "Please ask again in 24 hours"),
        (refusal.too_long(limit=4_096, prompt=4_000, maximum=800), "longer than the model can read"),
        (Answer("Half a sen", ends=Ending.CUT), "broke off"),
        (Answer("Half a sen", ends=Ending.HANG_UP), "broke off"),
        (Answer("Half a sen", ends=Ending.ERROR), "broke off"),
        (Answer("", ends=Ending.STOP), "ended without a word"),
        (Answer("", ends=Ending.LENGTH, reasoning_tokens=800), "maximum response on thinking"),
        (
            Answer("Something bad", ends=Ending.CONTENT_FILTER, filtered="hate"),
            "filter stopped my answer (hate)",
        ),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
async def test_every_failure_is_one_human_sentence(
    small_scene: Scene, reply: Answer | Refusal, sentence: str
) -> None:
    said = await told(small_scene, reply)
    assert sentence in said
    assert "{" not in said
    assert "Traceback" not in said


async def test_words_that_the_filter_stopped_are_taken_away(small_scene: Scene) -> None:
    scene, bad = small_scene, "Something bad was said"
    scene.azure.brain = lambda _: Answer(bad, ends=Ending.CONTENT_FILTER)
    async with scene.confab():
        root = scene.ask("@Confab hello")
        # Only a stream that was stopped can be edited.
        await scene.until(lambda: "filter" in "".join(scene.answers(root)))
        assert "Something bad" not in "".join(scene.answers(root))


async def test_an_answer_that_broke_off_keeps_what_was_shown(small_scene: Scene) -> None:
    reply = Answer("These words were shown before it broke", stuck_after=8, ends=Ending.HANG_UP)
    scene = small_scene
    scene.azure.brain = lambda _: reply
    async with scene.confab():
        root = scene.ask("@Confab go")
        await scene.until(lambda: any(each.streaming for each in scene.thread(root)))
        scene.azure.release()
        [said] = await scene.answered(root)
    assert said.startswith("These words were shown")
    assert said.endswith("_My answer broke off here. Continue goes on from here, Regenerate starts anew._")


async def test_a_silent_model_frees_the_thread_with_a_sentence(small_scene: Scene) -> None:
    said = await told(small_scene, Answer("never", stuck_after=0), CONFAB_MODEL_IDLE_SECONDS="1")
    assert said == "The model took too long to answer. Please ask again."
    assert small_scene.azure.open_answers == 0


async def test_an_endless_model_is_ended_at_the_total_limit(small_scene: Scene) -> None:
    reply = Answer("and on ", ends=Ending.ENDLESS, delay=0.02)
    said = await told(small_scene, reply, CONFAB_MODEL_TOTAL_SECONDS="5")
    assert "My answer broke off here, as the model took too long." in said
    assert small_scene.azure.open_answers == 0


async def test_the_maximum_response_says_that_it_cut_the_answer(small_scene: Scene) -> None:
    said = await told(small_scene, Answer("As I was saying", ends=Ending.LENGTH))
    assert said == (
        "As I was saying\n\n"
        "_Cut at this channel's maximum response of 800 tokens. Press Continue and I go on._"
    )


async def test_an_operators_fault_is_neutral_in_the_thread_and_plain_to_the_admins_once(
    small_scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene, slack = small_scene, small_scene.slack
    scene.azure.brain = lambda _: refusal.no_deployment()
    with caplog.at_level(logging.DEBUG):
        async with scene.confab():
            for _ in range(2):
                root = scene.ask(f"@Confab {SECRET_WORDS}")
                [said] = await scene.answered(root)
                assert said.startswith("I am not set up correctly at the moment")
                assert "gpt-4o-mini" not in said
    messages = [each.text for each in slack.see(slack.direct(slack.ada))]
    assert len(messages) == 1
    assert "gpt-4o-mini" in messages[0]
    assert "404" in messages[0]
    assert "Azure's id" in caplog.text
    assert SECRET_WORDS not in caplog.text
    for secret in (scene.azure.key, scene.running.bot_token, scene.running.app_token):
        assert secret not in caplog.text


async def test_a_failed_question_is_remembered_and_a_refused_one_is_not(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [refusal.filtered_prompt("hate"), refusal.forbidden(), "Fine."]
    async with scene.confab():
        root = scene.ask("@Confab something hateful")
        await scene.answered(root, 1)
        scene.ask("my name is Ada", under=root)
        await scene.answered(root, 2)
        scene.ask("who am I?", under=root)
        await scene.answered(root, 3)
    turns = [(turn.role, turn.text) for turn in scene.azure.requests[-1].dialogue]
    assert turns == [("user", "my name is Ada"), ("user", "who am I?")]


async def test_a_message_larger_than_the_context_is_refused_and_the_thread_goes_on(
    small_scene: Scene,
) -> None:
    scene = small_scene
    async with scene.confab(AZURE_OPENAI_DEPLOYMENTS="smollm2:chatml:1200:bytes"):
        root = scene.ask("@Confab " + "long " * 200)
        [said] = await scene.answered(root)
        assert "too long for me" in said
        scene.ask("short", under=root)
        await scene.answered(root, 2)
    assert len(scene.azure.requests) == 1


async def test_a_passing_fault_is_tried_again_unseen(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [refusal.server_error(), refusal.rate_limited(retry_after_ms=10), "There."]
    async with scene.confab():
        assert await scene.answered(scene.ask("@Confab hello")) == ["There."]


async def test_a_slow_alarm_holds_up_nobodys_answer(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    hold = slack.faults.hold("conversations.open")
    scene.azure.brain = lambda _: refusal.no_deployment()
    async with scene.confab():
        root = scene.ask("@Confab hello")
        await hold.arrived.wait()
        [said] = await scene.answered(root)
        hold.release()
        await scene.until(lambda: len(slack.see(slack.direct(slack.ada))) == 1)
    assert said.startswith("I am not set up correctly")
