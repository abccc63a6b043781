"""The library's views: the list, page by page, and the form of one persona."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from bot.chat.characters import number
from bot.chat.checking import LONGEST_ICON, LONGEST_NAME
from bot.chat.library import LibraryPage
from bot.chat.setup import Persona
from bot.chat.versions import LibraryPersona, ListedPersona
from bot.slack.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    escaped,
    field,
    modal,
    option,
    overflow,
    section,
    text_input,
)
from bot.slack.forms.long_text import fields_for, pieces
from bot.slack.forms.typed import Typed
from bot.slack.library import texts

LIST, FORM = "library.list", "library.form"
OPEN, PAGE, CHOSEN, NEW = "library_open", "library_page", "library_chosen", "library_new"
DELETE, KEEP = "library_delete", "library_keep"
A_PAGE = 20
FIELDS = 4
"""So many fields of 3,000 characters hold the longest system message."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a view is about: where the list begins, and the persona of a form; it travels as metadata."""

    start: int = 0
    persona_id: str = ""
    revision: int = 0

    def encoded(self) -> str:
        """As `private_metadata`."""
        return json.dumps(asdict(self))

    @classmethod
    def decoded(cls, metadata: str) -> "Place":
        """The first page where it is none of ours."""
        try:
            found = json.loads(metadata)
            start, revision = (number(str(found[name])) or 0 for name in ("start", "revision"))
            return cls(max(start, 0), str(found["persona_id"]), revision)
        except (ValueError, KeyError, TypeError):
            return cls()


def notice(text: str) -> Block:
    """A view that only says something."""
    return modal(texts.TITLE, [section(text)], callback_id=LIST, close=texts.CLOSE)


def list_view(page: LibraryPage, start: int, *, note: str = "", asked: LibraryPersona | None = None) -> Block:
    """A page of the library; `asked` is the persona that is about to be deleted."""
    blocks = [section(texts.INTRO), *([context(note)] if note else [])]
    if asked is not None:
        delete = button(texts.DELETE, DELETE, asked.id, style="danger")
        keep = button(texts.KEEP, KEEP)
        blocks += [section(texts.delete_asked(escaped(asked.persona.name))), actions(delete, keep)]
    blocks += [actions(button(texts.NEW, NEW)), divider(), *map(_line, page.personas)]
    last = start + len(page.personas)
    if page.total > len(page.personas):
        blocks += [context(texts.page_said(start + 1, last, page.total)), *_turns(page, start)]
    return modal(texts.TITLE, blocks, callback_id=LIST, metadata=Place(start).encoded(), close=texts.CLOSE)


def form_view(found: LibraryPersona | None, start: int) -> Block:
    """The form of a persona, of a new one where there is none."""
    persona = found.persona if found else Persona(name="", system_message="")
    place = Place(start, found.id, found.revision) if found else Place(start)
    mark = f"{place.persona_id}.{place.revision}"
    used = len(pieces(persona.system_message))
    blocks = [
        field(
            f"name:{mark}", texts.NAME, text_input("typed", persona.name, most=LONGEST_NAME), optional=True
        ),
        field(
            f"icon:{mark}",
            texts.ICON,
            text_input("typed", persona.icon, most=LONGEST_ICON),
            hint=texts.ICON_HINT,
            optional=True,
        ),
        *fields_for(
            "system_message",
            texts.SYSTEM_MESSAGE,
            persona.system_message,
            mark,
            more=1 if used < FIELDS else 0,
        ),
        *fields_for("greeting", texts.GREETING, persona.greeting, mark),
        *([context(texts.examples_said(persona.examples))] if found else []),
        field(
            f"channel:{mark}",
            texts.FROM_CHANNEL,
            {"type": "conversations_select", "action_id": "chosen"},
            hint=texts.FROM_CHANNEL_HINT,
            optional=True,
        ),
    ]
    title = texts.EDIT_TITLE if found else texts.NEW_TITLE
    return modal(
        title, blocks, callback_id=FORM, metadata=place.encoded(), submit=texts.SAVE, close=texts.BACK
    )


def persona_typed(kept: Persona, typed: Typed) -> Persona:
    """The persona as it stands in the form; its examples stay."""
    return Persona(
        name=(typed.text("name") or "").strip(),
        system_message=typed.long("system_message") or "",
        examples=kept.examples,
        icon=(typed.text("icon") or "").strip(),
        greeting=typed.long("greeting") or "",
    )


def channel_chosen(view: Mapping[str, object]) -> str:
    """The channel whose persona is to be taken; empty where none is."""
    state = view.get("state")
    values = state.get("values") if isinstance(state, dict) else None
    for block_id, elements in values.items() if isinstance(values, dict) else ():
        if block_id.startswith("channel:") and isinstance(elements, dict):
            chosen = next(iter(elements.values()), None)
            return str(chosen.get("selected_conversation") or "") if isinstance(chosen, dict) else ""
    return ""


def _line(listed: ListedPersona) -> Block:
    face = f"{listed.icon} *{escaped(listed.name)}*".strip()
    does = [option(texts.COPY, f"copy:{listed.id}")]
    if listed.ours:
        does = [
            option(texts.EDIT, f"edit:{listed.id}"),
            *does,
            option(texts.DELETE, f"delete:{listed.id}"),
        ]
    said = texts.OURS if listed.ours else texts.BUILT_IN
    return section(f"{face}\n{said}", overflow(CHOSEN, does), block_id=f"persona:{listed.id}")


def _turns(page: LibraryPage, start: int) -> list[Block]:
    found = []
    if start > 0:
        found.append(button(texts.PREVIOUS, f"{PAGE}.previous", str(max(0, start - A_PAGE))))
    if page.next is not None:
        found.append(button(texts.NEXT, f"{PAGE}.next", str(page.next)))
    return [actions(*found)] if found else []
