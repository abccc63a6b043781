from dataclasses import replace

import pytest

from bot.chat.addressing import Ignored, Silence, Terms, address, ours
from bot.chat.messages import Edited, Heard, Question
from bot.chat.setup import ReplyMode
from bot.chat.threads import Place, ThreadKey, Us

US = Us(team_id="T1", user_id="UCONFAB", bot_id="BCONFAB")
PLAIN = Heard(
    channel_id="C1",
    place=Place.CHANNEL,
    ts="100.000001",
    thread_ts=None,
    author_id="UADA",
    bot_id=None,
    subtype=None,
    text="what is ChatML?",
)
MENTION = replace(PLAIN, opens_with=("UCONFAB",), mentions=frozenset({"UCONFAB"}))
USUAL = Terms()
ASKED = Terms(asked_here=True, ours=True)
REPLY = replace(PLAIN, ts="101.000001", thread_ts="100.000001")


def judged(heard: Heard, terms: Terms = USUAL) -> Question | Silence:
    verdict = address(heard, US, terms)
    return verdict.reason if isinstance(verdict, Ignored) else verdict


def test_a_mention_starts_a_thread_under_itself() -> None:
    question = judged(MENTION)
    assert isinstance(question, Question)
    assert question.thread == ThreadKey("T1", "C1", "100.000001")
    assert question.mentioned


def test_a_root_that_carries_its_own_thread_ts_is_its_own_thread() -> None:
    question = judged(replace(MENTION, thread_ts=MENTION.ts))
    assert isinstance(question, Question)
    assert question.thread.root_ts == MENTION.ts


def test_a_mention_in_a_thread_is_for_that_thread() -> None:
    question = judged(replace(REPLY, mentions=frozenset({"UCONFAB"})))
    assert isinstance(question, Question)
    assert question.thread.root_ts == "100.000001"


def test_who_asked_in_a_thread_writes_on_there_without_a_mention() -> None:
    question = judged(REPLY, ASKED)
    assert isinstance(question, Question)
    assert not question.mentioned


def test_a_direct_message_needs_no_mention_and_starts_its_own_thread() -> None:
    question = judged(replace(PLAIN, place=Place.DIRECT, channel_id="D1"))
    assert isinstance(question, Question)
    assert question.thread == ThreadKey("T1", "D1", "100.000001")


def test_a_direct_message_may_begin_with_anybody() -> None:
    heard = replace(PLAIN, place=Place.DIRECT, opens_with=("UGRACE",), mentions=frozenset({"UGRACE"}))
    assert isinstance(judged(heard), Question)


def test_the_team_is_the_installations_never_the_authors() -> None:
    question = judged(replace(MENTION, author_team_id="TOTHER"))
    assert isinstance(question, Question)
    assert (question.thread.team_id, question.author_team_id) == ("T1", "TOTHER")


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_files_and_broadcast_replies_are_messages_like_any_other(subtype: str) -> None:
    assert isinstance(judged(replace(MENTION, subtype=subtype)), Question)


def test_a_message_that_opens_with_several_people_is_for_confab_if_it_is_one_of_them() -> None:
    both = replace(MENTION, opens_with=("UGRACE", "UCONFAB"))
    assert isinstance(judged(both), Question)


