from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Installation, Limits, RunningWorkspace, Workspace, running_workspace

MANIFEST = Path(__file__).with_name("manifest.yml")


class Clock:
    """A clock that tests move by hand."""

    def __init__(self) -> None:
        self.now = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@dataclass(frozen=True)
class Refusal:
    """What the SDK made of an answer that was not ok."""

    error: str
    status: int
    body: dict[str, object]
    headers: dict[str, str]


async def refusal(call: object) -> Refusal:
    with pytest.raises(SlackApiError) as caught:
        await call  # type: ignore[misc] # any of the client's calls
    response = caught.value.response
    return Refusal(response["error"], response.status_code, response.data, response.headers)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits() -> Limits:
    return replace(Limits(), ack_within=0.25, retry_after=(0.0, 0.05, 0.05), disconnect_grace=0.05)


@pytest.fixture
def installation() -> Installation:
    return Installation.from_manifest(MANIFEST)


@pytest.fixture
async def slack(installation: Installation, clock: Clock, limits: Limits) -> AsyncIterator[RunningWorkspace]:
    async with running_workspace(app=installation, clock=clock, limits=limits, control=True) as running:
        yield running


@pytest.fixture
def workspace(slack: RunningWorkspace) -> Workspace:
    return slack.workspace


@pytest.fixture
def client(slack: RunningWorkspace) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


Connect = Callable[..., AsyncWebClient]


@pytest.fixture
def connect(slack: RunningWorkspace) -> Connect:
    def with_token(token: str | None) -> AsyncWebClient:
        return AsyncWebClient(token, base_url=slack.api_url, retry_handlers=[])

    return with_token
