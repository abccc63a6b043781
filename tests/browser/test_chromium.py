from pathlib import Path

import pytest

from tests.browser.conftest import chromium_on


def test_a_browser_on_the_path_is_found(tmp_path: Path) -> None:
    browser = tmp_path / "chromium-browser"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    assert chromium_on(str(tmp_path), ci=False) == str(browser)


def test_a_machine_without_a_browser_skips_and_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        chromium_on(str(tmp_path), ci=False)


def test_ci_without_a_browser_fails(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        chromium_on(str(tmp_path), ci=True)
