"""Runs samples as whoever copied them would: a Python of its own, a bash with curl, a POST."""

import asyncio
import os
import sys
from pathlib import Path

import aiohttp

from bot.chat.code_samples.call import Call, Language
from bot.chat.code_samples.curl_line import curl_line, posted_to
from bot.chat.code_samples.json_body import json_body
from bot.chat.code_samples.python_code import python_code
from bot.playground.model import ScriptedAzure

PATIENCE = 60.0

_AZ = """#!/bin/sh
[ "$*" = "account get-access-token --scope {scope} --query accessToken --output tsv" ] || exit 3
printf '%s\\n' "$A_TOKEN"
"""
_IDENTITY = """
import os


class DefaultAzureCredential:
    pass


def get_bearer_token_provider(credential, scope):
    assert isinstance(credential, DefaultAzureCredential)
    assert scope == {scope!r}
    return lambda: os.environ["A_TOKEN"]
"""


def surroundings(folder: Path, azure: ScriptedAzure, call: Call) -> dict[str, str]:
    """An environment with what the samples read, and for keyless ones an Azure to sign in to."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    endpoint = {call.way.endpoint: azure.endpoint.rstrip("/") + call.way.tail}
    if not call.sent.keyless:
        return kept | endpoint | {call.way.key: azure.key}
    az = folder / "az"
    az.write_text(_AZ.format(scope=call.way.scope))
    az.chmod(0o755)
    identity = folder / "azure" / "identity"
    identity.mkdir(parents=True, exist_ok=True)
    (folder / "azure" / "__init__.py").touch()
    (identity / "__init__.py").write_text(_IDENTITY.format(scope=call.way.scope))
    path = {"PATH": f"{folder}{os.pathsep}{kept.get('PATH', '')}", "PYTHONPATH": str(folder)}
    return kept | endpoint | path | {"A_TOKEN": azure.key}


async def run(language: Language, call: Call, azure: ScriptedAzure, folder: Path) -> str:
    """What the sample printed or was answered; it must end well."""
    environ = surroundings(folder, azure, call)
    if language is Language.PYTHON:
        file = folder / "sample.py"
        file.write_text(python_code(call), encoding="utf-8")
        return await _process(sys.executable, "-W", "error", str(file), environ=environ, folder=folder)
    if language is Language.CURL:
        file = folder / "sample.sh"
        file.write_text(curl_line(call), encoding="utf-8")
        return await _process("bash", "-eu", str(file), environ=environ, folder=folder)
    address = await _process("bash", "-c", f'printf %s "{posted_to(call)}"', environ=environ, folder=folder)
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {azure.key}", "Content-Type": "application/json"}
        async with session.post(address, data=json_body(call).encode(), headers=headers) as response:
            assert response.status == 200
            return await response.text()


async def _process(*command: str, environ: dict[str, str], folder: Path) -> str:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command, env=environ, cwd=folder, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe
    )
    async with asyncio.timeout(PATIENCE):
        out, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return out.decode()
