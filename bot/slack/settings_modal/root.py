"""The root of the modal: five parts with a line each, the draft, and Publish."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.setup import ChannelSettings, Setup
from bot.chat.versions import WORKSPACE
from bot.slack.blocks import (
    Block,
    actions,
    button,
    confirm,
    context,
    cut,
    divider,
    escaped,
    modal,
    section,
)
from bot.slack.settings_modal import texts
from bot.slack.settings_modal.access import access_said
from bot.slack.settings_modal.at import At

CALLBACK = "settings.root"
OPEN = "settings.open"
DISCARD = "settings.discard"
KEEP_MINE = "settings.keep_mine"
CODE = "settings.code"
TRY = "settings.try"
PARTS = ("setup", "examples", "settings", "access", "history")
_LINES = 15


@dataclass(frozen=True, slots=True)
class Root:
    """What the root shows: the setup as this person has it, and what they may do with it.

    `changes` are lines that say how the draft differs from what is published; `meanwhile` says what somebody
    else published since the draft was begun.
    """

    setup: Setup
    at: At
    may_change: bool
    may_read: bool
    changes: Sequence[str] = ()
    meanwhile: Sequence[str] = ()
    note: str = ""


def root_view(root: Root, *, default_deployment: str) -> Block:
    """The root; its submit publishes, and is absent where there is nothing to publish."""
    workspace = root.at.channel_id == WORKSPACE
    blocks = [context(root.note)] if root.note else []
    if workspace:
        blocks.append(context(texts.WORKSPACE_DEFAULT))
    blocks += _meanwhile(root)
    blocks += _draft(root)
    for part, title, line, may_open in _rows(root, default_deployment):
        if workspace and part == "access":
            continue
        opens = button(texts.OPEN if root.may_change else texts.LOOK, f"{OPEN}.{part}", part)
        blocks.append(section(f"*{title}*\n{line}", opens if may_open else None, block_id=f"part.{part}"))
    if root.may_read and not workspace:
        blocks += [divider(), actions(*_more(root))]
    publishes = root.may_change and bool(root.changes) and not root.meanwhile
    return modal(
        texts.ROOT,
        blocks,
        callback_id=CALLBACK,
        metadata=root.at.encoded(),
        submit=texts.PUBLISH if publishes else None,
        close=texts.CLOSE,
    )


def notice_view(text: str) -> Block:
    """A modal that only says something."""
    return modal(texts.ROOT, [section(text)], callback_id="settings.notice", close=texts.CLOSE)


def _rows(root: Root, default_deployment: str) -> list[tuple[str, str, str, bool]]:
    persona = root.setup.persona
    system = _glimpse(persona.system_message) if persona.system_message else texts.NONE
    named = f"{persona.icon} {escaped(persona.name)}".strip()
    count = len(persona.examples)
    pairs = f"{count} pair{'' if count == 1 else 's'}" if count else texts.NONE
    history = texts.version_said(root.setup.version)
    readable = root.may_read
    return [
        ("setup", texts.SETUP, f"{named}: {system}" if readable else texts.HIDDEN, readable),
        ("examples", texts.EXAMPLES, pairs if readable else texts.HIDDEN, readable),
        ("settings", texts.SETTINGS, _settings_line(root.setup.settings, default_deployment), True),
        ("access", texts.ACCESS, access_said(root.setup.access), True),
        ("history", texts.HISTORY, history, True),
    ]


def _settings_line(settings: ChannelSettings, default_deployment: str) -> str:
    return (
        f"{escaped(settings.deployment or default_deployment)}, temperature {settings.temperature:g}, "
        f"top P {settings.top_p:g}, {settings.max_response} tokens, "
        f"{settings.past_messages} past messages"
    )


def _draft(root: Root) -> list[Block]:
    if not root.may_change:
        return []
    if not root.changes:
        return [context(texts.NO_DRAFT)]
    shown = [f"\u2022 {line}" for line in root.changes[:_LINES]]
    if len(root.changes) > _LINES:
        shown.append(f"\u2022 and {len(root.changes) - _LINES} more")
    asks = confirm(texts.DISCARD_TITLE, texts.DISCARD_TEXT, yes=texts.YES_DISCARD)
    return [
        section("\n".join([texts.UNPUBLISHED, *shown])),
        actions(button(texts.DISCARD, DISCARD, asks=asks)),
    ]


def _meanwhile(root: Root) -> list[Block]:
    """Somebody else's newer version, and the two ways on."""
    if not root.meanwhile or not root.may_change:
        return []
    asks = confirm(texts.KEEP_MINE_TITLE, texts.KEEP_MINE_TEXT, yes=texts.PUBLISH)
    return [
        section("\n".join(root.meanwhile[: _LINES + 1])),
        actions(button(texts.KEEP_MINE, KEEP_MINE, style="danger", asks=asks)),
        divider(),
    ]


def _more(root: Root) -> list[Block]:
    code = button(texts.CODE, CODE)
    return [button(texts.TRY, TRY), code] if root.may_change else [code]


def _glimpse(text: str) -> str:
    return escaped(cut(" ".join(text.split()), 120))
