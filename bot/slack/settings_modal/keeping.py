"""What stands in a view's fields, kept in the draft: at every submit, and at every press of a button."""

from collections.abc import Mapping
from dataclasses import replace

from bot.chat.configuring import Configuring
from bot.chat.outcomes import Edit, Opened
from bot.chat.setup import Setup
from bot.chat.versions import DraftKey
from bot.slack.forms.typed import Typed
from bot.slack.settings_modal import access, assistant_setup, examples, settings
from bot.slack.settings_modal.deeds import Deed, Shown

PART_OF = {
    assistant_setup.CALLBACK: "setup",
    examples.CALLBACK: "examples",
    settings.CALLBACK: "settings",
    access.CALLBACK: "access",
}
"""The part that a view shows, by its callback id."""

_FIELDS = {"system_message": "system"}
"""Fields that the view calls otherwise than the refusals do."""


async def keep(configuring: Configuring, key: DraftKey, deed: Deed) -> Edit | None:
    """Take the fields into the draft; None where the view has none to take."""
    shown = deed.shown
    seen, fields = shown.at.mark, shown.typed
    match shown.callback_id:
        case assistant_setup.CALLBACK if fields.text("name") is not None:
            persona = assistant_setup.persona_typed(Setup().persona, fields)
            return await configuring.set_persona(
                key,
                seen,
                name=persona.name,
                icon=persona.icon,
                system_message=persona.system_message,
                greeting=persona.greeting,
            )
        case settings.CALLBACK if values := settings.values_typed(fields):
            return await configuring.set_settings(key, seen, values)
        case access.CALLBACK if fields.text("configurers") is not None:
            chosen = access.access_typed(Setup().access, fields)
            return await configuring.set_access(
                key,
                seen,
                configurers=chosen.configurers,
                people=chosen.people,
                open_to_read=chosen.open_to_read,
            )
        case examples.ONE:
            return await _keep_example(configuring, key, shown)
    return None


def as_typed(opened: Opened, shown: Shown) -> tuple[Setup, Mapping[str, str]]:
    """The draft's setup with what stands in the fields over it, and the settings as they were typed."""
    setup, fields = opened.draft.setup, shown.typed
    match shown.callback_id:
        case assistant_setup.CALLBACK:
            persona = assistant_setup.persona_typed(setup.persona, fields)
            return replace(setup, persona=persona), {}
        case access.CALLBACK:
            return replace(setup, access=access.access_typed(setup.access, fields)), {}
        case settings.CALLBACK:
            return setup, settings.values_typed(fields)
    return setup, {}


def errors_of(fields: Mapping[str, str], typed: Typed) -> dict[str, str]:
    """Refusals by field, as Slack wants them by block."""
    return typed.errors({_FIELDS.get(name, name): sentence for name, sentence in fields.items()})


async def _keep_example(configuring: Configuring, key: DraftKey, shown: Shown) -> Edit:
    pair, index, seen = examples.example_typed(shown.typed), shown.at.index, shown.at.mark
    if index < 0:
        return await configuring.add_example(key, seen, pair.user, pair.assistant)
    return await configuring.edit_example(key, seen, index, pair.user, pair.assistant)
