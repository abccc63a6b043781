"""Entra ID in place of a key."""

from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import pytest

from bot.azure import Access, AzureModel
from bot.azure.entra import EntraSignIn
from bot.errors import MissingExtra, OperatorFault
from bot.playground.model import ScriptedAzure
from tests.azure.conftest import QUICK, ask, request


class Someone:
    """A sign-in that has a new token for every request, as long as it has any."""

    def __init__(self, *tokens: str) -> None:
        self.left = list(tokens)
        self.scopes: list[str] = []
        self.closed = False

    def tokens(self, scope: str) -> Callable[[], Awaitable[str]]:
        self.scopes.append(scope)

        async def token() -> str:
            if not self.left:
                raise OperatorFault(f"no Entra ID token for {scope}")
            return self.left.pop(0)

        return token

    async def aclose(self) -> None:
        self.closed = True


@pytest.mark.parametrize("api_version", [None, "2024-10-21"])
async def test_every_request_has_a_token_of_the_scope(azure: ScriptedAzure, api_version: str | None) -> None:
    someone = Someone(azure.key, azure.key)
    access = Access(azure.endpoint, None, api_version, scope="https://cognitiveservices.azure.com/.default")
    model = AzureModel({"gpt-4o-mini": access}, limits=QUICK, sign_in=lambda: someone)

    finish = (await ask(model, request())).finish
    assert finish is not None
    assert finish.sent.keyless, "its code signs in, too"
    assert (await ask(model, request())).text
    with pytest.raises(OperatorFault, match="no Entra ID token"):
        await ask(model, request())
    await model.aclose()

    assert someone.scopes == ["https://cognitiveservices.azure.com/.default"]
    assert someone.closed


async def test_nobody_signs_in_where_every_access_has_a_key(azure: ScriptedAzure) -> None:
    def never() -> Someone:
        raise AssertionError("signed in without need")

    model = AzureModel({"gpt-4o-mini": Access(azure.endpoint, azure.key)}, sign_in=never)
    assert (await ask(model, request())).text
    await model.aclose()


def test_without_azure_identity_the_start_says_what_to_install() -> None:
    def absent(module: str) -> object:
        raise ModuleNotFoundError(module)

    with pytest.raises(MissingExtra, match=r"pip install 'confab\[entra\]'"):
        AzureModel({"gpt": Access("https://res.openai.azure.com")}, sign_in=lambda: EntraSignIn(absent))


async def test_nobody_being_signed_in_is_an_operators_matter_without_a_word_of_the_reason() -> None:
    class Credential:
        async def close(self) -> None:
            pass

    def provider(_: Credential, scope: str) -> Callable[[], Awaitable[str]]:
        async def token() -> str:
            raise RuntimeError(f"az login as boss@example.com for {scope}")

        return token

    signed_in = EntraSignIn(
        lambda _: SimpleNamespace(DefaultAzureCredential=Credential, get_bearer_token_provider=provider)
    )
    with pytest.raises(OperatorFault) as fault:
        await signed_in.tokens("a scope")()
    await signed_in.aclose()

    assert fault.value.detail == "no Entra ID token for a scope: RuntimeError"


async def test_the_installed_azure_identity_has_what_is_asked_of_it() -> None:
    signed_in = EntraSignIn()
    assert callable(signed_in.tokens("https://ai.azure.com/.default"))
    await signed_in.aclose()
