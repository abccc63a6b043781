"""A request as one curl line for bash."""

import shlex
from urllib.parse import quote

from bot.chat.code_samples.call import Call, Way
from bot.chat.code_samples.quoting import json_text


def curl_line(call: Call) -> str:
    """The line, with the body in a heredoc: nothing in it means anything to the shell."""
    variables = call.way.endpoint if call.sent.keyless else f"{call.way.endpoint} and {call.way.key}"
    reads = f"{variables}; `az login` comes before" if call.sent.keyless else variables
    return "\n".join(
        (
            *(f"# {remark}" for remark in call.remarks),
            f"# Reads {reads}.",
            f'curl "{_address(call)}" \\',
            f'  --header "{_right(call)}" \\',
            '  --header "Content-Type: application/json" \\',
            "  --data-binary @- <<'JSON'",
            json_text(call.body()),
            "JSON",
            "",
        )
    )


def posted_to(call: Call) -> str:
    """The address that the JSON goes to, with the endpoint's variable in it."""
    return _address(call)


def _address(call: Call) -> str:
    if call.sent.api_version is None:
        return f"{_v1(call.way)}/{call.path}"
    deployment = quote(call.sent.deployment, safe="")
    version = quote(call.sent.api_version, safe="")
    return f"{_resource(call.way)}/openai/deployments/{deployment}/{call.path}?api-version={version}"


def _v1(way: Way) -> str:
    return f"${{{way.endpoint}%/}}" if way.reaches_v1 else f"{_resource(way)}/openai/v1"


def _resource(way: Way) -> str:
    return f"${{{way.endpoint}%{shlex.quote(way.tail) if way.tail else '/'}}}"


def _right(call: Call) -> str:
    if call.sent.keyless:
        asked = f"az account get-access-token --scope {shlex.quote(call.way.scope)}"
        return f"Authorization: Bearer $({asked} --query accessToken --output tsv)"
    header = "api-key: " if call.sent.api_version else "Authorization: Bearer "
    return f"{header}${call.way.key}"
