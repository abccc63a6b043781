"""The home tab as blocks (Slack: at most 100, and 250 KB in all)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.home import ChannelCard, HomePage, Page, Session
from bot.chat.panels import Panel, Panels
from bot.chat.setup import Setup
from bot.chat.versions import WORKSPACE
from bot.slack.blocks import (
    Block,
    actions,
    button,
    context,
    cut,
    divider,
    escaped,
    header,
    mrkdwn,
    option,
    overflow,
    plain,
    section,
)
from bot.slack.comparing.view import COMPARE
from bot.slack.home import texts
from bot.slack.library.view import OPEN as OPEN_LIBRARY
from bot.slack.links import Links
from bot.slack.mentions import neutralised
from bot.slack.settings_modal.modal import OPEN

PANEL = "home_panel"
SHOWN = "home_shown"
PAGE = "home_page"

TRY = "try_draft"

FOR_ME = "home_for_me"

NEW_SESSION = "home_new_session"


_BEGINS = 120


@dataclass(frozen=True, slots=True)
class Views:
    """Draws homes. `direct` is the person's direct message with Confab."""

    links: Links

    def home(self, page: HomePage, direct: str) -> Block:
        """One person's home, `private_metadata` naming its page of channels and their direct message."""
        draw = {
            Panel.SETUP: lambda: _channels(page.channels, for_me=page.mine is not None),
            Panel.SESSIONS: lambda: self._sessions(page.sessions, direct),
            Panel.SETTINGS: lambda: _settings(page, direct),
        }
        blocks: list[Block] = [header(texts.TITLE), section(texts.INTRO)]
        for panel in page.panels.shown:
            blocks += [divider(), _heading(panel, page.panels), *draw[panel]()]
        blocks += [divider(), *_show_panels(page.panels)]
        blocks += [divider(), section(texts.HOW), section(texts.INVITE), context(texts.MEMORY)]
        about = f"{page.channels.number} {direct}"
        return {"type": "home", "private_metadata": about, "blocks": blocks}

    def _sessions(self, sessions: Sequence[Session], direct: str) -> list[Block]:
        blocks = [self._session(session) for session in sessions] or [section(texts.NO_SESSIONS)]
        start = button(texts.NEW_SESSION, NEW_SESSION) | {"url": self.links.channel(direct)}
        return [*blocks, section(texts.HOW_TO_START, start)]

    def _session(self, session: Session) -> Block:
        thread = session.thread
        begins = words(session.begins, _BEGINS) or texts.FORGOTTEN
        when = f"<!date^{int(session.latest)}^{{date_short_pretty}} {{time}}|>"
        where = "" if thread.channel_id.startswith("D") else f"<#{thread.channel_id}> \u00b7 "
        link = f"<{self.links.message(thread.channel_id, thread.root_ts)}|{begins}>"
        return section(f"{link}\n{where}{when}")


def failed() -> Block:
    """In place of a home that could not be looked up."""
    return {"type": "home", "blocks": [section(texts.FAILED)]}


def words(text: str, most: int) -> str:
    """Somebody's words in one line of ours: they call nobody, are no link and no markup."""
    return escaped(neutralised(cut(" ".join(text.split()), most))).replace("|", "\u2758")


def _heading(panel: Panel, panels: Panels) -> Block:
    """A panel's name, with what its owner may do to it. The seed: panels are removed and rearranged."""
    shown = panels.shown
    moves = [(texts.MOVE_UP, "raise")] if panel != shown[0] else []
    moves += [(texts.MOVE_DOWN, "lower")] if panel != shown[-1] else []
    menu = overflow(
        PANEL, [option(label, f"{move}:{panel}") for label, move in (*moves, (texts.HIDE, "hide"))]
    )
    return section(f"*{texts.NAMES[panel]}*\n{texts.ABOUT[panel]}", menu)


def _channels(page: Page, *, for_me: bool) -> list[Block]:
    if not page.in_all:
        return [section(texts.NO_CHANNELS)]
    blocks = [block for card in page.channels for block in _channel(card, for_me=for_me)]
    if page.of == 1:
        return blocks
    turns = []
    if page.number > 0:
        turns.append(button(texts.PREVIOUS, f"{PAGE}_previous", str(page.number - 1)))
    if page.number + 1 < page.of:
        turns.append(button(texts.NEXT, f"{PAGE}_next", str(page.number + 1)))
    return [*blocks, context(texts.page_line(page.number, page.of, page.in_all)), actions(*turns)]


def _channel(card: ChannelCard, *, for_me: bool) -> list[Block]:
    face, which = card.face, card.channel_id
    line = texts.channel_line(words(face.name, 80), face.icon, face.version)
    doors = [
        button(texts.OPEN_CHANNEL, OPEN, which),
        button(texts.TRY, TRY, which),
        button(texts.COMPARE, COMPARE, which),
    ]
    if for_me:
        doors.append(button(texts.FOR_ME, FOR_ME, which))
    return [section(f"<#{which}>\n{line}"), actions(*doors)]


def _settings(page: HomePage, direct: str) -> list[Block]:
    mine = [_mine(page.mine, direct)] if page.mine else []
    spent = section(texts.spent_line(page.tokens.today, page.tokens.month))
    if page.defaults is None:
        return [*mine, context(texts.DEFAULTS_ONLY_ADMINS), spent]
    doors = (button(texts.DEFAULTS, OPEN, WORKSPACE), button(texts.LIBRARY, OPEN_LIBRARY))
    return [*mine, _defaults(page.defaults), actions(*doors), spent]


def _mine(setup: Setup, direct: str) -> Block:
    on = setup.settings.deployment
    line = texts.yours_line(words(setup.persona.name, 80), on and words(on, 80), setup.version)
    return section(line, button(texts.YOUR_SETTINGS, OPEN, direct))


def _defaults(setup: Setup) -> Block:
    settings = setup.settings
    name, on = words(setup.persona.name, 80), settings.deployment and words(settings.deployment, 80)
    line = texts.defaults_line(name, on, settings.max_response, settings.past_messages)
    return section(line)


def _show_panels(panels: Panels) -> list[Block]:
    """Which panels are shown, to be ticked. A new `block_id` for every answer, or Slack keeps old ticks."""
    options = {panel: {"text": mrkdwn(texts.NAMES[panel]), "value": str(panel)} for panel in Panel}
    boxes: Block = {"type": "checkboxes", "action_id": SHOWN, "options": list(options.values())}
    if panels.shown:
        boxes["initial_options"] = [options[panel] for panel in Panel if panel in panels.shown]
    block_id = "shown:" + ",".join(sorted(panels.shown))
    return [
        section(texts.SHOW_PANELS),
        {"type": "actions", "block_id": block_id, "elements": [boxes]},
        {"type": "context", "elements": [plain(texts.SHOW_PANELS_HINT)]},
    ]
