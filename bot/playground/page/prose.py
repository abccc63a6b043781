"""What people and bots write, as HTML that is safe to show: Slack's mrkdwn, and standard Markdown."""

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from bot.playground.page.dates import in_words
from bot.playground.page.emoji import SHORT_NAME, emoji
from bot.playground.workspace.team import Team

_MENTION = re.compile(r"<([@#!])([^<>|\s]+)(?:\|([^<>]*))?>")
_LINK = re.compile(r"<((?:https?://|mailto:)[^<>|\s]+)(?:\|([^<>]*))?>")
_DATE = re.compile(r"<!date\^(\d{1,12})\^([^<>|^]*)(?:\^[^<>|]*)?\|([^<>]*)>")
_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)\]'\"]")
_ELSEWHERE = 'target="_blank" rel="noopener noreferrer"'


class Prose:
    """Renders text. No HTML of the text's own survives, no picture is fetched, and ids become names.

    Args:
        team: knows who `<@U..>` is.
    """

    def __init__(self, team: Team) -> None:
        self._team = team
        self._markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
        self._markdown.enable(["table", "strikethrough"])
        self._mrkdwn = MarkdownIt("zero", {"html": False, "breaks": True})
        self._mrkdwn.enable(["fence", "blockquote", "newline", "backticks", "emphasis", "entity"])
        self._mrkdwn.enable(["balance_pairs", "fragments_join"])
        for dialect in (self._markdown, self._mrkdwn):
            dialect.inline.ruler.before("text", "slack_token", _read_token)
            dialect.inline.ruler.before("slack_token", "slack_date", _read_date)
            dialect.inline.ruler.after("text", "short_name", _read_emoji)
            dialect.core.ruler.push("bare_addresses", _link_addresses)
            dialect.add_render_rule("slack_token", _show_token)
            dialect.add_render_rule("link_open", _show_link)
            dialect.add_render_rule("image", _show_image)
            dialect.add_render_rule("table_open", _wrap_table)
            dialect.add_render_rule("table_close", _unwrap_table)
        for rule in ("em_open", "em_close"):
            self._mrkdwn.add_render_rule(rule, _show_emphasis)
        for rule in ("code_inline", "fence"):
            self._mrkdwn.add_render_rule(rule, _show_escaped_code)

    def markdown(self, text: str, viewer: str = "") -> str:
        """Standard Markdown, as in `markdown_text`; mentions of `viewer`, a person's id, stand out."""
        return str(self._markdown.render(text, {"team": self._team, "viewer": viewer}))

    def mrkdwn(self, text: str, viewer: str = "") -> str:
        """Text in Slack's own encoding and markup."""
        quoted = re.sub(r"^&gt; ?", "> ", text, flags=re.MULTILINE)
        return str(self._mrkdwn.render(quoted, {"team": self._team, "viewer": viewer}))


def _show_token(_r: RendererHTML, tokens: Sequence[Token], index: int, _o: OptionsDict, env: EnvType) -> str:
    if "date" in tokens[index].meta:
        return escape(in_words(*tokens[index].meta["date"]))
    mark, target, label = tokens[index].meta["parts"]
    if mark == "":
        address = unescape(target)
        return _anchor(address, unescape(label) if label else address)
    team: Team = env["team"]
    person, channel = team.find_person(target), team.find_channel(target)
    name = unescape(label) if label else target.partition("^")[0]
    if mark == "@" and person:
        name = person.display_name
    if mark == "#" and channel:
        name = channel.name
    mine = " is-me" if mark == "!" or target == env["viewer"] else ""
    return f'<span class="mention{mine}">{"#" if mark == "#" else "@"}{escape(name.lstrip("@"))}</span>'


def _read_date(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    found = _DATE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("slack_token", "", 0).meta = {"date": (int(found.group(1)), found.group(2))}
    state.pos = found.end()
    return True


def _read_token(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    found = _MENTION.match(state.src, state.pos) or _LINK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        parts = found.groups() if len(found.groups()) == 3 else ("", *found.groups())
        state.push("slack_token", "", 0).meta = {"parts": parts}
    state.pos = found.end()
    return True


def _read_emoji(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    found = SHORT_NAME.match(state.src, state.pos)
    picture = emoji(found.group(1)) if found else None
    if found is None or picture is None:
        return False
    if not silent:
        state.push("text", "", 0).content = picture
    state.pos = found.end()
    return True


def _link_addresses(state: StateCore) -> None:
    """Slack links a bare web address; a link that has a text of its own is left as it is."""
    for block in state.tokens:
        children: list[Token] = []
        depth = 0
        for token in block.children or ():
            depth += token.nesting if token.type in ("link_open", "link_close") else 0
            if token.type == "text" and depth == 0 and "://" in token.content:
                children += _split_addresses(token.content)
            else:
                children.append(token)
        block.children = children if block.children is not None else None


def _split_addresses(text: str) -> list[Token]:
    pieces: list[Token] = []
    position = 0
    for found in _ADDRESS.finditer(text):
        pieces.append(Token("text", "", 0, content=text[position : found.start()]))
        pieces.append(Token("slack_token", "", 0, meta={"parts": ("", escape(found.group()), None)}))
        position = found.end()
    pieces.append(Token("text", "", 0, content=text[position:]))
    return pieces


def _anchor(address: str, label: str) -> str:
    return f'<a href="{escape(address)}" {_ELSEWHERE}>{escape(label)}</a>'


def _show_link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    tokens[index].attrs |= {"target": "_blank", "rel": "noopener noreferrer"}
    return renderer.renderToken(tokens, index, options, env)


def _show_image(_r: RendererHTML, tokens: Sequence[Token], index: int, _o: OptionsDict, _e: EnvType) -> str:
    """A link in its place: a picture from elsewhere would tell its host who reads here."""
    address = str(tokens[index].attrs.get("src", ""))
    return _anchor(address, tokens[index].content or address)


def _wrap_table(_r: RendererHTML, _t: Sequence[Token], _i: int, _o: OptionsDict, _e: EnvType) -> str:
    return '<div class="table-frame"><table>'


def _unwrap_table(_r: RendererHTML, _t: Sequence[Token], _i: int, _o: OptionsDict, _e: EnvType) -> str:
    return "</table></div>"


def _show_emphasis(
    _r: RendererHTML, tokens: Sequence[Token], index: int, _o: OptionsDict, _e: EnvType
) -> str:
    """In mrkdwn `*one star*` is bold."""
    tag = "strong" if tokens[index].markup == "*" else "em"
    return f"<{tag}>" if tokens[index].nesting == 1 else f"</{tag}>"


def _show_escaped_code(
    _r: RendererHTML, tokens: Sequence[Token], index: int, _o: OptionsDict, _e: EnvType
) -> str:
    """Slack escapes `&`, `<` and `>` within code too, where Markdown would show the escapes."""
    token: Any = tokens[index]
    code = f"<code>{escape(unescape(token.content), quote=False)}</code>"
    return f"<pre>{code}</pre>" if token.type == "fence" else code
