from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.stage import Ear, Stage, listening, staged


@pytest.fixture
def ear() -> Iterator[Ear]:
    with listening() as ear:
        yield ear


@pytest.fixture
def stage(sqlite_url: str, ear: Ear) -> Iterator[Stage]:
    with staged(Path(sqlite_url.removeprefix("sqlite:///"))) as standing:
        yield standing