@pytest.mark.parametrize(
    ("heard", "reason"),
    [
        (PLAIN, Silence.NOT_ASKED),
        (REPLY, Silence.NOT_ASKED),
        (replace(MENTION, author_id="UCONFAB"), Silence.OWN_MESSAGE),
        (replace(MENTION, author_id=None, bot_id="BCONFAB", subtype="bot_message"), Silence.OWN_MESSAGE),
        (replace(MENTION, bot_id="BOTHER"), Silence.OTHER_BOT),
        (replace(MENTION, subtype="bot_message"), Silence.OTHER_BOT),
        (replace(MENTION, author_id="USLACKBOT"), Silence.SLACKBOT),
        (replace(MENTION, subtype="channel_join"), Silence.NOT_SPEECH),
        (replace(MENTION, subtype="channel_topic"), Silence.NOT_SPEECH),
        (replace(MENTION, author_id=None), Silence.NOBODY),
        (
            replace(MENTION, opens_with=("UGRACE",), mentions=frozenset({"UGRACE", "UCONFAB"})),
            Silence.TO_SOMEBODY_ELSE,
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Silence) else "",
)
def test_every_silence_has_its_reason(heard: Heard, reason: Silence) -> None:
    assert judged(heard) is reason


def test_in_a_thread_of_ours_a_message_to_somebody_else_is_theirs() -> None:
    heard = replace(REPLY, opens_with=("UGRACE",), mentions=frozenset({"UGRACE"}))
    assert judged(heard, ASKED) is Silence.TO_SOMEBODY_ELSE


def test_having_asked_in_a_thread_does_not_open_the_channel() -> None:
    assert judged(PLAIN, ASKED) is Silence.NOT_ASKED


def test_confabs_own_edits_are_told_apart() -> None:
    edit = Edited(channel_id="C1", ts="1.0", author_id="UADA", bot_id=None, text="x")
    assert not ours(edit, US)
    assert ours(replace(edit, author_id="UCONFAB"), US)
    assert ours(replace(edit, author_id=None, bot_id="BCONFAB"), US)


HERE = frozenset({"UCONFAB"})
TOP_MENTION, TOP = MENTION, PLAIN
MENTION_IN_THREAD = replace(REPLY, mentions=HERE)
OURS = Terms(ours=True)
MODES: dict[ReplyMode, dict[str, Silence | None]] = {
    ReplyMode.OFF: dict.fromkeys(
        ("mention", "top", "mention in a thread", "asker", "other in ours", "stranger"), Silence.OFF
    ),
    ReplyMode.MENTIONS: {
        "mention": None,
        "top": Silence.NOT_MENTIONED,
        "mention in a thread": None,
        "asker": Silence.NOT_MENTIONED,
        "other in ours": Silence.NOT_MENTIONED,
        "stranger": Silence.NOT_MENTIONED,
    },
    ReplyMode.ASKERS: {
        "mention": None,
        "top": Silence.NOT_ASKED,
        "mention in a thread": None,
        "asker": None,
        "other in ours": Silence.NOT_ASKED,
        "stranger": Silence.NOT_ASKED,
    },
    ReplyMode.THREAD: {
        "mention": None,
        "top": Silence.NOT_OURS,
        "mention in a thread": None,
        "asker": None,
        "other in ours": None,
        "stranger": Silence.NOT_OURS,
    },
    ReplyMode.EVERY: dict.fromkeys(
        ("mention", "top", "mention in a thread", "asker", "other in ours", "stranger"), None
    ),
}
WRITTEN = {
    "mention": (TOP_MENTION, USUAL),
    "top": (TOP, USUAL),
    "mention in a thread": (MENTION_IN_THREAD, USUAL),
    "asker": (REPLY, ASKED),
    "other in ours": (REPLY, OURS),
    "stranger": (REPLY, USUAL),
}


@pytest.mark.parametrize("mode", ReplyMode)
@pytest.mark.parametrize("written", WRITTEN)
def test_each_mode_answers_those_whom_it_names(mode: ReplyMode, written: str) -> None:
    heard, terms = WRITTEN[written]
    verdict = judged(heard, replace(terms, reply_mode=mode))
    assert (None if isinstance(verdict, Question) else verdict) is MODES[mode][written]


@pytest.mark.parametrize("mode", ReplyMode)
def test_a_direct_message_is_answered_in_every_mode(mode: ReplyMode) -> None:
    assert isinstance(judged(replace(PLAIN, place=Place.DIRECT), Terms(mode)), Question)


@pytest.mark.parametrize("mode", [ReplyMode.THREAD, ReplyMode.EVERY])
def test_what_is_said_to_somebody_else_is_theirs_even_where_everyone_is_answered(mode: ReplyMode) -> None:
    heard = replace(REPLY, opens_with=("UGRACE",), mentions=frozenset({"UGRACE"}))
    assert judged(heard, replace(OURS, reply_mode=mode)) is Silence.TO_SOMEBODY_ELSE


@pytest.mark.parametrize("mode", [ReplyMode.THREAD, ReplyMode.EVERY])
def test_a_picture_without_words_asks_for_nothing_unless_confab_is_mentioned(mode: ReplyMode) -> None:
    picture = replace(REPLY, text=" ", subtype="file_share")
    terms = replace(OURS, reply_mode=mode)
    assert judged(picture, terms) is Silence.NOTHING_SAID
    assert isinstance(judged(replace(picture, mentions=HERE), terms), Question)


def test_a_top_level_message_that_is_answered_starts_its_thread_and_makes_nobody_an_asker() -> None:
    question = judged(PLAIN, Terms(ReplyMode.EVERY))
    assert isinstance(question, Question)
    assert question.thread.root_ts == PLAIN.ts
    assert not question.mentioned
