"""What `confab check` wants to know about Slack: a line for each finding, an error for each fault."""

from collections.abc import Collection

from bot.errors import OperatorFault
from bot.slack.scopes import SCOPES, missing
from bot.slack.socket import open_connection
from bot.slack.workspace import Workspace


def bot_token(workspace: Workspace) -> tuple[str, ...]:
    """The token that `Workspace.connect` took."""
    return (f"{workspace.us.name} in {workspace.team_name} ({workspace.us.team_id})",)


def granted_scopes(granted: Collection[str]) -> tuple[str, ...]:
    """What was granted against what manifest.yml asks for.

    Raises:
        OperatorFault: a required scope is missing.
    """
    if lacking := missing(granted, required=True):
        listed = "; ".join(f"{scope.name} (for {scope.feature})" for scope in lacking)
        raise OperatorFault(f"missing: {listed}. Update the app from manifest.yml and install it again.")
    required = sum(scope.required for scope in SCOPES)
    absent = missing(granted, required=False)
    return (
        f"all {required} required scopes",
        *(f"without the optional {scope.name}: no {scope.feature}" for scope in absent),
    )


async def app_token(workspace: Workspace, token: str) -> tuple[str, ...]:
    """Whether Socket Mode would open.

    Raises:
        OperatorFault: Slack does not take the token, or gives no address.
    """
    try:
        await open_connection(workspace.app_level(token))
    except ConnectionError as error:
        raise OperatorFault(f"apps.connections.open: {error}; is Socket Mode on for this app?") from None
    return ("Socket Mode opens",)
