"""The settings modal by its front door: commands, presses and submissions, through the strict workspace."""

import json
import time
from dataclasses import replace

import pytest

from bot.app import Confab
from bot.chat.setup import Access, ChannelSettings, Configurers, Example, Persona, Setup
from bot.database.access import Database
from bot.database.personas import StoredPersonas
from bot.playground.workspace import Channel
from bot.slack.command import texts as command_texts
from bot.slack.settings_modal import texts
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene


@pytest.fixture
def ada(small_scene: Scene) -> Panel:
    return Panel(small_scene, small_scene.slack.ada)


@pytest.fixture
def grace(small_scene: Scene) -> Panel:
    return Panel(small_scene, small_scene.slack.grace)


async def current(confab: Confab, channel: Channel) -> Setup:
    return await confab.setups.current(confab.workspace.us.team_id, channel.id)


async def published(confab: Confab, channel: Channel, setup: Setup) -> int:
    return await confab.setups.publish(confab.workspace.us.team_id, channel.id, setup, "UADA")


async def test_the_seeds_walk_from_a_preset_to_a_published_version(scene: Scene) -> None:
    ada = Panel(scene, scene.slack.ada)
    async with scene.confab() as confab:
        await ada.opens()
        await ada.part("setup")
        await ada.change("settings.choose_persona", "xbox-support")
        assert ada.value("name") == "Xbox customer support agent"
        assert "primary goal is to help users with issues" in ada.value("system.0")
        await ada.submit()
        await ada.part("settings")
        await ada.submit(temperature="0,2", past_messages="4")
        assert "Temperature: 0.7 \u2192 0.2" in ada.text
        assert (await current(confab, scene.slack.general)).version == 0
        await ada.submit()
        assert texts.published_said(1) in ada.text
        setup = await current(confab, scene.slack.general)
        assert (setup.persona.name, setup.settings.temperature) == ("Xbox customer support agent", 0.2)
        root = scene.ask("@Confab I'm interested in buying a new Xbox")
        await scene.answered(root)
    (request,) = scene.azure.requests
    assert request.body["temperature"] == 0.2
    assert "Xbox" in request.body["messages"][0]["content"]


@pytest.mark.parametrize("kind", ["general", "launch", "direct"])
async def test_the_command_opens_the_settings_everywhere_confab_is(ada: Panel, kind: str) -> None:
    slack = ada.scene.slack
    places = {"general": slack.general, "launch": slack.launch, "direct": slack.direct(slack.ada)}
    async with ada.scene.confab():
        await ada.opens(channel=places[kind])
        for title in (texts.SETUP, texts.EXAMPLES, texts.SETTINGS, texts.ACCESS, texts.HISTORY):
            assert f"*{title}*" in ada.text


async def test_where_confab_is_not_it_says_how_to_invite_it(ada: Panel) -> None:
    async with ada.scene.confab():
        for word in ("", " persona Xbox", " history", " code", " try", " usage", " reset"):
            assert "/invite @Confab" in await ada.hears(f"/confab{word}", ada.scene.slack.random)
        assert ada.scene.slack.modal(ada.person) is None
        assert await ada.hears("/confab help", ada.scene.slack.random) == command_texts.HELP


async def test_a_closed_modal_loses_nothing_and_discarding_asks_for_nothing_more(ada: Panel) -> None:
    async with ada.scene.confab() as confab:
        await ada.opens()
        await ada.part("setup")
        await ada.submit(name="Half done", system__0="Be brief.")
        ada.leave()
        await ada.opens()
        assert "Half done" in ada.text
        assert texts.UNPUBLISHED in ada.text
        await ada.press("settings.discard")
        assert texts.DISCARDED in ada.text
        assert "Half done" not in ada.text
        assert await current(confab, ada.scene.slack.general) == Setup()


async def test_what_is_typed_is_kept_at_a_press_too(ada: Panel) -> None:
    async with ada.scene.confab():
        await ada.opens()
        await ada.part("setup")
        ada.scene.slack.fill(ada.person, ada.top, {ada.block("name"): "Typed"})
        await ada.change("settings.more_room")
        assert ada.value("name") == "Typed"
        assert ada.value("system.1") is None
        ada.leave()
        await ada.opens()
        assert "Typed" in ada.text


