"""A request as a Python program with the openai package, version 3."""

from bot.chat.code_samples.call import Call, Way
from bot.chat.code_samples.quoting import python_literal

_BOTH = frozenset(
    {"frequency_penalty", "logit_bias", "max_tokens", "n", "presence_penalty", "seed", "stop", "temperature"}
    | {"top_p", "user"}
)
NAMED = {
    "chat/completions": _BOTH
    | {"max_completion_tokens", "reasoning_effort", "safety_identifier", "verbosity"},
    "completions": _BOTH | {"best_of", "echo", "suffix"},
}
"""The parameters that the openai package knows by name; any other travels in `extra_body`."""


def python_code(call: Call) -> str:
    """A program that makes the request and prints the answer."""
    return "\n\n".join(("\n".join(_head(call)), _client(call), _request(call), _printing(call))) + "\n"


def _head(call: Call) -> list[str]:
    needs = "openai azure-identity" if call.sent.keyless else "openai"
    variables = call.way.endpoint if call.sent.keyless else f"{call.way.endpoint} and {call.way.key}"
    identity = ["from azure.identity import DefaultAzureCredential, get_bearer_token_provider"]
    return [
        *(f"# {remark}" for remark in call.remarks),
        f"# Needs `pip install {needs}`; reads {variables}.",
        "import os",
        "",
        *(identity if call.sent.keyless else []),
        f"from openai import {'AzureOpenAI' if call.sent.api_version else 'OpenAI'}",
    ]


def _client(call: Call) -> str:
    if call.sent.api_version is None:
        return _called("client = OpenAI", {"base_url": _v1(call.way), "api_key": _right(call)})
    right = "azure_ad_token_provider" if call.sent.keyless else "api_key"
    given = {
        "azure_endpoint": _resource(call.way),
        "api_version": python_literal(call.sent.api_version),
        right: _right(call),
    }
    return _called("client = AzureOpenAI", given)


def _v1(way: Way) -> str:
    return _value_of(way.endpoint) if way.reaches_v1 else f'{_resource(way)} + "/openai/v1/"'


def _resource(way: Way) -> str:
    stripped = f'{_value_of(way.endpoint)}.rstrip("/")'
    tail = way.tail.rstrip("/")
    return f"{stripped}.removesuffix({python_literal(tail)})" if tail else stripped


def _right(call: Call) -> str:
    if call.sent.keyless:
        return f"get_bearer_token_provider(DefaultAzureCredential(), {python_literal(call.way.scope)})"
    return _value_of(call.way.key)


def _value_of(variable: str) -> str:
    return f"os.environ[{python_literal(variable)}]"


def _request(call: Call) -> str:
    named = NAMED[call.path]
    body = call.body()
    given = {name: value for name, value in body.items() if name in named or name not in call.parameters()}
    others = {name: value for name, value in body.items() if name not in given}
    if others:
        given["extra_body"] = others
    written = {name: python_literal(value, 1) for name, value in given.items()}
    return _called(f"response = client.{call.path.replace('/', '.')}.create", written)


def _called(what: str, given: dict[str, str]) -> str:
    inner = "".join(f"    {name}={value},\n" for name, value in given.items())
    return f"{what}(\n{inner})"


def _printing(call: Call) -> str:
    return f"print(response.choices[0].{'message.content' if call.chats else 'text'})"
