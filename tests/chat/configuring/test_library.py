"""The personas to choose from, and what choosing one does to a draft."""

from bot.chat.library import MOST_PERSONAS, LibraryPage
from bot.chat.outcomes import Done, Gone, NotAllowed, Refused, Stale
from bot.chat.rights import NoRight
from bot.chat.setup import Example, Persona
from bot.chat.versions import LibraryPersona
from tests.chat.configuring.desk import Desk, key, persona
from tests.chat.configuring.roster import TEAM


async def kept(desk: Desk, name: str = "Ours", by: str = "boss") -> LibraryPersona:
    created = await desk.library.create(TEAM, by, persona(name))
    assert isinstance(created, LibraryPersona)
    return created


async def test_the_built_in_personas_come_first_then_the_workspaces_by_name(desk: Desk) -> None:
    for name in ("zebra", "Antelope"):
        await kept(desk, name)
    listed = (await desk.library.list(TEAM)).personas
    assert [each.name for each in listed][-2:] == ["Antelope", "zebra"]
    assert [each.ours for each in listed] == [False] * (len(listed) - 2) + [True, True]
    assert listed[1].name == "Xbox customer support agent"
    assert (await desk.library.list("T2")).total == len(listed) - 2


async def test_choosing_a_persona_replaces_the_drafts_with_its_examples(desk: Desk) -> None:
    await desk.configuring.add_example(key(), None, "old", "pair")
    await desk.configuring.set_settings(key(), None, {"temperature": "0.1"})
    done = await desk.configuring.choose_persona(key(), None, "json-formatter")
    assert isinstance(done, Done)
    chosen = await desk.library.find(TEAM, "json-formatter")
    assert chosen is not None
    assert done.draft.setup.persona == chosen.persona
    assert done.draft.setup.settings.temperature == 0.1
    own = await kept(desk)
    done = await desk.configuring.choose_persona(key(), done.draft.mark, own.id)
    assert isinstance(done, Done)
    assert done.draft.setup.persona == own.persona


async def test_a_persona_that_was_deleted_cannot_be_chosen(desk: Desk) -> None:
    own = await kept(desk)
    assert await desk.library.delete(TEAM, "boss", own.id) is None
    assert await desk.library.delete(TEAM, "boss", own.id) == Gone()
    refused = await desk.configuring.choose_persona(key(), None, own.id)
    assert isinstance(refused, Refused)
    assert "not in the library any more" in refused.fields["persona"]
    for odd in ("", "nobody", "-1", "9" * 40, "²"):
        assert await desk.library.find(TEAM, odd) is None


async def test_choosing_from_an_older_view_is_noticed(desk: Desk) -> None:
    old = (await desk.draft()).mark
    await desk.named("Mine")
    assert isinstance(await desk.configuring.choose_persona(key(), old, "xbox-support"), Stale)


async def test_a_persona_is_edited_copied_and_deleted_by_admins_alone(desk: Desk) -> None:
    own = await kept(desk, by="root")
    for person, reason in (("ada", NoRight.NOT_ADMIN), ("guest", NoRight.NOT_FULL)):
        denied = NotAllowed(reason)
        assert await desk.library.create(TEAM, person, persona()) == denied
        assert await desk.library.edit(TEAM, person, own.id, persona(), revision=1) == denied
        assert await desk.library.copy(TEAM, person, "default") == denied
        assert await desk.library.delete(TEAM, person, own.id) == denied
    assert await desk.library.find(TEAM, own.id) == own
    edited = await desk.library.edit(TEAM, "boss", own.id, persona("Other"), revision=own.revision)
    assert (
        edited == await desk.library.find(TEAM, own.id) == LibraryPersona(own.id, persona("Other"), True, 2)
    )


async def test_a_persona_that_somebody_else_changed_is_not_overwritten(desk: Desk) -> None:
    own = await kept(desk)
    await desk.library.edit(TEAM, "root", own.id, persona("Theirs"), revision=1)
    refused = await desk.library.edit(TEAM, "boss", own.id, persona("Mine"), revision=1)
    assert isinstance(refused, Refused)
    again = await desk.library.edit(TEAM, "root", own.id, persona("Theirs"), revision=1)
    assert isinstance(again, LibraryPersona)
    assert again.revision == 2
    assert await desk.library.edit(TEAM, "boss", "4711", persona(), revision=1) == Gone()
    assert await desk.library.edit(TEAM, "boss", "default", persona(), revision=0) == Gone()


async def test_a_copy_is_the_workspaces_own_with_a_name_of_its_own(desk: Desk) -> None:
    copied = await desk.library.copy(TEAM, "boss", "shakespearean-writer")
    assert isinstance(copied, LibraryPersona)
    assert (copied.ours, copied.persona.name) == (True, "Shakespearean writer (copy)")
    original = await desk.library.find(TEAM, "shakespearean-writer")
    assert original is not None
    assert copied.persona.examples == original.persona.examples
    long = await kept(desk, "n" * 80)
    assert isinstance(await desk.library.copy(TEAM, "boss", long.id), LibraryPersona)
    assert await desk.library.copy(TEAM, "boss", "nobody") == Gone()


async def test_a_faulty_persona_is_refused_at_its_fields(desk: Desk) -> None:
    refused = await desk.library.create(TEAM, "boss", Persona("", "x" * 12_001))
    assert isinstance(refused, Refused)
    assert set(refused.fields) == {"name", "system_message"}


async def test_another_workspaces_personas_are_out_of_reach(desk: Desk) -> None:
    own = await kept(desk)
    assert await desk.library.find("T2", own.id) is None
    assert not await desk.personas.remove("T2", own.id)
    assert not await desk.personas.change("T2", own.id, persona(), "boss", revision=1)


async def test_personas_are_found_by_name(desk: Desk) -> None:
    await kept(desk, "Xbox")
    names = {
        wanted: [each.name for each in await desk.library.named(TEAM, wanted)]
        for wanted in ("xbox", " HIKING guide ", "writer", "json-formatter", "nobody")
    }
    assert names == {
        "xbox": ["Xbox"],
        " HIKING guide ": ["Hiking guide"],
        "writer": ["Shakespearean writer", "Marketing writer"],
        "json-formatter": ["JSON formatter"],
        "nobody": [],
    }


async def test_two_hundred_of_the_largest_personas_are_listed_page_by_page(small_desk: Desk) -> None:
    desk = small_desk
    largest = Persona("n" * 80, "s" * 12_000, (Example("u" * 3_000, "a" * 3_000),) * 50)
    for _ in range(MOST_PERSONAS):
        await desk.personas.add(TEAM, largest, "boss", most=MOST_PERSONAS)
    seen, start, pages = 0, 0, 0
    while True:
        page: LibraryPage = await desk.library.list(TEAM, start=start, limit=100)
        seen, pages = seen + len(page.personas), pages + 1
        if page.next is None:
            break
        start = page.next
    assert (seen, pages) == (page.total, 3)
    assert page.total == MOST_PERSONAS + 7
    refused = await desk.library.create(TEAM, "boss", persona())
    assert isinstance(refused, Refused)
    assert "at most 200" in refused.fields["name"]
