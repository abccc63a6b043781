"""What no modal holds: a file for one person alone, sent once."""

from bot.chat.code_samples.call import Extent, Language
from bot.playground.model import running_scripted_azure
from bot.playground.workspace import Installation
from bot.playground.workspace.serving import running_workspace
from bot.slack.answer_row import texts
from bot.slack.answer_row.longer import MOST
from bot.slack.answer_row.row import Choice
from tests.scenarios.answer_row import answered, choose, code, turned, words
from tests.scenarios.scene import MANIFEST, Scene, environ_for


async def test_what_no_modal_holds_is_a_file_for_that_person_alone(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    long = 'It\'s "long" \u05d0 and $goes on. ' * 500
    scene.azure.answers.append("Yes.")
    async with scene.confab():
        root = scene.ask(f"@Confab {long}")
        answer = await answered(scene, root)
        view = await choose(scene, Choice.CODE, answer, "grace")
        assert texts.SENT in words(view)
        assert len(code(view)) <= MOST + 1  # copying ends the last line
        [message] = slack.record.history.channel(slack.direct(slack.grace).id)
        [file] = message.files
        stored = slack.files.get(file.id)
        assert stored is not None
        body = stored.content.decode()
        assert body.startswith(code(view)[:200])
        assert "goes on" in body
        compile(body, "sample.py", "exec")
        slack.close("grace", view)
        view = await choose(scene, Choice.RAW, answer, "grace")
        assert texts.SENT in words(view)
        assert [each.text for each in slack.see(root.channel, root.ts)][1:] == ["Yes."]


async def test_a_file_is_sent_once_as_long_as_nothing_in_it_changes(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    scene.azure.answers.extend(["Yes.", "No."])
    async with scene.confab():
        root = scene.ask("@Confab " + "word " * 3_000)
        answer = await answered(scene, root)
        view = await choose(scene, Choice.CODE, answer)
        view = await turned(scene, view, Language.JSON)
        view = await turned(scene, view, Language.PYTHON)
        sent = slack.record.history.channel(slack.direct(slack.ada).id)
        assert [message.files[0].name for message in sent] == ["sample.py", "sample.json"]
        assert f"/files/{slack.confab.id}/{sent[0].files[0].id}/sample.py" in words(view)
        view = await turned(scene, view, Extent.SO_FAR)
        scene.ask("And now?", under=root)
        await answered(scene, root, 2)
        slack.close("ada", view)
        view = await turned(scene, await choose(scene, Choice.CODE, answer), Extent.SO_FAR)
        assert texts.SENT in words(view)  # the conversation has gone on
        await turned(scene, await turned(scene, view, Language.JSON), Language.PYTHON)
        assert slack.calls.count("files.completeUploadExternal") == 5


async def test_a_file_that_its_reader_deleted_is_sent_again(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        answer = await answered(scene, scene.ask("@Confab " + "word " * 3_000))
        slack.close("ada", await choose(scene, Choice.CODE, answer))
        slack.faults.refuse("files.info", "file_deleted")
        assert texts.SENT in words(await choose(scene, Choice.CODE, answer))
        assert slack.calls.count("files.completeUploadExternal") == 2


async def test_without_the_scope_for_files_there_is_the_beginning_and_a_word_about_it(
    sqlite_url: str,
) -> None:
    app = Installation.from_manifest(MANIFEST).without("files:write")
    async with running_workspace(app=app) as running, running_scripted_azure() as azure:
        scene = Scene(running, azure, environ_for(running, azure, sqlite_url))
        async with scene.confab():
            answer = await answered(scene, scene.ask("@Confab " + "word " * 3_000))
            view = await choose(scene, Choice.CODE, answer)
            assert texts.NOT_GRANTED in words(view)
            assert scene.slack.calls.count("files.getUploadURLExternal") == 0
