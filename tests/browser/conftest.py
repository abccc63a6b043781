"""Where a real browser comes from. A machine without one skips these tests; CI must have one."""

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_on(search_path: str, *, ci: bool) -> str:
    """The browser's path. Where there is none the test is skipped, and under CI it fails."""
    for name in NAMES:
        if found := shutil.which(name, path=search_path):
            return found
    absent = "There is no Chromium here, so nothing was tried in a browser: apt-get install chromium"
    if ci:
        pytest.fail(absent, pytrace=False)
    pytest.skip(absent)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    return chromium_on(os.environ.get("PATH", ""), ci=os.environ.get("CI") == "true")
