"""What a session is called."""

from bot.chat.titles import MOST, title_of


def test_a_short_question_is_its_own_title_in_one_line() -> None:
    assert title_of("  Which\nconsole? ") == "Which console?"


def test_a_long_one_ends_after_a_whole_word() -> None:
    title = title_of("word " * 40)
    assert len(title) <= MOST
    assert title.endswith("word…")


def test_one_without_spaces_is_cut_where_there_is_no_more_room() -> None:
    assert len(title_of("x" * 500)) == MOST
