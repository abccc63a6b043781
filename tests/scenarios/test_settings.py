"""The settings modal by its front door: commands, presses and submissions, through the strict workspace."""

import time
from dataclasses import replace

import pytest

from bot.chat.setup import Example, Persona, Setup
from bot.database.access import Database
from bot.database.personas import StoredPersonas
from bot.slack.settings_modal import texts
from tests.scenarios.panel import Panel, current, published
from tests.scenarios.scene import Scene


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


async def test_in_a_direct_message_access_speaks_of_no_channel(ada: Panel) -> None:
    slack = ada.scene.slack
    async with ada.scene.confab():
        await ada.opens(channel=slack.direct(slack.ada))
        assert texts.ALONE in ada.text
        assert "settings.open.access" not in ada.text


async def test_thousands_of_tokens_are_read_as_written_and_said_back(ada: Panel) -> None:
    async with ada.scene.confab():
        await ada.opens()
        await ada.part("settings")
        await ada.submit(daily_tokens="100.000")
        assert "Tokens a day: no limit \u2192 100,000" in ada.text
        await ada.part("settings")
        assert ada.value("daily_tokens") == "100000"
