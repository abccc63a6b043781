"""Entra ID: tokens in place of a key."""

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any, Protocol, TypeAlias

from bot.errors import MissingExtra, OperatorFault

TokenSource: TypeAlias = Callable[[], Awaitable[str]]


class SignIn(Protocol):
    """Whoever Confab is for Azure."""

    def tokens(self, scope: str) -> TokenSource:
        """A source of valid tokens for a scope; it keeps each until it runs out."""

    async def aclose(self) -> None:
        """Let go of connections."""


class EntraSignIn:
    """Signed in as the surroundings say: a managed identity, a service principal, `az login`.

    Raises:
        MissingExtra: azure-identity is not installed.
    """

    def __init__(self, load: Callable[[str], Any] = import_module) -> None:
        try:
            self._identity = load("azure.identity.aio")
        except ImportError:
            raise MissingExtra(what="Azure without a key", extra="entra") from None
        self._credential = self._identity.DefaultAzureCredential()

    def tokens(self, scope: str) -> TokenSource:
        """Raises OperatorFault where nobody is signed in."""
        provide: TokenSource = self._identity.get_bearer_token_provider(self._credential, scope)

        async def token() -> str:
            try:
                return await provide()
            except Exception as error:  # noqa: BLE001  # a tree that may not be installed
                raise OperatorFault(f"no Entra ID token for {scope}: {type(error).__name__}") from None

        return token

    async def aclose(self) -> None:
        """Close what the credential has opened."""
        await self._credential.close()
