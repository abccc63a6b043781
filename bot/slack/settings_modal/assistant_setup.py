"""Assistant setup: the persona, and where one is chosen, imported and exported."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.checking import LONGEST_ICON, LONGEST_NAME
from bot.chat.setup import Persona, Setup
from bot.chat.versions import ListedPersona
from bot.slack.blocks import (
    Block,
    actions,
    button,
    confirm,
    context,
    divider,
    escaped,
    field,
    modal,
    option,
    plain,
    section,
    select,
    text_input,
)
from bot.slack.forms.long_text import fields_for, pieces
from bot.slack.forms.typed import Typed
from bot.slack.settings_modal import texts
from bot.slack.settings_modal.at import At

CALLBACK = "settings.assistant_setup"
CHOOSE = "settings.choose_persona"
TAKE = "settings.take_persona"
MORE_ROOM = "settings.more_room"
IMPORT = "settings.import"
EXPORT = "settings.export"
MENU = 50
"""With more personas than this, Slack asks for the ones that fit what is typed (Slack: 100 in a menu)."""


def assistant_setup_view(
    setup: Setup,
    at: At,
    library: Sequence[ListedPersona],
    *,
    may_change: bool,
    note: str = "",
    offered: ListedPersona | None = None,
) -> Block:
    """The view to change the persona in; to read it where the person may not change it.

    `offered` is a persona that the person named: it takes the place of the one shown when they say so.
    """
    if not may_change:
        said = [*([context(note)] if note else []), *_read_only(setup.persona)]
        return modal(texts.SETUP, said, callback_id=CALLBACK, metadata=at.encoded(), close=texts.BACK)
    persona, mark = setup.persona, at.mark
    blocks = [
        *([context(note)] if note else []),
        *([_offer(offered)] if offered else []),
        *([section(texts.START_FROM, _menu(library), block_id=f"library:{mark}")] if library else []),
        field(f"name:{mark}", texts.NAME, text_input("typed", persona.name, most=LONGEST_NAME)),
        field(
            f"icon:{mark}",
            texts.ICON,
            text_input("typed", persona.icon, most=LONGEST_ICON, placeholder=":robot_face:"),
            hint=texts.ICON_HINT,
            optional=True,
        ),
        *fields_for(
            "system",
            texts.SYSTEM_MESSAGE,
            persona.system_message,
            mark,
            more=at.fields,
            hint=texts.SYSTEM_HINT,
        ),
        actions(button(texts.MORE_ROOM, MORE_ROOM)),
        *fields_for("greeting", texts.GREETING, persona.greeting, mark, hint=texts.GREETING_HINT),
        divider(),
        actions(button(texts.IMPORT, IMPORT), button(texts.EXPORT, EXPORT)),
    ]
    return modal(
        texts.SETUP,
        blocks,
        callback_id=CALLBACK,
        metadata=at.encoded(),
        submit=texts.KEEP,
        close=texts.CLOSE if at.alone else texts.BACK,
    )


def persona_typed(persona: Persona, typed: Typed) -> Persona:
    """The persona with what stands in the view's fields; a field that the view lacks changes nothing."""
    name, icon = typed.text("name"), typed.text("icon")
    system, greeting = typed.long("system"), typed.long("greeting")
    return replace(
        persona,
        name=persona.name if name is None else name.strip(),
        icon=persona.icon if icon is None else _colons(icon.strip()),
        system_message=persona.system_message if system is None else system,
        greeting=persona.greeting if greeting is None else greeting,
    )


def persona_options(library: Sequence[ListedPersona], typed: str = "") -> list[Block]:
    """The personas whose names hold what was typed, as a menu's options, at most a hundred."""
    wanted = typed.casefold().strip()
    fits = [each for each in library if wanted in each.name.casefold()]
    return [option(each.name, each.id, texts.OURS if each.ours else texts.BUILT_IN) for each in fits[:100]]


def _offer(offered: ListedPersona) -> Block:
    named = escaped(offered.name)
    take = button(texts.CONTINUE, TAKE, offered.id, style="primary")
    return section(f"*{texts.UPDATE_TITLE}*\n{texts.offer_said(named)}", take)


def _menu(library: Sequence[ListedPersona]) -> Block:
    asks = confirm(texts.UPDATE_TITLE, texts.UPDATE_TEXT, yes=texts.CONTINUE)
    if len(library) <= MENU:
        menu = select(CHOOSE, persona_options(library), placeholder=texts.CHOOSE)
    else:
        menu = {
            "type": "external_select",
            "action_id": CHOOSE,
            "min_query_length": 0,
            "placeholder": plain(texts.CHOOSE, 150),
        }
    return {**menu, "confirm": asks}


def _read_only(persona: Persona) -> list[Block]:
    said = [
        section(f"*{texts.NAME}*\n{escaped(persona.name)} {persona.icon}".rstrip()),
        section(f"*{texts.SYSTEM_MESSAGE}*"),
        *_shown(persona.system_message or texts.NONE),
    ]
    return [*said, section(f"*{texts.GREETING}*"), *_shown(persona.greeting)] if persona.greeting else said


def _shown(text: str) -> list[Block]:
    return [{"type": "section", "text": plain(part)} for part in pieces(text)]


def _colons(icon: str) -> str:
    return f":{icon.strip(':')}:" if icon.strip(":") else ""
