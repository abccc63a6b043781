import json
import signal
from pathlib import Path

from bot.playground.model.scripted.answer import Answer
from tests.scenarios.processes import confab, running_bot
from tests.scenarios.scene import Scene


async def test_check_says_line_by_line_what_works(small_scene: Scene) -> None:
    code, said = await confab(small_scene.environ, "check")
    assert code == 0, said
    begun = [line.split(":")[0] for line in said.splitlines()]
    for part in ("settings", "database", "bot token", "scopes", "app token", "deployment gpt-4o-mini"):
        assert f"ok     {part}" in begun


async def test_check_names_every_fault_and_goes_on(small_scene: Scene) -> None:
    broken = small_scene.environ | {
        "SLACK_BOT_TOKEN": "xoxb-wrong",
        "AZURE_OPENAI_DEPLOYMENTS": "gpt-4o-mini, nobody-made-this",
    }
    code, said = await confab(broken, "check")
    assert code == 1
    assert "FAULT  bot token" in said
    assert "invalid_auth" in said
    assert "FAULT  deployment nobody-made-this" in said
    assert "DeploymentNotFound" in said
    assert "ok     deployment gpt-4o-mini" in said
    assert "xoxb-wrong" not in said
    assert "Traceback" not in said


async def test_check_says_which_feature_an_absent_scope_costs(small_scene: Scene) -> None:
    slack = small_scene.slack
    slack.reinstall(slack.app.without("files:read"))
    code, said = await confab(small_scene.environ, "check")
    assert code == 0, said
    assert "without the optional files:read" in said


async def test_faulty_settings_are_all_named_at_once_with_exit_code_2() -> None:
    code, said = await confab({}, "run")
    assert code == 2
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "AZURE_OPENAI_DEPLOYMENTS"):
        assert name in said
    assert "Traceback" not in said


async def test_run_refuses_a_postgresql_schema_that_is_behind_and_says_the_command(
    small_scene: Scene, empty_postgresql_url: str
) -> None:
    environ = small_scene.environ | {"DATABASE_URL": empty_postgresql_url}
    code, said = await confab(environ, "run")
    assert code == 1
    assert "Run `confab migrate`" in said
    assert (await confab(environ, "migrate"))[0] == 0
    async with running_bot(environ):
        await small_scene.answered(small_scene.ask("@Confab hello"))


async def test_run_brings_an_sqlite_file_up_to_date_by_itself(small_scene: Scene, tmp_path: Path) -> None:
    environ = small_scene.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}"}
    async with running_bot(environ):
        await small_scene.answered(small_scene.ask("@Confab hello"))


async def test_run_says_what_to_do_about_a_token_that_slack_refuses(small_scene: Scene) -> None:
    code, said = await confab(small_scene.environ | {"SLACK_APP_TOKEN": "xapp-wrong"}, "run")
    assert code == 1
    assert "SLACK_APP_TOKEN" in said
    assert "Traceback" not in said


async def test_import_gives_a_channel_its_persona(small_scene: Scene, tmp_path: Path) -> None:
    scene = small_scene
    export = tmp_path / "setup.json"
    export.write_text(json.dumps({"systemPrompt": "You are a hiking guide."}))
    code, said = await confab(scene.environ, "import", "--channel", scene.slack.general.id, str(export))
    assert code == 0, said
    async with running_bot(scene.environ):
        await scene.answered(scene.ask("@Confab hello"))
    assert scene.azure.requests[0].persona == "You are a hiking guide."
    export.write_text('{"systemPrompt": 5}')
    code, said = await confab(scene.environ, "import", "--channel", scene.slack.general.id, str(export))
    assert code == 1
    assert "systemPrompt" in said
    code, said = await confab(scene.environ, "import", "--channel", scene.slack.general.id, "absent.json")
    assert code == 1
    assert said == "This setup cannot be imported: absent.json: No such file or directory.\n"


async def test_export_gives_back_what_was_imported(small_scene: Scene, tmp_path: Path) -> None:
    scene, file = small_scene, tmp_path / "setup.json"
    came = {
        "systemPrompt": "You are a hiking guide.",
        "theirs": {"kept": [1.0, None]},
        "chatParameters": {"deploymentName": "elsewhere", "temperature": 1, "stopSequences": "END"},
    }
    file.write_text(json.dumps(came))
    channel = ("--channel", scene.slack.general.id)
    assert (await confab(scene.environ, "import", *channel, str(file)))[0] == 0
    code, said = await confab(scene.environ, "export", *channel)
    assert code == 0, said
    assert json.loads(said) == came
    assert (await confab(scene.environ, "export", *channel, str(file)))[0] == 0
    assert json.loads(file.read_text()) == came
    code, said = await confab(scene.environ, "export", *channel, str(tmp_path / "absent" / "setup.json"))
    assert code == 1
    assert said.endswith("No such file or directory.\n")


async def test_an_imported_default_reaches_every_channel_without_a_setup(
    small_scene: Scene, tmp_path: Path
) -> None:
    scene, file = small_scene, tmp_path / "setup.json"
    file.write_text(json.dumps({"systemPrompt": "You are everywhere."}))
    assert (await confab(scene.environ, "import", "--channel", "*", str(file)))[0] == 0
    code, said = await confab(scene.environ, "export", "--channel", scene.slack.general.id)
    assert (code, json.loads(said)["systemPrompt"]) == (0, "You are everywhere.")
    async with running_bot(scene.environ):
        await scene.answered(scene.ask("@Confab hello"))
    assert scene.azure.requests[0].persona == "You are everywhere."


async def test_import_refuses_what_the_deployment_cannot_take(small_scene: Scene, tmp_path: Path) -> None:
    file = tmp_path / "setup.json"
    file.write_text(
        json.dumps({"chatParameters": {"deploymentName": "qwen3-8b", "stopSequences": list("abcd")}})
    )
    code, said = await confab(small_scene.environ, "import", "--channel", "C1", str(file))
    assert code == 1
    assert "chatParameters.stopSequences: qwen3-8b is asked by ChatML" in said


async def test_an_uninstalled_app_ends_in_order(small_scene: Scene) -> None:
    scene = small_scene
    async with running_bot(scene.environ) as bot:
        await scene.answered(scene.ask("@Confab hello"))
        scene.slack.announce("app_uninstalled")
        assert await bot.wait() == 0


async def test_a_second_signal_ends_at_once(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers.append(Answer("never ends", stuck_after=3))
    async with running_bot(scene.environ | {"CONFAB_DRAIN_SECONDS": "600"}) as bot:
        scene.ask("@Confab hello")
        await scene.azure.until(lambda azure: azure.open_answers == 1)
        bot.send_signal(signal.SIGTERM)
        await scene.until(lambda: not scene.slack.connections.open)
        bot.send_signal(signal.SIGTERM)
        assert await bot.wait() == -signal.SIGTERM