async def test_bad_values_are_refused_at_their_fields_with_the_range(ada: Panel) -> None:
    async with ada.scene.confab():
        await ada.opens()
        await ada.part("settings")
        await ada.submit(temperature="warm", top_p="1.5", stop="a\nb\nc\nd\ne", past_messages="1.5")
        errors = {block.partition(":")[0]: said for block, said in ada.top.errors.items()}
        assert set(errors) == {"temperature", "top_p", "stop", "past_messages"}
        assert "from 0 to 2" in errors["temperature"]
        assert "from 0 to 1" in errors["top_p"]
        assert ada.value("temperature") == "warm"


async def test_both_ways_of_randomness_bring_the_seeds_advice(ada: Panel) -> None:
    async with ada.scene.confab():
        await ada.opens()
        await ada.part("settings")
        await ada.submit(temperature="0.1", top_p="0.1")
        assert "Temperature and top P are both changed" in ada.text
        await ada.part("settings")
        assert "Temperature and top P are both changed" in ada.text


async def test_twelve_thousand_characters_come_back_as_they_were(ada: Panel) -> None:
    text = ("A system message of many words.\n" * 400)[:12_000].strip()
    async with ada.scene.confab() as confab:
        await published(confab, ada.scene.slack.general, Setup(Persona(system_message=text)))
        await ada.opens()
        await ada.part("setup")
        await ada.submit(greeting__0="Hello.")
        await ada.submit()
        setup = await current(confab, ada.scene.slack.general)
        assert (setup.version, setup.persona.system_message) == (2, text)


async def test_examples_are_added_edited_moved_and_removed(ada: Panel) -> None:
    async with ada.scene.confab() as confab:
        await ada.opens()
        await ada.part("examples")
        for word in ("one", "two", "three"):
            await ada.push("settings.add_example")
            await ada.submit(user__0=f"{word}?", assistant__0=f"{word}!")
        await ada.change("settings.on_example", "up.2", "example.2")
        await ada.change("settings.on_example", "remove.0", "example.0")
        await ada.push("settings.on_example", "edit.1", "example.1")
        assert ada.value("user.0") == "two?"
        await ada.submit(assistant__0="TWO!")
        ada.back()
        await ada.sees("2 pairs")
        await ada.submit()
        setup = await current(confab, ada.scene.slack.general)
        assert setup.persona.examples == (Example("three?", "three!"), Example("two?", "TWO!"))


async def test_an_example_with_one_side_empty_is_refused_there(ada: Panel) -> None:
    async with ada.scene.confab():
        await ada.opens()
        await ada.part("examples")
        await ada.push("settings.add_example")
        await ada.submit(user__0="a question", assistant__0=" ")
        assert [each.partition(":")[0] for each in ada.top.errors] == ["assistant.0"]


async def test_the_largest_of_everything_opens(ada: Panel) -> None:
    slack = ada.scene.slack
    long = "\U0001f600 & <word> " * 1_200
    pair = Example(long[:3_000], long[:3_000])
    persona = Persona("N" * 80, long[:12_000], (pair,) * 50, ":robot_face:", long[:3_000])
    async with ada.scene.confab() as confab:
        await published(confab, slack.general, Setup(persona))
        library = StoredPersonas(Database(ada.scene.environ["DATABASE_URL"]), time.time)
        for number in range(200):
            named = replace(persona, name=f"{number} {'n' * 70}", examples=())
            await library.add(slack.team.id, named, slack.ada.id, most=200)
        await ada.opens()
        for part in ("setup", "examples", "settings", "access", "history"):
            await ada.part(part)
            ada.back()
        await ada.part("examples")
        for page in range(1, 5):
            await ada.press("settings.turn_examples.on")
            assert f"*{page * 10 + 1}.*" in ada.text
        await ada.push("settings.on_example", "edit.49", "example.49")
        assert ada.title == "Example 50"
        ada.back()
        ada.back()
        await ada.part("setup")
        parcel = slack.options(ada.person, ada.top, "settings.choose_persona", "199 ")
        await ada.scene.until(parcel.settled.is_set)
        assert parcel.answer is not None
        (found,) = parcel.answer["options"]
        await ada.change("settings.choose_persona", found["value"])
        assert ada.value("name") == f"199 {'n' * 70}"


async def test_the_history_says_who_and_what_and_restores(ada: Panel) -> None:
    async with ada.scene.confab() as confab:
        slack = ada.scene.slack
        for number in range(1, 8):
            setup = Setup(settings=ChannelSettings(max_response=100 * number))
            await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.grace.id)
        await ada.opens("/confab history")
        assert f"<@{slack.grace.id}>" in ada.text
        assert "600 \u2192 700" in ada.text
        await ada.press("settings.turn_history.on")
        await ada.press("settings.restore", block="version.2")
        assert texts.published_said(8) in ada.text
        assert (await current(confab, slack.general)).settings.max_response == 200
        await ada.press("settings.home")
        assert "This is version 8." in ada.text


