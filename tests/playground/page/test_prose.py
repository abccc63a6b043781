import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.page.prose import Prose
from bot.playground.workspace import Installation, Workspace

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](  JaVaScRiPt:alert(1))",
    "![a](https://elsewhere.example/pixel.png)",
    "![a](javascript:alert(1))",
    '<https://a.example/"onmouseover=alert(1)|x>',
    "<https://a.example|<img src=x>>",
    "<@U1|<svg onload=alert(1)>>",
    "<!subteam^S1|<b>x</b>>",
    'https://a.example/"><img src=x>',
    "```<script>\n</code></pre><script>alert(1)</script>\n```",
    "`</code><script>`",
    "| <script> |\n|---|\n| <img src=x> |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    ":<script>:",
]
ALLOWED = {
    *("p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "div"),
}
ATTRIBUTES = {"href", "target", "rel", "class", "style", "start"}


class Inspector(HTMLParser):
    """Sees what a browser would make of the HTML, and notes what must not be there."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.faults.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.faults.append(f"{tag} {name}")
            if name == "href" and not (value or "").startswith(("https://", "http://", "mailto:")):
                self.faults.append(f"href {value}")
            if name == "style" and not (value or "").startswith("text-align:"):
                self.faults.append(f"style {value}")

    def handle_comment(self, data: str) -> None:
        self.faults.append("comment")


def faults(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.faults


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_html_of_its_own(prose: Prose, attack: str) -> None:
    assert faults(prose.markdown(attack)) == []
    assert faults(prose.mrkdwn(attack)) == []


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([*ATTACKS, "<", ">", "|", "`", "*", "&", "\n", '"', "](", "![", "x"]), max_size=8
    )
)
def test_no_mixture_of_texts_does_either(pieces: list[str]) -> None:
    prose = Prose(Workspace(Installation("Confab", (), frozenset())).team)
    assert faults(prose.markdown("".join(pieces))) == []
    assert faults(prose.mrkdwn("".join(pieces))) == []


def test_ids_become_names(workspace: Workspace, prose: Prose) -> None:
    text = f"<@{workspace.grace.id}> see <#{workspace.general.id}|general>, <!here>"
    assert prose.mrkdwn(text).strip() == (
        '<p><span class="mention">@Grace</span> see <span class="mention">#general</span>, '
        '<span class="mention is-me">@here</span></p>'
    )


def test_a_mention_of_the_viewer_stands_out(workspace: Workspace, prose: Prose) -> None:
    html = prose.markdown(f"Hello <@{workspace.ada.id}>", workspace.ada.id)
    assert '<span class="mention is-me">@Ada</span>' in html


def test_links_open_elsewhere_and_tell_nobody_where_from(prose: Prose) -> None:
    for html in (
        prose.mrkdwn("<https://a.example/?b=1&amp;c=2|there>"),
        prose.markdown("[there](https://a.example/)"),
    ):
        assert 'target="_blank" rel="noopener noreferrer">there</a>' in html
    assert 'href="https://a.example/?b=1&amp;c=2"' in prose.mrkdwn("<https://a.example/?b=1&amp;c=2|there>")


def test_a_bare_address_is_a_link_without_the_full_stop_after_it(prose: Prose) -> None:
    assert ">https://a.example/x</a>." in prose.markdown("See https://a.example/x.")
    assert "<a" not in prose.markdown("`https://a.example`")


def test_a_picture_is_a_link_to_it(prose: Prose) -> None:
    html = prose.markdown("![A console](https://a.example/x.png)")
    assert "<img" not in html
    assert ">A console</a>" in html


def test_one_star_is_bold_for_slack_and_italic_for_markdown(prose: Prose) -> None:
    assert prose.mrkdwn("*a* _b_") == "<p><strong>a</strong> <em>b</em></p>\n"
    assert prose.markdown("*a* **b**") == "<p><em>a</em> <strong>b</strong></p>\n"


def test_slacks_escapes_are_undone_once_in_code_too(prose: Prose) -> None:
    assert prose.mrkdwn("a &lt; b &amp;lt; c") == "<p>a &lt; b &amp;lt; c</p>\n"
    assert prose.mrkdwn("`a &lt; b`") == "<p><code>a &lt; b</code></p>\n"


def test_lines_stay_lines_and_quotes_are_quotes(prose: Prose) -> None:
    assert "one<br" in prose.mrkdwn("one\ntwo")
    assert "<blockquote>" in prose.mrkdwn("&gt; said")


def test_tables_lists_and_code_are_drawn(prose: Prose) -> None:
    html = prose.markdown("- a\n\n| x |\n|---|\n| 1 |\n\n```python\nprint(1)\n```")
    for piece in ("<li>a</li>", '<div class="table-frame"><table>', "<td>1</td>", "print(1)"):
        assert piece in html


def test_emoji_are_shown_by_name_and_times_are_left_alone(prose: Prose) -> None:
    assert prose.mrkdwn(":wave: at 10:30:15 :nothing_such:") == "<p>👋 at 10:30:15 :nothing_such:</p>\n"


def test_moments_are_read_in_words(prose: Prose) -> None:
    now = int(time.time())
    said = prose.mrkdwn(f"by Ada, <!date^{now}^{{date_short_pretty}}, {{time}}|{now}>")
    assert f"by Ada, today, {time.strftime('%H:%M', time.localtime(now))}" in said
    assert "2020-09-1" in prose.mrkdwn("<!date^1600000000^{date_num}|then>")
    assert "<script" not in prose.mrkdwn("<!date^1600000000^<script>|then>")
