"""llama.cpp in a process of its own, which ends with its stdin. Started by `llama.py`.

Stopping the engine can block for ever, and with it the interpreter that it runs in: nothing here stops it.
"""

import json
import os
import sys
from typing import Any

import xllamacpp  # type: ignore[import-untyped]  # it has no types

#: Tokens of context for each request: all that SmolLM2-135M was trained on.
CONTEXT = 8192
#: Requests answered at once; the next ones wait.
SLOTS = 2
THREADS = 2


def main() -> None:
    """Load the weights and serve them. The first line of stdin is the key, that of stdout the outcome."""
    weights, deployment = sys.argv[1:]
    key = sys.stdin.readline().strip()
    try:
        server = xllamacpp.Server(parameters(weights, deployment, key))
    except RuntimeError as failed:
        said = {"failed": str(failed)}
    else:
        said = {"address": server.listening_address}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)


def parameters(weights: str, deployment: str, key: str) -> Any:
    """How the engine is to serve: on loopback, at `/openai/v1/...`, to those who have the key."""
    params = xllamacpp.CommonParams()
    params.model.path = weights
    params.model_alias = {deployment}
    params.api_prefix = "/openai"
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    # llama.cpp divides its context among the slots.
    params.n_ctx = CONTEXT * SLOTS
    params.n_parallel = SLOTS
    params.cpuparams.n_threads = THREADS
    params.cpuparams_batch.n_threads = THREADS
    params.ui = False
    params.verbosity = 1  # errors only
    return params


if __name__ == "__main__":
    main()
