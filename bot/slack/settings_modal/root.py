"""The root of the modal: five parts with a line each, the draft, and Publish."""

from dataclasses import dataclass

from bot.chat.changes import changes
from bot.chat.outcomes import HistoryEntry, Opened
from bot.chat.setup import ChannelSettings
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
from bot.slack.settings_modal.draft_texts import settings_said
from bot.slack.settings_modal.history import lines_of
from bot.slack.settings_modal.meanwhile import meanwhile_blocks
from bot.slack.settings_modal.settings import advice_block

CALLBACK = "settings.root"
OPEN = "settings.open"
DISCARD = "settings.discard"
CODE = "settings.code"
TRY = "settings.try"
COMPARE = "settings.compare"
PARTS = ("setup", "examples", "settings", "access", "history")


@dataclass(frozen=True, slots=True)
class Root:
    """What the root shows: the setup as this person has it, and what they may do with it.

    `meanwhile` is the version that somebody else published since the draft was begun.
    """

    opened: Opened
    at: At
    meanwhile: HistoryEntry | None = None
    note: str = ""

    @property
    def may_change(self) -> bool:
        """Whether this person may configure the channel."""
        return self.opened.right is None

    @property
    def publishes(self) -> bool:
        """Whether there is a draft to publish that nobody overtook."""
        return self.may_change and self.opened.changed and not self.opened.overtaken


def root_view(root: Root, *, default_deployment: str) -> Block:
    """The root; its submit publishes, and is absent where there is nothing to publish."""
    workspace = root.at.channel_id == WORKSPACE
    blocks = [context(root.note)] if root.note else []
    if workspace:
        blocks.append(context(texts.WORKSPACE_DEFAULT))
    if root.opened.right is None:
        blocks += [*_meanwhile(root), *_draft(root), *advice_block(root.opened.draft.setup.settings)]
    else:
        blocks.append(context(texts.why_not(root.opened.right)))
    for part, title, line, may_open in _rows(root, default_deployment):
        if workspace and part == "access":
            continue
        word = texts.OPEN if root.may_change else texts.LOOK
        opens = button(word, f"{OPEN}.{part}", part) | {"accessibility_label": f"{word}: {title}"}
        blocks.append(section(f"*{title}*\n{line}", opens if may_open else None, block_id=f"part.{part}"))
    if root.opened.readable and not workspace:
        blocks += [divider(), actions(*_more(root))]
    return modal(
        texts.WORKSPACE_ROOT if workspace else texts.ROOT,
        blocks,
        callback_id=CALLBACK,
        metadata=root.at.encoded(),
        submit=texts.PUBLISH if root.publishes else None,
        close=texts.CLOSE,
    )


def notice_view(text: str) -> Block:
    """A modal that only says something."""
    return modal(texts.ROOT, [section(text)], callback_id="settings.notice", close=texts.CLOSE)


def _rows(root: Root, default_deployment: str) -> list[tuple[str, str, str, bool]]:
    opened, direct = root.opened, root.at.channel_id.startswith("D")
    setup, readable = opened.draft.setup, opened.readable
    access = texts.ALONE if direct else access_said(setup.access)
    persona = setup.persona
    system = _glimpse(persona.system_message) if persona.system_message else texts.NONE
    named = f"{persona.icon} {escaped(persona.name)}".strip()
    count = len(persona.examples)
    pairs = f"{count} pair{'' if count == 1 else 's'}" if count else texts.NONE
    return [
        ("setup", texts.SETUP, f"{named}: {system}" if readable else texts.HIDDEN, readable),
        ("examples", texts.EXAMPLES, pairs if readable else texts.HIDDEN, readable),
        ("settings", texts.SETTINGS, _settings_line(setup.settings, default_deployment), True),
        ("access", texts.ACCESS, access, not direct),
        ("history", texts.HISTORY, texts.version_said(opened.newest.version), True),
    ]


def _settings_line(settings: ChannelSettings, default_deployment: str) -> str:
    name = escaped(settings.deployment or default_deployment)
    return settings_said(
        name, settings.temperature, settings.top_p, settings.max_response, settings.past_messages
    )


def _draft(root: Root) -> list[Block]:
    if not root.opened.changed:
        return [context(texts.NO_DRAFT)]
    lines = lines_of(changes(root.opened.newest, root.opened.draft.setup))
    asks = confirm(texts.DISCARD_TITLE, texts.DISCARD_TEXT, yes=texts.YES_DISCARD)
    return [
        section("\n".join([texts.UNPUBLISHED, *lines])),
        actions(button(texts.DISCARD, DISCARD, asks=asks)),
    ]


def _meanwhile(root: Root) -> list[Block]:
    opened = root.opened
    return meanwhile_blocks(opened.newest.version, root.meanwhile) if opened.overtaken else []


def _more(root: Root) -> list[Block]:
    code = button(texts.CODE, CODE)
    compare = button(texts.COMPARE, COMPARE)
    return [button(texts.TRY, TRY), compare, code] if root.may_change else [code]


def _glimpse(text: str) -> str:
    return escaped(cut(" ".join(text.split()), 120))
