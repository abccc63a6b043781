"""What is typed goes into a draft, per person and channel, and a closed modal loses nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.outcomes import Done, Edit, Refused
from bot.chat.setup import Access, ChannelSettings, Configurers, Effort, Example, Persona, Setup
from bot.chat.versions import WORKSPACE
from tests.chat.configuring.desk import Desk, key


def done(edit: Edit) -> Setup:
    assert isinstance(edit, Done), edit
    return edit.draft.setup


def refused(edit: Edit) -> dict[str, str]:
    assert isinstance(edit, Refused), edit
    return dict(edit.fields)


async def test_a_draft_begins_from_what_the_channel_has(desk: Desk) -> None:
    opened = await desk.opened()
    assert opened.draft.setup == Setup()
    assert not opened.changed
    after = await desk.published("Xbox")
    assert (await desk.draft("grace")).setup == after
    assert (await desk.draft("grace")).setup.version == 1


async def test_a_draft_waits_for_its_person_and_its_channel(desk: Desk) -> None:
    desk.roster.members["C2"] = {"ada"}
    await desk.named("Mine")
    assert (await desk.draft()).setup.persona.name == "Mine"
    assert (await desk.opened()).changed
    assert (await desk.draft("grace")).setup == Setup()
    assert (await desk.draft("ada", "C2")).setup == Setup()
    assert await desk.current() == Setup()


async def test_a_discarded_draft_is_gone(desk: Desk) -> None:
    await desk.named("Mine")
    assert await desk.configuring.discard(key())
    assert not await desk.configuring.discard(key())
    assert (await desk.draft()).setup == Setup()


async def test_a_persona_keeps_its_examples_when_its_words_change(desk: Desk) -> None:
    done(await desk.configuring.add_example(key(), None, "Hi", "Hello!"))
    setup = done(
        await desk.configuring.set_persona(
            key(), None, name=" Xbox ", icon=" :video_game: ", system_message="Be kind.", greeting="Hello"
        )
    )
    assert setup.persona == Persona("Xbox", "Be kind.", (Example("Hi", "Hello!"),), ":video_game:", "Hello")


async def test_faults_of_a_persona_are_all_named_at_their_fields(small_desk: Desk) -> None:
    found = refused(
        await small_desk.configuring.set_persona(
            key(), None, name=" ", icon="robot", system_message="x" * 12_001, greeting="x" * 3_001
        )
    )
    assert found == {
        "name": "A name has 1 to 80 characters, in one line.",
        "icon": "An icon is one emoji by its name, such as :robot_face:, or nothing.",
        "system_message": "A system message has at most 12,000 characters, and this one has 12,001.",
        "greeting": "A greeting has at most 3,000 characters, and this one has 3,001.",
    }
    assert (await small_desk.draft()).setup == Setup()


@pytest.mark.parametrize(
    "icon",
    [
        ":robot_face:",
        ":+1:",
        ":wave::skin-tone-3:",
        ":größe:",
        ":नमस्ते:",
        ":" + "x" * 100 + "::skin-tone-2:",
        "",
    ],
)
async def test_an_icon_is_an_emoji_by_name(small_desk: Desk, icon: str) -> None:
    edit = await small_desk.configuring.set_persona(
        key(), None, name="X", icon=icon, system_message="", greeting=""
    )
    assert done(edit).persona.icon == icon


@pytest.mark.parametrize("icon", [":\U0001f916:", ":<!channel>:", ":<https://x.example|y>:", ":*b*:"])
async def test_an_icon_is_neither_the_emoji_itself_nor_markup(small_desk: Desk, icon: str) -> None:
    found = refused(
        await small_desk.configuring.set_persona(
            key(), None, name="X", icon=icon, system_message="", greeting=""
        )
    )
    assert set(found) == {"icon"}


@pytest.mark.parametrize("name", ["\u200b", "\u3164 ", "two\u2028lines", "two\rlines"])
async def test_a_name_can_be_seen_and_stands_in_one_line(small_desk: Desk, name: str) -> None:
    found = refused(
        await small_desk.configuring.set_persona(
            key(), None, name=name, icon="", system_message="", greeting=""
        )
    )
    assert set(found) == {"name"}


async def test_settings_are_taken_all_or_none(desk: Desk) -> None:
    setup = done(
        await desk.configuring.set_settings(
            key(), None, {"temperature": "0.2", "effort": "low", "stop": "END"}
        )
    )
    assert setup.settings == ChannelSettings(temperature=0.2, effort=Effort.LOW, stop=("END",))
    found = refused(
        await desk.configuring.set_settings(key(), None, {"temperature": "0.9", "max_response": "none"})
    )
    assert set(found) == {"max_response"}
    assert (await desk.draft()).setup.settings.temperature == 0.2


async def test_resetting_takes_the_settings_alone_and_the_workspaces_where_there_are_any(desk: Desk) -> None:
    await desk.named("Mine")
    await desk.configuring.set_settings(key(), None, {"past_messages": "2"})
    setup = done(await desk.configuring.reset_settings(key(), None))
    assert (setup.persona.name, setup.settings) == ("Mine", ChannelSettings())
    await desk.configuring.set_settings(key("boss", WORKSPACE), None, {"past_messages": "6"})
    await desk.publishing.publish(key("boss", WORKSPACE), None)
    assert done(await desk.configuring.reset_settings(key(), None)).settings.past_messages == 6


async def test_access_lists_each_person_once(desk: Desk) -> None:
    setup = done(
        await desk.configuring.set_access(
            key(), None, configurers=Configurers.LISTED, people=["ada", "boss", "ada"], open_to_read=False
        )
    )
    assert setup.access == Access(Configurers.LISTED, ("ada", "boss"), open_to_read=False)
    too_many = await desk.configuring.set_access(
        key(), None, configurers=Configurers.LISTED, people=[f"U{n}" for n in range(101)], open_to_read=True
    )
    assert set(refused(too_many)) == {"people"}


async def test_an_example_needs_both_of_its_texts_within_a_forms_length(small_desk: Desk) -> None:
    found = refused(await small_desk.configuring.add_example(key(), None, " ", "x" * 3_001))
    assert set(found) == {"user", "assistant"}
    assert "3,000" in found["assistant"]
    done(await small_desk.configuring.add_example(key(), None, "x" * 3_000, "y" * 3_000))
    assert set(refused(await small_desk.configuring.edit_example(key(), None, 0, "", "y"))) == {"user"}


async def test_an_example_that_is_not_there_is_refused(small_desk: Desk) -> None:
    for edit in (
        await small_desk.configuring.edit_example(key(), None, 0, "a", "b"),
        await small_desk.configuring.remove_example(key(), None, 3),
        await small_desk.configuring.move_example(key(), None, 1, 0),
    ):
        assert refused(edit) == {"examples": "This example is not there any more."}


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20).filter(
    str.strip
)
PLACE = st.integers(0, 8)
EDITS = st.one_of(
    st.tuples(st.just("add"), TEXT, TEXT),
    st.tuples(st.just("put"), PLACE, TEXT, TEXT),
    st.tuples(st.just("edit"), PLACE, TEXT, TEXT),
    st.tuples(st.just("remove"), PLACE),
    st.tuples(st.just("move"), PLACE, PLACE),
)


@given(st.lists(EDITS, max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_order_of_edits_equals_the_same_edits_on_a_plain_list(
    small_desk: Desk, edits: list[tuple[object, ...]]
) -> None:
    await small_desk.configuring.discard(key())
    plain: list[Example] = []
    for verb, *given_ in edits:
        mark = (await small_desk.draft()).mark
        edit = await in_draft(small_desk, mark, verb, given_)
        assert isinstance(edit, Done) == on_list(plain, verb, given_)
        assert (await small_desk.draft()).setup.persona.examples == tuple(plain)


async def in_draft(desk: Desk, mark: str, verb: object, given_: list[object]) -> Edit:
    configuring = desk.configuring
    match verb, given_:
        case "add", [str(user), str(answer)]:
            return await configuring.add_example(key(), mark, user, answer)
        case "put", [int(at), str(user), str(answer)]:
            return await configuring.add_example(key(), mark, user, answer, at)
        case "edit", [int(at), str(user), str(answer)]:
            return await configuring.edit_example(key(), mark, at, user, answer)
        case "remove", [int(at)]:
            return await configuring.remove_example(key(), mark, at)
        case "move", [int(at), int(to)]:
            return await configuring.move_example(key(), mark, at, to)
    raise AssertionError(verb)


def on_list(plain: list[Example], verb: object, given_: list[object]) -> bool:
    """The same on a list; False where there is nothing at that place."""
    match verb, given_:
        case "add", [str(user), str(answer)]:
            plain.append(Example(user, answer))
        case "put", [int(at), str(user), str(answer)]:
            plain.insert(at, Example(user, answer))
        case _, [int(at), *_] if at >= len(plain):
            return False
        case "edit", [int(at), str(user), str(answer)]:
            plain[at] = Example(user, answer)
        case "remove", [int(at)]:
            del plain[at]
        case "move", [int(at), int(to)]:
            plain.insert(to, plain.pop(at))
    return True


async def test_the_largest_draft_is_kept_whole(desk: Desk) -> None:
    configuring = desk.configuring
    await configuring.set_persona(
        key(), None, name="n" * 80, icon=":robot_face:", system_message="ß" * 12_000, greeting="g" * 3_000
    )
    for number in range(50):
        done(await configuring.add_example(key(), None, f"{number}".ljust(3_000, "u"), "ü" * 3_000))
    found = refused(await configuring.add_example(key(), None, "one", "more"))
    assert found == {"examples": "A persona has at most 50 examples."}
    draft = await desk.draft()
    assert len(draft.setup.persona.examples) == 50
    await desk.publishing.publish(key(), draft.mark)
    assert (await desk.current()).persona == draft.setup.persona
