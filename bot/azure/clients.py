"""The openai clients: one for each access, shared by the deployments behind it."""

from collections.abc import Callable, Iterable

from httpx2 import Limits as ConnectionLimits
from openai import AsyncAzureOpenAI, AsyncOpenAI, DefaultAsyncHttpxClient, Timeout

from bot.azure.access import Access
from bot.azure.entra import EntraSignIn, SignIn
from bot.azure.limits import Limits
from bot.azure.wire import Wire

# The service keeps an idle connection for minutes; with the SDK's five seconds most questions need a new one.
_CONNECTIONS = ConnectionLimits(max_connections=1000, max_keepalive_connections=100, keepalive_expiry=60)


class Clients:
    """Opens no connection before the first request.

    Raises:
        MissingExtra: an access has no key, and azure-identity is not installed.
    """

    def __init__(
        self, accesses: Iterable[Access], limits: Limits, sign_in: Callable[[], SignIn] = EntraSignIn
    ) -> None:
        self._timeout = Timeout(
            connect=limits.connect, read=limits.idle, write=limits.idle, pool=limits.connect
        )
        known = dict.fromkeys(accesses)
        self._signed_in = sign_in() if any(access.key is None for access in known) else None
        self._clients = {access: self._client(access) for access in known}

    def __getitem__(self, access: Access) -> AsyncOpenAI:
        return self._clients[access]

    async def aclose(self) -> None:
        """Close every connection; the clients are of no use after that."""
        for client in self._clients.values():
            await client.close()
        if self._signed_in:
            await self._signed_in.aclose()

    def _client(self, access: Access) -> AsyncOpenAI:
        tokens = self._signed_in.tokens(access.scope) if self._signed_in and access.key is None else None
        http = DefaultAsyncHttpxClient(timeout=self._timeout, transport=Wire(_CONNECTIONS))
        # Trying again is ours alone: the SDK knows nothing of the parameters that a model refuses, nor of how
        # long somebody in a thread will wait.
        if access.api_version is None:
            return AsyncOpenAI(
                base_url=access.v1_url, api_key=access.key or tokens, max_retries=0, http_client=http
            )
        return AsyncAzureOpenAI(
            azure_endpoint=access.resource_url,
            api_version=access.api_version,
            api_key=access.key,
            azure_ad_token_provider=tokens,
            max_retries=0,
            http_client=http,
        )
