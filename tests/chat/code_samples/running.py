"""Runs samples as whoever copied them would: a Python of its own, a bash with curl, a POST."""

import asyncio
import os
import sys
from pathlib import Path

import aiohttp

from bot.chat.code_samples.call import Call, Language
from bot.chat.code_samples.curl_line import posted_to
from bot.chat.view_code import WRITERS, Sample
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
    """What the call's sample printed or was answered; it must end well."""
    sample = Sample(language, WRITERS[language](call), address=posted_to(call))
    return await execute(sample, surroundings(folder, azure, call), azure.key, folder)


async def execute(sample: Sample, environ: dict[str, str], key: str, folder: Path) -> str:
    """The same for a sample that somebody copied, where `environ` has what it reads."""
    if sample.language is Language.JSON:
        return await _post(sample, environ, key, folder)
    file = folder / "sample"
    file.write_text(sample.text, encoding="utf-8")
    command = [sys.executable, "-W", "error"] if sample.language is Language.PYTHON else ["bash", "-eu"]
    return await _process(*command, str(file), environ=environ, folder=folder)


async def _post(sample: Sample, environ: dict[str, str], key: str, folder: Path) -> str:
    written = f'printf %s "{sample.address}"'
    address = await _process("bash", "-euc", written, environ=environ, folder=folder)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=sample.text.encode(), headers=headers) as response,
    ):
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