async def test_publishing_over_somebody_elses_newer_version_is_noticed(ada: Panel, grace: Panel) -> None:
    async with ada.scene.confab() as confab:
        for panel, temperature in ((ada, "0.1"), (grace, "0.9")):
            await panel.opens()
            await panel.part("settings")
            await panel.submit(temperature=temperature)
        await grace.submit()
        await ada.submit()
        assert "Version 1 was published meanwhile" in ada.text
        assert f"<@{grace.person.id}>" in ada.text
        assert (await current(confab, ada.scene.slack.general)).settings.temperature == 0.9
        await ada.press("settings.keep_mine")
        setup = await current(confab, ada.scene.slack.general)
        assert (setup.version, setup.settings.temperature) == (2, 0.1)


async def test_an_old_view_cannot_undo_a_newer_draft_unseen(ada: Panel) -> None:
    async with ada.scene.confab() as confab:
        await ada.opens()
        await ada.part("settings")
        key = confab.workspace.us.team_id, ada.scene.slack.general.id, ada.person.id
        await elsewhere(confab, *key)
        await ada.submit(temperature="0.3")
        assert texts.STALE in ada.text
        assert ada.value("temperature") == "0.3"
        await ada.submit()
        assert "Temperature: 0.7 \u2192 0.3" in ada.text
        assert "Name: Confab \u2192 On the phone" in ada.text


async def elsewhere(confab: Confab, team_id: str, channel_id: str, person_id: str) -> None:
    """The same person, on another device."""
    from bot.chat.versions import DraftKey  # noqa: PLC0415 - one use

    await confab.trade.configuring.set_persona(
        DraftKey(team_id, channel_id, person_id),
        None,
        name="On the phone",
        icon="",
        system_message="",
        greeting="",
    )


async def test_who_may_not_sees_what_they_may_and_publishes_by_no_route(ada: Panel, grace: Panel) -> None:
    slack = ada.scene.slack
    async with ada.scene.confab() as confab:
        await grace.opens()
        await grace.part("setup")
        await grace.submit(name="Grace's own")
        secret = Setup(
            Persona("Agent", "The secret words."), access=Access(Configurers.LISTED, open_to_read=False)
        )
        await published(confab, slack.general, secret)
        await grace.submit()
        assert texts.LOST_RIGHT in grace.text
        for replayed in [each for each in slack.parcels if each.kind == "interactive"]:
            parcel = slack.send("interactive", replayed.payload)
            await ada.scene.until(parcel.settled.is_set)
        grace.leave()
        await grace.opens()
        assert "secret words" not in grace.text
        assert texts.HIDDEN in grace.text
        assert "submit" not in grace.top.content
        await grace.part("settings")
        assert "submit" not in grace.top.content
        grace.leave()
        await grace.opens("/confab persona Xbox")
        assert "secret words" not in grace.text
        grace.leave()
        await grace.opens("/confab reset")
        assert "submit" not in grace.top.content
        assert (await current(confab, slack.general)).version == 1


async def test_a_guest_looks_and_changes_nothing(ada: Panel) -> None:
    slack = ada.scene.slack
    guest = Panel(ada.scene, slack.add_person("Guest", is_guest=True))
    slack.join(guest.person, slack.general)
    async with ada.scene.confab():
        await guest.opens()
        assert "guests" in guest.text
        assert "submit" not in guest.top.content


async def test_an_exported_setup_is_pasted_and_a_foreign_one_refused_with_its_key(ada: Panel) -> None:
    async with ada.scene.confab() as confab:
        await ada.opens()
        await ada.part("setup")
        await ada.push("settings.import")
        await ada.submit(pasted=json.dumps({"chatParameters": {"temperature": 9}}))
        assert "chatParameters.temperature" in next(iter(ada.top.errors.values()))
        await ada.submit(pasted="{\n")
        assert "line" in next(iter(ada.top.errors.values()))
        setup = {"systemPrompt": "You are pasted.", "chatParameters": {"topProbablities": 0.5}}
        await ada.submit(pasted=json.dumps(setup))
        assert ada.value("system.0") == "You are pasted."
        ada.back()
        await ada.submit()
        imported = await current(confab, ada.scene.slack.general)
        assert (imported.persona.system_message, imported.settings.top_p) == ("You are pasted.", 0.5)


