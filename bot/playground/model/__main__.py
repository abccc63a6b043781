"""`python -m bot.playground.model local|scripted`: one server, one process, until SIGTERM.

The key comes from the environment, as a command line is there for everybody on the machine to read.
"""

import argparse
import os
import sys

from bot.playground.model import ModelUnavailable, serve_local_model, serve_scripted
from bot.playground.model.local.weights import PRACTICE_MODEL


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 after SIGTERM, 1 if the port is taken, 2 if there is no model or no key."""
    chosen = _parser().parse_args(arguments)
    key = os.environ.get("AZURE_OPENAI_API_KEY", "")
    if not key:
        return _fail(2, "Set AZURE_OPENAI_API_KEY to the key that callers must bring.")
    try:
        if chosen.brain == "local":
            serve_local_model(chosen.host, chosen.port, key, chosen.model_path or None, chosen.deployment)
        else:
            serve_scripted(chosen.host, chosen.port, key)
    except ModelUnavailable as unavailable:
        return _fail(2, str(unavailable))
    except OSError as failed:
        return _fail(1, f"Cannot listen on {chosen.host}:{chosen.port}: {failed.strerror}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot.playground.model",
        description="A model on loopback that speaks Azure OpenAI's protocol.",
    )
    brains = parser.add_subparsers(dest="brain", required=True)
    local = brains.add_parser("local", help="a real language model, served by llama.cpp")
    local.add_argument(
        "--model-path",
        default=os.environ.get("MODEL"),
        help="a GGUF file instead of the practice model; default: $MODEL",
    )
    local.add_argument("--deployment", default=PRACTICE_MODEL, help="its name; default: %(default)s")
    scripted = brains.add_parser("scripted", help="a stand-in without a model, told what to say at /control")
    for each in (local, scripted):
        each.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
        each.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    return parser


def _fail(code: int, sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
