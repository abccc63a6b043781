import pytest

from bot.playground.page.serving import listen


def test_after_the_last_port_there_is_no_next() -> None:
    with listen(65_535), pytest.raises(OSError, match="in use"):
        listen(65_535)
