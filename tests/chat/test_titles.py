"""What a session is called."""

from bot.chat.addressing import FILES_ALONE
from bot.chat.messages import Message, Role
from bot.chat.overheard import ANSWER_THIS_THREAD
from bot.chat.shared_files import KeptFile, SharedFile
from bot.chat.titles import MOST, title_for, title_of


def question(text: str, *names: str) -> Message:
    files = tuple(KeptFile(SharedFile("F1", name, "", 1)) for name in names)
    return Message(1, Role.USER, "U1", "1.000001", text, files=files)


def test_what_stands_in_place_of_words_is_no_title() -> None:
    assert title_for([question(ANSWER_THIS_THREAD)]) == ""
    assert title_for([question(ANSWER_THIS_THREAD), question("So when?")]) == "So when?"
    assert title_for([question(FILES_ALONE, "report.pdf")]) == "report.pdf"
    assert title_for([question("Read this", "report.pdf")]) == "Read this"


def test_nobodys_id_stands_in_a_title() -> None:
    assert title_for([question("Did @U0ADA12 ask @W0BOB34?")]) == "Did somebody ask somebody?"


def test_a_short_question_is_its_own_title_in_one_line() -> None:
    assert title_of("  Which\nconsole? ") == "Which console?"


def test_a_long_one_ends_after_a_whole_word() -> None:
    title = title_of("word " * 40)
    assert len(title) <= MOST
    assert title.endswith("word…")


def test_one_without_spaces_is_cut_where_there_is_no_more_room() -> None:
    assert len(title_of("x" * 500)) == MOST
