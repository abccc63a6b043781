"""Who somebody is, as Slack says it now."""

from dataclasses import replace

import pytest

from bot.chat.rights import Standing
from bot.chat.versions import WORKSPACE
from bot.errors import SlackUnwilling
from bot.playground.workspace.channels import Channel, ChannelKind
from bot.slack import people as module
from bot.slack.people import SlackPeople
from tests.slack.desk import Desk, desk
from tests.slack.virtual_time import in_virtual_time


def people(d: Desk, *admins: str) -> SlackPeople:
    return SlackPeople(d.ours.calls, d.ours.us, admins=admins)


async def standing(d: Desk, person: str, channel: Channel | str, *admins: str) -> Standing:
    id_ = channel if isinstance(channel, str) else channel.id
    return await people(d, *admins).standing(d.theirs.team.id, id_, person)


def named(who: str, **marks: bool) -> Standing:
    nothing = Standing(who, full=False, workspace_admin=False, member=False, creator=False)
    return replace(nothing, **marks)  # type: ignore[arg-type]


@in_virtual_time
async def test_a_full_member_is_one_and_whoever_made_the_channel_made_it() -> None:
    async with desk() as d:
        ada, grace = d.theirs.ada.id, d.theirs.grace.id
        made = d.theirs.team.add_channel("made", (d.theirs.grace, d.theirs.ada, d.theirs.confab))
        assert await standing(d, grace, made) == named(grace, full=True, member=True, creator=True)
        assert await standing(d, ada, made) == named(ada, full=True, member=True, workspace_admin=True)
        assert await standing(d, grace, made, grace) == named(
            grace, full=True, member=True, creator=True, confab_admin=True
        )


@in_virtual_time
async def test_guests_and_people_of_other_organisations_are_not_full() -> None:
    async with desk() as d:
        guest = d.theirs.team.add_person("gus", "Gus", is_guest=True)
        outside = d.theirs.team.add_person("olga", "Olga", team_id="T0ELSEWHERE", is_admin=True)
        for person in (guest, outside):
            d.theirs.team.add_member("general", person)
            found = await standing(d, person.id, d.theirs.general, person.id)
            assert found == named(person.id, member=True)


@in_virtual_time
async def test_bots_and_strangers_are_nobody() -> None:
    async with desk() as d:
        weather = d.theirs.weather.id
        assert not (await standing(d, weather, d.theirs.general)).full
        assert await standing(d, "U0NOBODY", d.theirs.general) == named("U0NOBODY")


@in_virtual_time
async def test_who_has_left_a_channel_is_no_member_from_then_on() -> None:
    async with desk() as d:
        asked, grace = people(d), d.theirs.grace.id
        place = d.theirs.team.id, d.theirs.general.id, grace
        assert (await asked.standing(*place)).member
        d.theirs.team.remove_member("general", grace)
        assert not (await asked.standing(*place)).member
        d.theirs.team.keep_person(replace(d.theirs.team.person(grace), is_guest=True))
        assert not (await asked.standing(*place)).full


@in_virtual_time
async def test_a_channel_that_confab_cannot_see_gives_no_right() -> None:
    async with desk() as d:
        hidden = d.theirs.team.add_channel("hidden", (d.theirs.ada,), kind=ChannelKind.PRIVATE)
        assert not (await standing(d, d.theirs.ada.id, hidden)).member
        assert not (await standing(d, d.theirs.ada.id, "C0NOWHERE")).member


@in_virtual_time
async def test_a_direct_message_is_its_own_persons_alone() -> None:
    async with desk() as d:
        ada, grace = d.theirs.ada.id, d.theirs.grace.id
        theirs = d.theirs.direct("grace")
        assert await standing(d, grace, theirs) == named(grace, full=True, member=True, creator=True)
        assert not (await standing(d, ada, theirs)).member


@in_virtual_time
async def test_a_group_direct_message_is_its_members() -> None:
    async with desk() as d:
        group = d.theirs.team.direct(d.theirs.ada, d.theirs.grace, d.theirs.confab)
        other = d.theirs.team.add_person("joan", "Joan")
        assert (await standing(d, d.theirs.grace.id, group)).member
        assert not (await standing(d, other.id, group)).member


@in_virtual_time
async def test_the_workspaces_own_settings_ask_for_the_person_only() -> None:
    async with desk() as d:
        ada = d.theirs.ada.id
        assert await standing(d, ada, WORKSPACE) == named(ada, full=True, workspace_admin=True)
        assert d.methods() == ["users.info"]


@in_virtual_time
async def test_another_teams_channel_gives_no_right() -> None:
    async with desk() as d:
        found = await people(d).standing("T0ELSEWHERE", d.theirs.general.id, d.theirs.ada.id)
        assert not found.full
        assert not found.workspace_admin


@in_virtual_time
async def test_what_is_not_known_of_a_person_grants_nothing() -> None:
    async with desk() as d:
        d.theirs.faults.answer_error("users.info", "access_denied")
        with pytest.raises(SlackUnwilling):
            await standing(d, d.theirs.ada.id, d.theirs.general)


@in_virtual_time
async def test_a_standing_costs_two_calls_of_the_quick_kind() -> None:
    async with desk() as d:
        asked = people(d)
        for _ in range(5):
            await asked.standing(d.theirs.team.id, d.theirs.general.id, d.theirs.ada.id)
        assert sorted(d.methods()) == sorted(
            ["conversations.info", *["users.info"] * 5, *["conversations.members"] * 5]
        )


@in_virtual_time
async def test_in_a_huge_channel_the_persons_own_channels_are_read_instead() -> None:
    async with desk() as d:
        crowd = [d.theirs.team.add_person(f"p{n}", f"P{n}") for n in range(module.PAGE)]
        huge = d.theirs.team.add_channel("huge", (*crowd, d.theirs.grace, d.theirs.confab))
        assert (await standing(d, d.theirs.grace.id, huge)).member
        assert not (await standing(d, d.theirs.ada.id, huge)).member
        assert "conversations.members" not in d.methods()


@in_virtual_time
async def test_five_hundred_channels_come_by_name_and_private_ones_only_with_confab() -> None:
    async with desk() as d:
        grace, confab = d.theirs.grace, d.theirs.confab
        for number in range(500):
            d.theirs.team.add_channel(f"many-{number:03}", (grace, confab))
        d.theirs.team.add_channel("hidden", (grace,), kind=ChannelKind.PRIVATE)
        d.theirs.team.add_channel("A-first", (grace,))
        d.theirs.team.add_channel("secret", (grace, confab), kind=ChannelKind.PRIVATE)
        d.theirs.team.direct(d.theirs.ada, grace, confab)
        found = await people(d).channels_of(grace.id)
        names = [each.name for each in found]
        assert names[0] == "A-first"
        assert len([name for name in names if name.startswith("many-")]) == 500
        assert "hidden" not in names
        by_name = {each.name: each for each in found}
        assert not by_name["A-first"].confab_is_in
        assert by_name["secret"].private
        assert by_name["secret"].creator == grace.id
        assert found[-1].group_direct
        assert names[:-1] == sorted(names[:-1], key=str.casefold)
        assert by_name["random"].confab_is_in is False


@in_virtual_time
async def test_a_person_is_called_as_they_want_to_be() -> None:
    async with desk() as d:
        assert await people(d).name_of(d.theirs.ada.id) == "Ada"
        assert await people(d).name_of("U0NOBODY") == "U0NOBODY"
