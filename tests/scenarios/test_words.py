"""The words after `/confab`, and the mention that stands for them in a thread."""

from bot.chat.setup import ChannelSettings, Persona, Setup
from bot.playground.workspace import Shown
from bot.slack.command import texts as command_texts
from bot.slack.settings_modal import texts
from tests.scenarios.panel import Panel, current, published


async def test_where_confab_is_not_it_says_how_to_invite_it(ada: Panel) -> None:
    async with ada.scene.confab():
        for word in ("", " persona Xbox", " history", " code", " try", " usage", " reset"):
            assert "/invite @Confab" in await ada.hears(f"/confab{word}", ada.scene.slack.random)
        assert ada.scene.slack.modal(ada.person) is None
        assert await ada.hears("/confab help", ada.scene.slack.random) == command_texts.HELP


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


async def test_code_and_try_are_one_word_away(ada: Panel) -> None:
    slack = ada.scene.slack
    async with ada.scene.confab() as confab:
        await published(confab, slack.general, Setup(Persona(system_message="Shown as code.")))
        await ada.opens("/confab code")
        await ada.sees("Shown as code.")
        ada.leave()
        said = await ada.hears("/confab try")
        (root,) = slack.see(slack.direct(ada.person))
        assert said == texts.trial_begun(trial_address(ada, root))
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
        (root,) = ada.scene.slack.see(ada.scene.slack.direct(ada.person))
        assert texts.trial_begun(trial_address(ada, root)) in ada.text


def trial_address(panel: Panel, root: Shown) -> str:
    slack = panel.scene.slack
    place = f"https://{slack.team.domain}.slack.test/archives/{slack.direct(panel.person).id}"
    return f"{place}/p{root.ts.replace('.', '')}"
