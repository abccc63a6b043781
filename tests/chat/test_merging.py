"""My changes on top of theirs: nothing of mine lost, nothing of theirs undone, and what met is named."""

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.merging import Merged, merge
from bot.chat.setup import Access, ChannelSettings, Configurers, Example, Persona, Setup

PARTS = ("persona", "settings", "access")

# Few values for each field, so that two people often meet in one.
personas = st.builds(
    Persona,
    name=st.sampled_from("ABC"),
    system_message=st.sampled_from("ABC"),
    examples=st.sampled_from([(), (Example("a", "b"),), (Example("c", "d"),)]),
    icon=st.sampled_from(["", ":a:", ":b:"]),
    greeting=st.sampled_from("ABC"),
)
settings = st.builds(
    ChannelSettings,
    deployment=st.sampled_from([None, "gpt", "qwen"]),
    max_response=st.sampled_from([1, 2, 3]),
    temperature=st.sampled_from([0.0, 0.5, 1.0]),
    stop=st.sampled_from([(), ("END",), ("###",)]),
)
accesses = st.builds(
    Access,
    configurers=st.sampled_from(Configurers),
    people=st.sampled_from([(), ("U1",), ("U2",)]),
    open_to_read=st.booleans(),
)
setups = st.builds(
    Setup,
    persona=personas,
    settings=settings,
    version=st.integers(-3, 9),
    access=accesses,
    foreign=st.sampled_from(["", "{}", '{"a":1}']),
)


def values(setup: Setup) -> dict[str, object]:
    """Every field by its name; what two parts call alike would be lost here, so that is looked at, too."""
    found: dict[str, object] = {"foreign": setup.foreign}
    for part in PARTS:
        own = getattr(setup, part)
        for each in fields(own):
            assert each.name not in found
            found[each.name] = getattr(own, each.name)
    return found


@given(base=setups, mine=setups, theirs=setups)
def test_each_field_is_mine_where_i_changed_it_and_theirs_elsewhere(
    base: Setup, mine: Setup, theirs: Setup
) -> None:
    old, own, other, merged = map(values, (base, mine, theirs, merge(base, mine, theirs).setup))
    assert merged == {name: own[name] if own[name] != old[name] else other[name] for name in old}


@given(base=setups, mine=setups, theirs=setups)
def test_what_both_changed_to_something_else_is_counted_and_nothing_besides(
    base: Setup, mine: Setup, theirs: Setup
) -> None:
    old, own, other = map(values, (base, mine, theirs))
    met = [name for name in old if len({old[name], own[name], other[name]}) == 3]
    both = merge(base, mine, theirs).both
    assert len(both) == len(set(both)) == len(met)


@given(base=setups, theirs=setups)
def test_who_changed_nothing_has_theirs(base: Setup, theirs: Setup) -> None:
    assert merge(base, replace(base, version=7), theirs) == Merged(theirs)


@given(base=setups, mine=setups)
def test_where_they_changed_nothing_it_stays_mine(base: Setup, mine: Setup) -> None:
    merged = merge(base, mine, replace(base, version=9))
    assert merged == Merged(replace(mine, version=9))


@given(base=setups, mine=setups, theirs=setups)
def test_it_begins_from_their_version_and_once_more_changes_nothing(
    base: Setup, mine: Setup, theirs: Setup
) -> None:
    merged = merge(base, mine, theirs)
    assert merged.setup.version == theirs.version
    assert merge(theirs, merged.setup, theirs) == Merged(merged.setup)


def test_the_fields_that_both_changed_are_named_as_the_settings_name_them() -> None:
    mine = Setup(Persona("Mine"), ChannelSettings(temperature=0.1), access=Access(people=("U1",)))
    theirs = Setup(Persona("Theirs"), ChannelSettings(temperature=0.9), access=Access(people=("U1",)))
    assert merge(Setup(), mine, theirs).both == ("Name", "Temperature")
