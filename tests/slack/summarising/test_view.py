"""The modal of a summary and the posted one, as Slack would take them."""

from typing import Any

import pytest
import yaml

from bot.chat.summarising import NoSummary, Summary
from bot.chat.threads import ThreadKey
from bot.errors import AnswerFiltered, ConfabError, DatabaseDown, ModelBusy, SlackUnwilling
from bot.playground.workspace.blockkit.blocks import Surface, check_blocks
from bot.playground.workspace.blockkit.inspection import Inspection
from bot.playground.workspace.blockkit.views import check_view
from bot.playground.workspace.limits import Limits
from bot.slack.summarising import texts
from bot.slack.summarising.listeners import SUMMARISE
from bot.slack.summarising.view import LONGEST, POST, Draft, message, notice, posted_view, summary_view
from tests.slack.desk import MANIFEST

THREAD = ThreadKey("T1", "C0123456789", "1700000000.000100")


def drafted(text: str, **more: Any) -> Draft:
    return Draft.of(Summary(THREAD, text, **more))


@pytest.mark.parametrize("text", ["Short.", "\U0001f600" * 4_000, "<@U0ADA> & <!channel>\n" * 900])
def test_every_summary_fits_the_modal_and_the_message(text: str) -> None:
    draft = drafted(text, older=1_234, newer=True, cut=True)
    tried = summary_view(draft, trouble=texts.NOT_POSTED)
    for view in (summary_view(draft), tried, notice(texts.ONE_MOMENT)):
        checked: Any = view
        assert check_view(checked, "modal", Limits())
        assert len(checked["private_metadata"]) <= 3_000
    posted: Any = message(draft, "U0ADA")
    check_blocks(look := Inspection(), posted, Surface.MESSAGE)
    assert look.faults == []


def test_a_draft_comes_back_from_the_view_as_it_went() -> None:
    for draft in (drafted("One\n\n- two\nthree", older=3), drafted("x")):
        assert Draft.decoded(draft.encoded()) == draft
    for broken in ("", "C1", "C1 1.0", "C1 1.0\nleft out", "\n\ntext"):
        assert Draft.decoded(broken) is None


def test_nobody_is_called_by_a_summary() -> None:
    draft = drafted("@channel <!here> <@U0BOB|bob>")
    for call in ("@channel", "<!here>", "<@U0BOB"):
        assert call not in draft.text
    assert message(draft, "U0ADA")[0]["text"] == summary_view(draft)["blocks"][0]["text"]  # type: ignore[index]


def test_only_what_can_be_posted_has_the_button() -> None:
    draft = drafted("Short.")
    assert POST in str(summary_view(draft))
    assert POST not in str(posted_view(draft, texts.POSTED))
    assert POST not in str(notice(texts.FAILED))


def test_what_is_left_out_is_said_and_nothing_else() -> None:
    assert drafted("Short.").left_out == ""
    assert drafted("Short.", older=1).left_out.startswith("The oldest message is left out")
    assert "2 messages are left out" in drafted("Short.", older=2).left_out
    assert "newest messages" in drafted("Short.", newer=True).left_out
    assert "cut" in drafted("x" * (LONGEST + 1)).left_out


def test_every_reason_and_every_failure_has_a_sentence() -> None:
    assert all(texts.why_not(reason) for reason in NoSummary)
    busy = ModelBusy(3)
    assert texts.failed(busy) == busy.sentence
    failures: list[ConfabError] = [DatabaseDown("x"), SlackUnwilling("users.info", "access_denied")]
    assert {texts.failed(each) for each in failures} == {texts.FAILED}
    assert "summarise" in texts.failed(AnswerFiltered())


def test_the_manifest_offers_it() -> None:
    shortcuts: list[dict[str, Any]] = yaml.safe_load(MANIFEST.read_text("utf-8"))["features"]["shortcuts"]
    (ours,) = (each for each in shortcuts if each["callback_id"] == SUMMARISE)
    assert ours["type"] == "message"