async def test_a_persona_named_after_the_command_is_offered(ada: Panel) -> None:
    async with ada.scene.confab():
        await ada.opens("/confab persona xbox")
        assert "*Xbox customer support agent*" in ada.text
        await ada.change("settings.take_persona")
        assert ada.value("name") == "Xbox customer support agent"
        await ada.submit()
        assert texts.KEPT in ada.text
        assert "submit" in ada.top.content
        ada.leave()
        await ada.opens("/confab persona nobody of that name")
        assert "No persona is called" in ada.text


async def test_reset_asks_first_and_leaves_the_persona(ada: Panel) -> None:
    slack = ada.scene.slack
    async with ada.scene.confab() as confab:
        setup = Setup(Persona("Agent"), ChannelSettings(temperature=0.1))
        await published(confab, slack.general, setup)
        await ada.opens("/confab reset")
        assert command_texts.RESET_ASKS in ada.text
        assert (await current(confab, slack.general)).version == 1
        await ada.submit()
        reset = await current(confab, slack.general)
        assert (reset.version, reset.persona.name, reset.settings) == (2, "Agent", ChannelSettings())


async def test_words_that_are_answered_at_once(ada: Panel) -> None:
    async with ada.scene.confab():
        assert await ada.hears("/confab help") == command_texts.HELP
        assert "I do not know `sing`" in await ada.hears("/confab sing")
        assert "*0* tokens today" in await ada.hears("/confab usage")
        await ada.scene.answered(ada.scene.ask("@Confab hello"))
        assert "*0* tokens today" not in await ada.hears("/confab usage")


async def test_in_a_thread_a_mention_and_the_word_offer_a_button_to_that_person_alone(ada: Panel) -> None:
    slack = ada.scene.slack
    async with ada.scene.confab():
        root = ada.scene.ask("@Confab hello")
        await ada.scene.answered(root)
        asked = ada.scene.ask("@Confab Settings", under=root)
        await ada.scene.until(lambda: any(each.ephemeral for each in ada.scene.thread(root)))
        await ada.scene.settled()
        seen = slack.see(root.channel, root.ts, slack.grace)
        assert not any(each.ephemeral for each in seen)
        offers = [each for each in slack.see(root.channel, root.ts, slack.ada) if each.ephemeral]
        assert [each.text for each in offers] == [command_texts.OFFER]
        assert len(ada.scene.azure.requests) == 1
        assert asked.thread_ts == root.ts
        message = slack.record.history.get(root.channel, offers[0].ts)
        assert message is not None
        slack.press(ada.person, message, "open_settings")
        await ada.scene.until(lambda: slack.modal(ada.person) is not None and "Settings" in ada.text)


async def test_access_is_given_to_listed_people(ada: Panel, grace: Panel) -> None:
    async with ada.scene.confab() as confab:
        await ada.opens()
        await ada.part("access")
        await ada.submit(configurers="listed", people=[grace.person.id], reading="closed")
        await ada.submit()
        access = (await current(confab, ada.scene.slack.general)).access
        assert access == Access(Configurers.LISTED, (grace.person.id,), open_to_read=False)
        await grace.opens()
        await grace.part("settings")
        assert "submit" in grace.top.content


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
        await ada.sees(texts.EXPORTED)
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
        assert list(ada.top.errors.values()) == [texts.NOT_A_SETUP]
        await ada.submit(file=[slack.upload(ada.person, "setup.json", b'{"systemPrompt": 7}')])
        assert "systemPrompt" in next(iter(ada.top.errors.values()))


async def test_code_and_try_are_one_word_away(ada: Panel) -> None:
    slack = ada.scene.slack
    async with ada.scene.confab() as confab:
        await published(confab, slack.general, Setup(Persona(system_message="Shown as code.")))
        await ada.opens("/confab code")
        await ada.sees("Shown as code.")
        ada.leave()
        assert await ada.hears("/confab try") == texts.TRIAL_BEGUN
        (root,) = slack.see(slack.direct(ada.person))
        asked = slack.post(ada.person, slack.direct(ada.person), "hello", thread_ts=root.ts)
        await ada.scene.until(lambda: len(ada.scene.azure.requests) == 1)
        assert asked.thread_ts == root.ts
        assert ada.scene.azure.requests[0].body["messages"][0]["content"] == "Shown as code."


async def test_code_opens_over_the_root_and_try_says_where_it_began(ada: Panel) -> None:
    async with ada.scene.confab():
        await ada.opens()
        await ada.push("settings.code")
        ada.back()
        await ada.press("settings.try")
        assert texts.TRIAL_BEGUN in ada.text
