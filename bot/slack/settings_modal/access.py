"""Access: who may change the channel's setup, and whether members may read all of it."""

from dataclasses import replace

from bot.chat.setup import Access, Configurers, Setup
from bot.slack.blocks import Block, context, field, modal, option, radio, section
from bot.slack.forms.typed import Typed
from bot.slack.settings_modal import texts
from bot.slack.settings_modal.at import At

CALLBACK = "settings.access"
_CONFIGURERS = {Configurers.MEMBERS: texts.BY_MEMBERS, Configurers.LISTED: texts.BY_LISTED}
_READING = {True: texts.OPEN_TO_READ, False: texts.CLOSED_TO_READ}


def access_view(setup: Setup, at: At, *, may_change: bool, note: str = "") -> Block:
    """The view to change them in; to read them where the person may not change them."""
    access, mark = setup.access, at.mark
    if not may_change:
        said = section(access_said(access))
        return modal(texts.ACCESS, [said], callback_id=CALLBACK, metadata=at.encoded(), close=texts.BACK)
    people: Block = {"type": "multi_users_select", "action_id": "typed"}
    if access.people:
        people["initial_users"] = list(access.people)
    blocks = [
        *([context(note)] if note else []),
        field(
            f"configurers:{mark}",
            texts.WHO_MAY_CHANGE,
            radio(
                "typed",
                [option(text, kind.value) for kind, text in _CONFIGURERS.items()],
                option(_CONFIGURERS[access.configurers], access.configurers.value),
            ),
            hint=texts.WHO_MAY_CHANGE_HINT,
        ),
        field(f"people:{mark}", texts.LISTED, people, hint=texts.LISTED_HINT, optional=True),
        field(
            f"reading:{mark}",
            texts.READING,
            radio(
                "typed",
                [option(text, _word(is_open)) for is_open, text in _READING.items()],
                option(_READING[access.open_to_read], _word(access.open_to_read)),
            ),
            hint=texts.READING_HINT,
        ),
    ]
    return modal(
        texts.ACCESS,
        blocks,
        callback_id=CALLBACK,
        metadata=at.encoded(),
        submit=texts.KEEP,
        close=texts.BACK,
    )


def access_typed(access: Access, typed: Typed) -> Access:
    """The access as it was chosen; a field that the view lacks changes nothing."""
    configurers, people, reading = typed.text("configurers"), typed.several("people"), typed.text("reading")
    known = {kind.value for kind in Configurers}
    return replace(
        access,
        configurers=Configurers(configurers) if configurers in known else access.configurers,
        people=access.people if people is None else people,
        open_to_read=reading == "open" if reading else access.open_to_read,
    )


def access_said(access: Access) -> str:
    """Who may change and who may read, in two sentences."""
    people = ", ".join(f"<@{each}>" for each in access.people[:20])
    more = f" and {len(access.people) - 20} more" if len(access.people) > 20 else ""
    listed = f"{texts.LISTED_MAY} {people}{more}.".replace("  ", " ") if people else texts.CREATOR_MAY
    may_change = texts.MEMBERS_MAY if access.configurers is Configurers.MEMBERS else listed
    return f"{may_change} {texts.ALL_READ if access.open_to_read else texts.FEW_READ}"


def _word(is_open: bool) -> str:  # noqa: FBT001 - the value itself
    return "open" if is_open else "closed"
