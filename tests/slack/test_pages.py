"""Pages: everything arrives, within the limits, and what was shown stays right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.fences import Fence, fence_after
from bot.slack.pages import BLOCK_PAGES, STREAM_PAGES, PageLimits, pages

SMALL = PageLimits(soft=90, hard=140, size=200)

_bits = st.sampled_from(
    [
        "word ",
        "A sentence. ",
        "\n",
        "\n\n",
        "```python\n",
        "```\n",
        "| a | b |\n",
        "|---|---|\n",
        "x" * 60,
        "日本語",
        "👩‍👩‍👧‍👦",
        "é",
        "`code` ",
        "~~~\n",
        "  \n",
        "@here ",
        "[a link](https://slack.example/a_b?c=d) ",
        "[half a link](https://sla",
        "https://slack.example/archives/C1/p2 ",
        "`a span of code` ",
        "- item\n",
        "  - nested item\n",
        "1. first\n",
        "   - under the first\n",
        "     1. and under that\n",
        "   goes on\n",
        "   ",
        "\t- tabbed\n",
    ]
)
answers = st.lists(_bits, max_size=80).map("".join) | st.text(max_size=600)


@given(answers)
def test_all_text_arrives_once_and_in_order(answer: str) -> None:
    assert "".join(page.body for page in pages(answer, SMALL)) == answer


@given(answers)
def test_no_page_is_over_its_limits(answer: str) -> None:
    for page in pages(answer, SMALL):
        assert len(page.text) <= SMALL.hard
        assert len(page.text.encode("utf-8", "replace")) <= SMALL.size


@given(answers, st.data())
def test_what_was_shown_of_an_unfinished_answer_is_the_beginning_of_what_stands_at_the_end(
    answer: str, data: st.DataObject
) -> None:
    so_far = answer[: data.draw(st.integers(0, len(answer)))]
    whole = pages(answer, SMALL)
    early = pages(so_far, SMALL, complete=False)
    assert early[:-1] == whole[: len(early) - 1] if early else True
    if early:
        assert whole[len(early) - 1].text.startswith(early[-1].text)


@given(answers)
def test_every_page_but_the_last_closes_its_fences(answer: str) -> None:
    for page in pages(answer, SMALL)[:-1]:
        assert fence_after(page.text) is None


@given(st.text(alphabet="ab \n.", max_size=400))
def test_text_that_fits_is_one_page(answer: str) -> None:
    short = answer[:80]
    assert len(pages(short, SMALL)) == (1 if short else 0)


def test_a_page_ends_at_the_first_paragraph_past_the_soft_limit() -> None:
    first = "a" * 95
    answer = f"{first}\n\n{'b' * 20}\n\n{'c' * 60}"
    assert [page.text for page in pages(answer, SMALL)] == [first, f"{'b' * 20}\n\n{'c' * 60}"]


@pytest.mark.parametrize(
    ("stretch", "end"),
    [("one. two\nthree four", "two"), ("one. two three", "one."), ("one two thr", "two")],
)
def test_without_a_paragraph_a_page_ends_at_a_line_a_sentence_or_a_space(stretch: str, end: str) -> None:
    answer = "a" * 100 + " " + stretch + "x" * 200
    assert pages(answer, SMALL)[0].text.endswith(end)


def test_a_fence_is_closed_and_reopened_with_its_language() -> None:
    code = "```python\n" + "".join(f"line_{n} = {n}\n" for n in range(20)) + "```\n"
    shown = pages(code, SMALL)
    assert len(shown) > 1
    assert all(page.text.startswith("```python\n") for page in shown)
    assert all(page.text.endswith("\n```") for page in shown)


def test_no_row_of_a_table_is_cut() -> None:
    rows = [f"| {n} | {'y' * 30} |" for n in range(20)]
    shown = pages("\n".join(rows), SMALL)
    assert [row for page in shown for row in page.text.splitlines()] == rows


def test_no_picture_made_of_several_characters_is_cut() -> None:
    family = "👩‍👩‍👧‍👦"
    shown = pages("a" * 3 + family * 40, SMALL)
    assert all(not page.body.startswith("\u200d") and not page.body.endswith("\u200d") for page in shown)


def test_an_address_is_not_cut_into_a_call() -> None:
    assert not any(page.body.startswith("@") for page in pages("x" * 300 + "@channel" + "y" * 200, SMALL))
    for lead in range(120, 150):
        assert not any(page.body.startswith("@") for page in pages("x" * lead + "@channel" * 9, SMALL))


@pytest.mark.parametrize("limits", [STREAM_PAGES, BLOCK_PAGES])
def test_thirty_thousand_characters_fit_slacks_limits(limits: PageLimits) -> None:
    answer = "".join(f"Paragraph {n} says a few things. And one more.\n\n" for n in range(700))
    shown = pages(answer, limits)
    assert "".join(page.body for page in shown) == answer
    assert max(len(page.text) for page in shown) <= limits.hard


def test_a_row_that_would_be_cut_starts_the_next_page() -> None:
    intro, row = "a word " * 8 + "\n", f"| {'y' * 80} |\n"
    assert [page.body for page in pages(intro + row + "after", SMALL)] == [intro, row + "after"]


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("```python\ncode", Fence("```", "python")),
        ("```\ncode\n```\n", None),
        ("````md\n```\ncode", Fence("````", "md")),
        ("~~~\n```\ncode", Fence("~~~")),
        ("  1. item\n     ```sh\n     ls", Fence("```", "sh")),
        ("a `word` and ``another``", None),
        ("```not a fence```", None),
    ],
)
def test_the_open_fence_is_the_one_that_nothing_closed(text: str, opened: Fence | None) -> None:
    assert fence_after(text) == opened


LINK = "[the docs](https://slack.example/s#end)"
_whole = st.sampled_from(
    [LINK, f"!{LINK}", "https://slack.example/archives/C1/p2?x=y", "`a.b(c) or d`", "``a ` b``"]
)
_around = st.sampled_from(
    ["word ", "A sentence. ", "wordier words. ", "- item ", "\n", "\n\n", "x" * 20 + " "]
)


@given(st.lists(st.tuples(_around, _whole), max_size=20), st.integers(0, 1))
def test_no_link_address_or_code_in_a_line_is_cut(bits: list[tuple[str, str]], odd: int) -> None:
    answer, kept = "x" * odd, []
    for before, whole in bits:
        answer += before
        kept.append((len(answer), len(answer) + len(whole)))
        answer += f"{whole} "
    ends = [0]
    for page in pages(answer, SMALL):
        ends.append(ends[-1] + len(page.body))
    assert not [end for end in ends for start, stop in kept if start < end < stop]


@pytest.mark.parametrize("whole", [LINK, "https://slack.example/a?b=c.d/e", "`two. words. of code`"])
@pytest.mark.parametrize("lead", range(60, 130, 3))
def test_what_does_not_fit_any_more_starts_the_next_page(whole: str, lead: int) -> None:
    found = pages("x" * lead + f" {whole}. " + "and then more words " * 8, SMALL)
    assert sum(whole in page.body for page in found) == 1


@pytest.mark.parametrize("lead", range(80, 140))
def test_a_lists_marker_stays_with_its_text(lead: int) -> None:
    for marker in ("1.", "-", "12)"):
        found = pages("x" * lead + f"\n{marker} {'y' * 30}\n{marker} {'z' * 90}", SMALL)
        assert not any(page.text.rstrip().endswith(f"\n{marker}") for page in found)


def test_a_nested_list_goes_on_under_the_markers_of_its_items() -> None:
    nested = "".join(f"   - point {number} of the second\n" for number in range(14))
    found = pages(f"1. One\n2. Two\n{nested}3. Three", SMALL)
    assert len(found) > 2
    for page in found[1:]:
        assert page.text.startswith("2. …\n   - point ")
    assert found[-1].text.endswith("\n3. Three")


def test_a_sentence_of_an_item_goes_on_in_the_item() -> None:
    found = pages("- Outer\n  7. " + "A sentence of it. " * 14 + "\n  8. Next", SMALL)
    assert found[1].text.startswith("- …\n  7. … A sentence")
    assert found[-1].text.endswith("\n  8. Next")


def test_a_paragraph_after_a_list_is_not_part_of_it() -> None:
    found = pages("1. One\n2. Two\n\n" + "A sentence after it. " * 14, SMALL)
    assert not any("…" in page.text for page in found)


def test_no_page_begins_like_a_list_where_the_answer_has_a_dash() -> None:
    found = pages("word - other # third 1. fourth " * 12, SMALL)
    assert not any(page.text.startswith(("-", "#", "1.")) for page in found)


HEAD = "| fruit | kilos |\n|---|--:|\n"


def test_a_table_goes_on_under_its_header() -> None:
    rows = "".join(f"| fruit {number} | {number} |\n" for number in range(30))
    found = pages(f"Here:\n\n{HEAD}{rows}\nThat is all.", SMALL)
    assert len(found) > 3
    for page in found[1:-1]:
        assert page.text.startswith(f"{HEAD}| fruit ")
    assert "".join(page.body for page in found) == f"Here:\n\n{HEAD}{rows}\nThat is all."


def test_rows_in_a_fence_are_code_and_no_table() -> None:
    found = pages("```\n" + HEAD + "| a | b |\n" * 30 + "```", SMALL)
    assert all(page.text.startswith("```\n|") for page in found[1:])
    assert not any(HEAD in page.text for page in found[1:])


def test_text_after_a_table_has_no_header_over_it() -> None:
    found = pages(HEAD + "| a | b |\n" * 9 + "\n" + "words and more words. " * 20, SMALL)
    assert not any(page.text.startswith("|") for page in found[2:])
