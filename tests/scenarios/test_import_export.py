"""A setup comes as a file or pasted, and leaves as one."""

import json

from bot.slack.settings_modal import file_texts
from tests.scenarios.panel import Panel, current


async def test_an_exported_setup_is_pasted_and_a_foreign_one_refused_with_its_key(ada: Panel) -> None:
    async with ada.scene.confab() as confab:
        await ada.opens()
        await ada.part("setup")
        await ada.push("settings.import")
        await ada.submit(pasted=json.dumps({"chatParameters": {"temperature": 9}}))
        assert "chatParameters.temperature" in ada.top.errors[ada.block("pasted")]
        await ada.submit(pasted="{\n")
        assert "line" in ada.top.errors[ada.block("pasted")]
        setup = {"systemPrompt": "You are pasted.", "chatParameters": {"topProbablities": 0.5}}
        await ada.submit(pasted=json.dumps(setup))
        assert ada.value("system.0") == "You are pasted."
        ada.back()
        await ada.submit()
        imported = await current(confab, ada.scene.slack.general)
        assert (imported.persona.system_message, imported.settings.top_p) == ("You are pasted.", 0.5)


async def test_a_file_is_imported_and_the_same_setup_exported_to_its_owner(ada: Panel) -> None:
    slack = ada.scene.slack
    setup = {
        "systemPrompt": "You are filed.",
        "fewShotExamples": [{"userInput": "a", "chatbotResponse": "b"}],
        "chatParameters": {"topProbablities": 0.5, "stopSequences": None},
        "somebody": {"else": ["s", "key"]},
    }
    async with ada.scene.confab():
        await ada.opens()
        file = slack.upload(ada.person, "setup.json", json.dumps(setup).encode())
        await ada.part("setup")
        await ada.push("settings.import")
        await ada.submit(file=[file])
        assert not ada.top.errors
        assert ada.value("system.0") == "You are filed."
        await ada.push("settings.export")
        await ada.sees(file_texts.EXPORTED)
        (sent,) = [each for each in slack.record.history.channel(slack.direct(ada.person).id) if each.files]
        stored = slack.files.get(sent.files[0].id)
        assert stored is not None
        assert json.loads(stored.content) == setup


async def test_a_file_that_is_no_setup_is_refused_at_its_field(ada: Panel) -> None:
    slack = ada.scene.slack
    async with ada.scene.confab():
        await ada.opens()
        await ada.part("setup")
        await ada.push("settings.import")
        await ada.submit(file=[slack.upload(ada.person, "picture.json", b"\xff\xfe\x00picture")])
        assert ada.top.errors == {ada.block("file"): file_texts.NOT_A_SETUP}
        await ada.submit(file=[slack.upload(ada.person, "setup.json", b'{"systemPrompt": 7}')])
        assert "systemPrompt" in ada.top.errors[ada.block("file")]


async def exporting(panel: Panel) -> None:
    await panel.opens()
    await panel.part("setup")


def sent(panel: Panel) -> bool:
    slack = panel.scene.slack
    return any(each.files for each in slack.record.history.channel(slack.direct(panel.person).id))


async def test_an_export_whose_view_slack_does_not_take_says_where_the_file_is(ada: Panel) -> None:
    async with ada.scene.confab():
        await exporting(ada)
        ada.scene.slack.faults.answer_error("views.update", "view_too_large")
        await ada.push("settings.export")
        await ada.sees(file_texts.EXPORTED_ALONE)
        assert sent(ada)


async def test_an_export_whose_file_slack_does_not_take_says_so(ada: Panel) -> None:
    async with ada.scene.confab():
        await exporting(ada)
        ada.scene.slack.faults.answer_error("files.completeUploadExternal", "posting_to_channel_denied")
        await ada.push("settings.export")
        await ada.sees(file_texts.EXPORT_NOT_SENT)
        assert not sent(ada)


async def test_an_export_whose_view_was_perhaps_opened_sends_the_file_that_it_speaks_of(ada: Panel) -> None:
    async with ada.scene.confab():
        await exporting(ada)
        ada.scene.slack.faults.drop_answer("views.push")
        await ada.push("settings.export")
        assert file_texts.EXPORT_SENDING in ada.text
        await ada.scene.until(lambda: sent(ada))
