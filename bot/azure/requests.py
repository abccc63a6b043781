"""The bodies of requests, as the playground would send them."""

import base64
import re
from typing import Any, TypeAlias

from bot.chat import chatml
from bot.chat.continuing import asked_on
from bot.chat.deployments import Transport
from bot.chat.messages import Utterance
from bot.chat.ports import Request
from bot.chat.setup import ChannelSettings
from bot.chat.shared_files import Picture

Body: TypeAlias = dict[str, Any]

MOST_STOPS = 4
"""Azure: "as many as four stop sequences"."""

_NOT_PARAMETERS = frozenset(
    {
        "model",
        "messages",
        "prompt",
        "stream",
        "stream_options",
        "prompt_cache_key",
    }
)
# Models from before gpt-4o know the older name alone; every later one wants the newer.
_OLD_FAMILY = re.compile(r"gpt-(35|3\.5|4(-|$))")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def path(transport: Transport) -> str:
    """The operation's path below the API's beginning."""
    return "/chat/completions" if transport is Transport.CHAT else "/completions"


def body(request: Request, transport: Transport, *, dated: bool) -> Body:
    """Everything that the channel's settings ask for, not yet fitted to what the model takes.

    Raises:
        ForgedPrompt: a text brought a turn's marker with it.
    """
    build = _chat if transport is Transport.CHAT else _chatml
    return {
        "model": request.deployment.name,
        **build(request, dated=dated),
        **_sampling(request.settings),
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def wanted_stops(settings: ChannelSettings, transport: Transport) -> tuple[str, ...]:
    """Where the answer is to end, the turn's own end first on the ChatML transport."""
    own = tuple(stop for stop in settings.stop if stop)
    return own if transport is Transport.CHAT else (chatml.END, *own)


def parameters(sent: Body) -> Body:
    """What of a request is the same for whoever sends it again: not what was said, nor how it comes back."""
    return {name: value for name, value in sent.items() if name not in _NOT_PARAMETERS}


def _chat(request: Request, *, dated: bool) -> Body:
    old = dated or _OLD_FAMILY.match(request.deployment.name)
    limit = "max_tokens" if old else "max_completion_tokens"
    stops = wanted_stops(request.settings, Transport.CHAT)[:MOST_STOPS]
    who = {"user": request.person} if dated else {"safety_identifier": request.person}
    alike = {} if dated else {"prompt_cache_key": request.cache_key}
    effort = request.settings.effort
    return {
        "messages": [
            {"role": each.role.value, "content": _content(each)}
            for each in asked_on(request.utterances, request.begun)
        ],
        limit: request.settings.max_response,
        **({"stop": list(stops)} if stops else {}),
        **({"reasoning_effort": effort.value} if effort else {}),
        **{name: value for name, value in (who | alike).items() if value},
    }


def _content(said: Utterance) -> str | list[Body]:
    """A text as such; with pictures, in parts."""
    text = _sendable(said.text)
    if not said.pictures:
        return text
    return [{"type": "text", "text": text}, *map(_picture, said.pictures)]


def _picture(picture: Picture) -> Body:
    data = base64.b64encode(picture.data).decode()
    return {"type": "image_url", "image_url": {"url": f"data:{picture.mimetype};base64,{data}"}}


def _chatml(request: Request, *, dated: bool) -> Body:  # noqa: ARG001  # both APIs take the same here
    return {
        "prompt": _sendable(chatml.render(request.utterances, request.begun)),
        "max_tokens": request.settings.max_response,
        "stop": list(wanted_stops(request.settings, Transport.CHATML)[:MOST_STOPS]),
        **({"user": request.person} if request.person else {}),
    }


def _sampling(settings: ChannelSettings) -> Body:
    """Penalties only where there are any: many models refuse the very parameter."""
    penalties = {
        "frequency_penalty": settings.frequency_penalty,
        "presence_penalty": settings.presence_penalty,
    }
    given = {name: value for name, value in penalties.items() if value}
    return {"temperature": settings.temperature, "top_p": settings.top_p, **given}


def _sendable(text: str) -> str:
    """JSON in UTF-8 has no place for half a surrogate pair."""
    return _LONE_SURROGATE.sub("\ufffd", text)
