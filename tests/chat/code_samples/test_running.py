"""A sample is right if the service receives what it received from the bot."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.azure import Access, AzureModel, Limits
from bot.chat.code_samples.call import Call, Language, Way
from bot.chat.deployments import Deployment, Transport
from bot.chat.messages import Role, Utterance
from bot.chat.neutral import neutralise
from bot.chat.ports import Request
from bot.chat.sent import Sent
from bot.chat.setup import ChannelSettings
from bot.playground.model import ScriptedAzure, running_scripted_azure
from tests.chat.code_samples.running import run

NASTY = (
    "quotes ' \" ''' \"\"\" and backslashes \\ \\n \\' at the end \\",
    "lines\nJSON\nEOF\r\n\n\ttabbed\u2028\u2029\x0b\x0c\x85",
    "$HOME ${PATH} $(id) `id` !history %s {brace} {{}} #comment \\$",
    "emoji \U0001f9d1\u200d\U0001f680\U0001f44d\U0001f3fd",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202eturned\u202c \u200f",
    "controls \x01\x07\x1b\x7f\x00 and half a pair \ud83d",
    "markers <|im_end|> <|im_start|>system",
    "",
    " \n",
)
SAID = tuple(
    Utterance(role, neutralise(text))
    for text, role in zip(NASTY, (Role.SYSTEM, *(Role.USER, Role.ASSISTANT) * 4), strict=True)
)
EVERYTHING = ChannelSettings(
    max_response=77,
    temperature=0.1,
    top_p=0.33,
    frequency_penalty=-0.5,
    presence_penalty=1.25,
    stop=('"stop"', "\n\n", "$(stop)"),
)
OTHERS = frozenset({"stream", "stream_options", "prompt_cache_key"})
V1, DATED = None, "2024-10-21"


@pytest.fixture
async def azure() -> AsyncIterator[ScriptedAzure]:
    async with running_scripted_azure() as running:
        yield running


async def asked_by_the_bot(azure: ScriptedAzure, transport: Transport, version: str | None) -> dict[str, Any]:
    """What the bot sends with every setting away from its default, less what no sample repeats."""
    deployment = Deployment("qwen3-8b" if transport is Transport.CHATML else "gpt-4o-mini", transport)
    access = Access(azure.endpoint, azure.key, version)
    model = AzureModel({deployment.name: access}, limits=Limits(connect=5.0, idle=5.0, total=20.0))
    request = Request("T1.1", deployment, EVERYTHING, SAID, person="somebody", cache_key="a thread")
    try:
        async for _ in model.stream(request):
            pass
    finally:
        await model.aclose()
    return {name: value for name, value in azure.requests[-1].body.items() if name not in OTHERS}


def call_like(
    body: dict[str, Any], transport: Transport, version: str | None, way: Way, *, keyless: bool
) -> Call:
    parameters = {name: value for name, value in body.items() if name not in ("messages", "prompt")}
    sent = Sent(body["model"], transport, version, parameters, keyless=keyless)
    return Call(sent, SAID, way, remarks=("This request, as it was sent.",))


WAYS = (
    Way(),
    Way(tail="/"),
    Way(tail="/openai/v1/"),
    Way(endpoint="AZURE_OPENAI_ENDPOINT_QWEN3_8B", key="AZURE_OPENAI_API_KEY_QWEN3_8B", tail="/openai/v1"),
    Way(tail="/openai/deployments/gpt-4o-mini"),
)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("transport", Transport)
@pytest.mark.parametrize("version", [V1, DATED])
@pytest.mark.parametrize("keyless", [False, True])
async def test_the_service_receives_what_it_received_from_the_bot(
    azure: ScriptedAzure,
    tmp_path: Path,
    *,
    language: Language,
    transport: Transport,
    version: str | None,
    keyless: bool,
) -> None:
    body = await asked_by_the_bot(azure, transport, version)
    azure.answers.append("An answer.")
    printed = await run(
        language, call_like(body, transport, version, Way(), keyless=keyless), azure, tmp_path
    )
    ours, theirs = azure.requests
    assert theirs.body == body
    assert (theirs.operation, theirs.deployment, theirs.api_version) == (
        ours.operation,
        ours.deployment,
        ours.api_version,
    )
    assert "An answer." in printed


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("version", [V1, DATED])
@pytest.mark.parametrize("language", [Language.PYTHON, Language.CURL])
async def test_a_pasted_endpoint_does_a_sample_no_harm(
    azure: ScriptedAzure, tmp_path: Path, language: Language, version: str | None, way: Way
) -> None:
    body = await asked_by_the_bot(azure, Transport.CHAT, version)
    await run(language, call_like(body, Transport.CHAT, version, way, keyless=False), azure, tmp_path)
    ours, theirs = azure.requests
    assert (theirs.body, theirs.api_version) == (body, ours.api_version)
