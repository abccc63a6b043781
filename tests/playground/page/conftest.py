import pytest

from bot.playground.page.prose import Prose
from bot.playground.workspace import Installation, Workspace


@pytest.fixture
def workspace() -> Workspace:
    scopes = ("app_mentions:read", "channels:history", "chat:write", "groups:history", "im:history")
    events = frozenset({"app_mention", "message.channels", "message.groups", "message.im"})
    return Workspace(Installation("Confab", scopes, events))


@pytest.fixture
def prose(workspace: Workspace) -> Prose:
    return Prose(workspace.team)
