"""Each server as a process of its own, the way the playground starts it."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openai import AsyncOpenAI

from tests.playground.model.saying import complete

ROOT = Path(__file__).parents[3]


@contextmanager
def started(*arguments: str, key: str = "process-key") -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.playground.model", *arguments],
        cwd=ROOT,
        env={**os.environ, "AZURE_OPENAI_API_KEY": key},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def ready(process: "subprocess.Popen[str]") -> int:
    assert process.stdout
    line = json.loads(process.stdout.readline())
    assert line.keys() == {"ready", "port"}
    return int(line["port"])


@pytest.mark.parametrize("brain", ["local", "scripted"])
async def test_a_server_says_where_it_is_answers_and_goes_when_told(brain: str) -> None:
    with started(brain) as process:
        base = f"http://127.0.0.1:{ready(process)}/openai/v1/"
        async with AsyncOpenAI(base_url=base, api_key="process-key", timeout=30) as client:
            assert await complete(client, "smollm2", max_tokens=2)

        process.send_signal(signal.SIGTERM)
        rest, complaints = process.communicate(timeout=60)

    assert (process.returncode, rest, complaints) == (0, "", "")


async def test_a_server_told_to_go_does_not_finish_its_answers_first() -> None:
    with started("local") as process:
        base = f"http://127.0.0.1:{ready(process)}/openai/v1/"
        async with AsyncOpenAI(base_url=base, api_key="process-key", timeout=30) as client:
            chunks = await client.completions.create(
                model="smollm2", prompt="Once", stream=True, max_tokens=4000, logit_bias={"2": -100}
            )
            await anext(aiter(chunks))

            process.send_signal(signal.SIGTERM)

            assert process.wait(timeout=60) == 0
            await chunks.close()


def test_a_taken_port_is_said_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with started("scripted", "--port", port) as process:
            said, complaint = process.communicate(timeout=60)

    assert (process.returncode, said) == (1, "")
    assert port in complaint
    assert "Traceback" not in complaint


def test_a_missing_model_is_said_in_a_sentence() -> None:
    with started("local", "--model-path", "nowhere.gguf") as process:
        said, complaint = process.communicate(timeout=60)

    assert (process.returncode, said) == (2, "")
    assert "MODEL" in complaint
    assert "Traceback" not in complaint


def test_a_missing_key_is_said_in_a_sentence() -> None:
    with started("scripted", key="") as process:
        _, complaint = process.communicate(timeout=60)

    assert process.returncode == 2
    assert "AZURE_OPENAI_API_KEY" in complaint
