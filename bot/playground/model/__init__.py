"""The model side of the playground: two servers that speak Azure OpenAI's HTTP protocol on loopback.

`local` puts a real language model behind it, `scripted` a stand-in that says and does what it is told.
"""

from bot.playground.model.local.running import LocalModel, running_local_model, serve_local_model
from bot.playground.model.local.weights import ModelUnavailable, find_weights
from bot.playground.model.recorded import Recorded, Recordings
from bot.playground.model.scripted.running import running_scripted_azure, serve_scripted
from bot.playground.model.scripted.server import ScriptedAzure

__all__ = [
    "LocalModel",
    "ModelUnavailable",
    "Recorded",
    "Recordings",
    "ScriptedAzure",
    "find_weights",
    "running_local_model",
    "running_scripted_azure",
    "serve_local_model",
    "serve_scripted",
]
