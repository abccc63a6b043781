"""Payloads become values, malformed ones too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.messages import Deleted, Edited, Heard
from bot.chat.muting import Reacted
from bot.chat.threads import Place
from bot.slack.inbound import HomeOpened, Nothing, home_opened, message, reacted

US = "UBOT"


def event(**fields: object) -> dict[str, object]:
    base: dict[str, object] = {
        "type": "message",
        "channel": "C1",
        "channel_type": "channel",
        "user": "UADA",
        "text": "<@UBOT> hello",
        "ts": "1700000000.000100",
    }
    return {name: value for name, value in (base | fields).items() if value is not None}


def heard(**fields: object) -> Heard:
    found = message(event(**fields), US)
    assert isinstance(found, Heard)
    return found


def test_a_message_becomes_what_a_model_should_read() -> None:
    found = heard(thread_ts="1699999999.000100", team="T1")
    assert (found.channel_id, found.ts, found.thread_ts) == ("C1", "1700000000.000100", "1699999999.000100")
    assert (found.author_id, found.author_team_id, found.bot_id) == ("UADA", "T1", None)
    assert (found.text, found.opens_with, found.mentions) == ("hello", (US,), frozenset({US}))


def test_a_mention_and_its_message_are_heard_alike() -> None:
    assert heard(type="app_mention", channel_type=None) == heard()


def test_an_app_mention_mentions_us_whatever_its_text_says() -> None:
    assert US in heard(type="app_mention", text="hello").mentions


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"channel": "D1", "channel_type": "im"}, Place.DIRECT),
        ({"channel": "D1", "channel_type": None}, Place.DIRECT),
        ({"channel": "G1", "channel_type": "mpim"}, Place.CHANNEL),
        ({"channel": "G1", "channel_type": "group"}, Place.CHANNEL),
        ({"channel": "C1", "channel_type": None}, Place.CHANNEL),
    ],
)
def test_a_group_direct_message_is_a_channel(fields: dict[str, object], place: Place) -> None:
    assert heard(**fields).place is place


def test_an_author_from_another_organisation_brings_their_own_team() -> None:
    assert heard(team="T1", user_team="T2").author_team_id == "T2"
    assert heard(team="T1", user_team="E2").author_team_id == "T1"


def test_a_bot_is_known_by_its_profile_too() -> None:
    assert heard(user=None, bot_profile={"id": "B7"}).bot_id == "B7"


def changed(now: object, before: object = None) -> object:
    return message(
        event(subtype="message_changed", ts="1700000009.0", message=now, previous_message=before), US
    )


def test_an_edit_carries_the_new_words() -> None:
    now = {"ts": "1700000000.000100", "user": "UADA", "text": "<@UBOT> bye"}
    assert changed(now, {"text": "<@UBOT> hello"}) == Edited("C1", "1700000000.000100", "UADA", None, "bye")


def test_a_message_that_lost_a_file_says_which() -> None:
    one, two = {"id": "F1", "name": "a.txt"}, {"id": "F2", "name": "b.txt"}
    now = {"ts": "1700000000.000100", "user": "UADA", "text": "look"}
    before = {"text": "look", "files": [one, two]}
    found = changed(now | {"files": [{"id": "F1", "mode": "tombstone"}, two]}, before)
    assert isinstance(found, Edited)
    assert found.gone_files == {"F1"}
    found = changed(now, before)
    assert isinstance(found, Edited)
    assert found.gone_files == {"F1", "F2"}
    assert isinstance(changed(now | {"files": [one, two]}, before), Nothing)


def test_an_edit_that_mentions_confab_is_an_edit_however_it_comes() -> None:
    edited = event(type="app_mention", edited={"user": "UADA", "ts": "1700000001.000000"})
    assert message(edited, US) == Edited(
        "C1", "1700000000.000100", "UADA", None, "hello", "1700000001.000000"
    )


def test_an_unfurled_link_is_no_edit() -> None:
    now = {"ts": "1700000000.000100", "user": "UADA", "text": "same", "attachments": [{"id": 1}]}
    assert isinstance(changed(now, {"text": "same"}), Nothing)


def test_a_deleted_root_with_replies_is_a_deletion() -> None:
    now = {"ts": "1700000000.000100", "subtype": "tombstone", "text": "This message was deleted."}
    assert changed(now, {"text": "hello"}) == Deleted("C1", "1700000000.000100")


def test_a_deletion_names_the_message_that_is_gone() -> None:
    gone = Deleted("C1", "1700000000.000100")
    assert message(event(subtype="message_deleted", deleted_ts=gone.ts), US) == gone
    assert message(event(subtype="message_deleted", previous_message={"ts": gone.ts}), US) == gone


def test_a_home_opened_names_the_tab() -> None:
    opened = {"type": "app_home_opened", "user": "UADA", "channel": "D1", "tab": "messages"}
    assert home_opened(opened) == HomeOpened("UADA", "D1", "messages")


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_names = st.sampled_from(
    (
        *("type", "subtype", "channel", "channel_type", "user", "text", "ts", "thread_ts", "team"),
        *("deleted_ts", "message", "previous_message", "bot_id", "bot_profile"),
    )
)


@given(st.dictionaries(_names, _json | st.dictionaries(_names, _json)) | _json)
def test_no_payload_is_an_error(payload: object) -> None:
    assert isinstance(message(payload, US), Heard | Edited | Deleted | Nothing)
    assert isinstance(home_opened(payload), HomeOpened | Nothing)


@given(st.text(st.characters()))
def test_what_is_heard_can_be_stored(text: str) -> None:
    found = heard(text=text)
    assert "\x00" not in found.text
    found.text.encode()


def reaction(**fields: object) -> dict[str, object]:
    item = {"type": "message", "channel": "C1", "ts": "1700000000.000100"}
    base = {"type": "reaction_added", "user": "UADA", "reaction": "mute", "item": item}
    return base | {"event_ts": "1700000009.000100"} | fields


def test_a_muting_emoji_names_the_message_that_it_is_on() -> None:
    found = Reacted("C1", "1700000000.000100", "UADA", "1700000009.000100", added=True)
    assert reacted(reaction(), US) == found
    taken_off = reacted(reaction(type="reaction_removed", reaction="no_bell"), US)
    assert isinstance(taken_off, Reacted)
    assert not taken_off.added


@pytest.mark.parametrize(
    "fields",
    [
        {"reaction": "tada"},
        {"user": US},
        {"user": None},
        {"item": None},
        {"item": {"type": "file", "file": "F1"}},
        {"event_ts": "now"},
    ],
)
def test_every_other_reaction_asks_for_nothing(fields: dict[str, object]) -> None:
    assert isinstance(reacted(reaction(**fields), US), Nothing)
