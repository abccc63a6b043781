"""Counting tokens offline, with the vocabularies that are compiled into toktok."""

import asyncio
from collections.abc import Callable, Iterable
from importlib import import_module
from threading import Lock
from types import MappingProxyType
from typing import TypeAlias

from bot.chat.deployments import BYTES
from bot.chat.ports import TokenCounter

_VOCABULARIES = MappingProxyType(
    {
        "o200k_base": "o200k_base",
        "cl100k_base": "cl100k_base",
        "qwen3.5": "qwen3.5",
        "harmony": "o200k_harmony",
        "o200k_harmony": "o200k_harmony",
    }
)

_ALL = 1 << 40


def known_encodings() -> frozenset[str]:
    """The encodings that a deployment may name."""
    return frozenset(_VOCABULARIES) | {BYTES}


Count: TypeAlias = Callable[[str], int]


def bundled(vocabulary: str) -> Count:
    """Load one of toktok's vocabularies. Raises ImportError where toktok is not installed."""
    # Counts all of a text whatever it keeps of it. `batch_count` looks for the machine's cores at each call.
    truncate: Callable[[str, int, str], tuple[str, int]] = import_module("toktok").truncate

    def count(text: str) -> int:
        return truncate(text, _ALL, vocabulary)[1]

    count("")
    return count


async def warm(count: TokenCounter, encodings: Iterable[str]) -> None:
    """Load what is needed before a message asks for it: in the event loop it would hold up everybody."""
    for encoding in encodings:
        await asyncio.to_thread(count, "", encoding)


def counter(load: Callable[[str], Count] = bundled) -> TokenCounter:
    """A counter for any thread. A vocabulary is loaded when it is first needed: half a second, 60 MB.

    A control token's name in a text counts as the ordinary text that it is. What cannot be counted exactly
    (an unknown encoding, a text that is no valid Unicode, no toktok) is taken as one token for three bytes.
    """
    return _Counter(load)


class _Counter:
    def __init__(self, load: Callable[[str], Count]) -> None:
        self._load = load
        self._loading = Lock()
        self._loaded: dict[str, Count] = {}

    def __call__(self, text: str, encoding: str) -> int:
        if encoding == BYTES:
            return _size(text)
        try:
            return (self._loaded.get(encoding) or self._ready(encoding))(text)
        except Exception:  # noqa: BLE001  # whatever goes wrong in there, a turn can go on with an estimate
            return -(-_size(text) // 3)

    def _ready(self, encoding: str) -> Count:
        with self._loading:  # toktok itself would load a vocabulary once for each thread that asks
            if encoding not in self._loaded:
                self._loaded[encoding] = self._load(_VOCABULARIES[encoding])
            return self._loaded[encoding]


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
