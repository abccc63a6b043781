"""A request as the JSON that is posted."""

from bot.chat.code_samples.call import Call
from bot.chat.code_samples.quoting import json_text


def json_body(call: Call) -> str:
    """The body alone: JSON has no comments, so what is to be said about it stands around it."""
    return json_text(call.body()) + "\n"
