from tests.scenarios.scene import Scene


async def test_a_mention_is_answered_in_a_thread_under_it(scene: Scene) -> None:
    scene.azure.answers.append("Hello Ada.")
    async with scene.confab():
        root = scene.ask("@Confab hello")
        assert await scene.answered(root) == ["Hello Ada."]
    [asked] = scene.azure.requests
    assert asked.question == "hello"
    assert asked.persona == "You are an AI assistant that helps people find information."
