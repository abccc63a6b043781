from dataclasses import replace

from bot.chat.changes import Change, changes
from bot.chat.setup import Access, ChannelSettings, Configurers, Example, Persona, Setup

SETUP = Setup(Persona(examples=(Example("a", "b"), Example("c", "d"))))


def changed(**persona: object) -> tuple[Change, ...]:
    return changes(SETUP, replace(SETUP, persona=replace(SETUP.persona, **persona)))  # type: ignore[arg-type]


def test_nothing_changed_is_nothing_said() -> None:
    assert changes(SETUP, replace(SETUP, version=7, foreign="{}")) == ()


def test_a_setting_is_said_with_before_and_after() -> None:
    after = replace(SETUP, settings=ChannelSettings(temperature=0.2, stop=("END", "\n"), turn_cap=5))
    assert changes(SETUP, after) == (
        Change("Temperature", "0.7", "0.2"),
        Change("Stop sequences", "none", r"`END`, `\n`"),
        Change("Turns in a thread", "no limit", "5"),
    )


def test_long_texts_are_only_measured() -> None:
    secret = "the code word is swordfish"
    [told] = changed(system_message=secret)
    assert told == Change("System message", "59 characters", "26 characters")
    assert changed(system_message=SETUP.persona.system_message[::-1]) == (
        Change("System message", "59 characters", "59 characters, reworded"),
    )
    assert changed(system_message="", greeting="x") == (
        Change("System message", "59 characters", "none"),
        Change("Greeting", "none", "1 character"),
    )


def test_a_persona_is_said_by_name_and_icon() -> None:
    assert changed(name="Xbox", icon=":video_game:") == (
        Change("Name", "Confab", "Xbox"),
        Change("Icon", "none", ":video_game:"),
    )


def test_examples_are_counted() -> None:
    first, second = SETUP.persona.examples
    new = Example("e", "f")
    assert changed(examples=(first, second, new)) == (
        Change("Examples", "2 examples", "3 examples, 1 of them new"),
    )
    assert changed(examples=(second, first)) == (
        Change("Examples", "2 examples", "2 examples, in another order"),
    )
    assert changed(examples=(first,)) == (Change("Examples", "2 examples", "1 example"),)
    assert changed(examples=()) == (Change("Examples", "2 examples", "none"),)


def test_access_is_said_in_words() -> None:
    after = replace(SETUP, access=Access(Configurers.LISTED, ("U1", "U2"), open_to_read=False))
    assert changes(SETUP, after) == (
        Change("Who may change it", "every full member", "the channel's creator and admins, <@U1>, <@U2>"),
        Change("Who may read it", "every full member", "who may change it"),
    )
