"""What a file of the project never names."""

import re

import pytest

from tests.packaging.checkout import ROOT, texts

# Brackets keep this file from finding itself.
REGISTRIES = r"p[y]pi\.o[r]g|pythonh[o]sted|npmj[s]\.|registry\.np[m]|deb\.d[e]bian|g[h]cr\.io|docker\.i[o]/"
HOMES = r"(^|[\s\"'=(:`])/(h[o]me|r[o]ot|U[s]ers|w[o]rk|t[m]p)/[A-Za-z0-9._-]"


@pytest.mark.parametrize(
    ("pattern", "sample"),
    [(REGISTRIES, "https://p" + "ypi.org/simple"), (HOMES, "see '/ho" + "me/ada/confab'")],
    ids=["a package registry's host", "a path of somebody's machine"],
)
def test_no_file_names(pattern: str, sample: str) -> None:
    assert re.search(pattern, sample), "the pattern finds what it is for"
    found = [name for name, text in texts().items() if re.search(pattern, text, re.MULTILINE)]
    assert found == []


def test_no_file_names_this_checkout() -> None:
    assert [name for name, text in texts().items() if str(ROOT) in text] == []
