"""What one setup has that another had not, in words."""

from dataclasses import dataclass

from bot.chat.controls import CONTROLS
from bot.chat.setup import Access, Configurers, Example, Persona, Setup


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed. Long texts are only measured: whoever sees this may not read them."""

    what: str
    before: str
    after: str


def changes(before: Setup, after: Setup) -> tuple[Change, ...]:
    """Every difference, in the order in which the settings show them."""
    return (
        *_of_persona(before.persona, after.persona),
        *_of_settings(before, after),
        *_of_access(before.access, after.access),
    )


def _of_persona(before: Persona, after: Persona) -> tuple[Change, ...]:
    pairs = (
        Change("Name", before.name, after.name),
        Change("Icon", before.icon or "none", after.icon or "none"),
    )
    texts = (
        ("System message", before.system_message, after.system_message),
        ("Greeting", before.greeting, after.greeting),
    )
    return (
        *(pair for pair in pairs if pair.before != pair.after),
        *(_text(what, old, new) for what, old, new in texts if old != new),
        *_examples(before.examples, after.examples),
    )


def _text(what: str, before: str, after: str) -> Change:
    other = ", reworded" if len(before) == len(after) else ""
    return Change(what, _length(before), _length(after) + other)


def _length(text: str) -> str:
    return _counted(len(text), "character") if text else "none"


def _examples(before: tuple[Example, ...], after: tuple[Example, ...]) -> tuple[Change, ...]:
    if before == after:
        return ()
    new = sum(example not in before for example in after)
    told = f", {new} of them new" if new and before else "" if new else ", in another order"
    if not new and len(before) != len(after):
        told = ""
    return (Change("Examples", _number(before), _number(after) + told),)


def _number(examples: tuple[Example, ...]) -> str:
    return _counted(len(examples), "example") if examples else "none"


def _of_settings(before: Setup, after: Setup) -> tuple[Change, ...]:
    pairs = (
        (control, getattr(before.settings, control.key), getattr(after.settings, control.key))
        for control in CONTROLS
    )
    return tuple(
        Change(control.label, control.shown(old), control.shown(new))
        for control, old, new in pairs
        if old != new
    )


def _of_access(before: Access, after: Access) -> tuple[Change, ...]:
    found = []
    if (before.configurers, before.people) != (after.configurers, after.people):
        found.append(Change("Who may change it", _who(before), _who(after)))
    if before.open_to_read != after.open_to_read:
        found.append(Change("Who may read it", _readers(before), _readers(after)))
    return tuple(found)


def _who(access: Access) -> str:
    if access.configurers is Configurers.MEMBERS:
        return "every full member"
    listed = "".join(f", <@{person}>" for person in access.people)
    return f"the channel's creator and admins{listed}"


def _readers(access: Access) -> str:
    return "every full member" if access.open_to_read else "who may change it"


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
