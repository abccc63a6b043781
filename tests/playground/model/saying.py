"""Short ways to ask the stand-in something and to hear it out."""

from dataclasses import dataclass, field
from typing import Any

from openai import AsyncOpenAI, AsyncStream
from openai.types import Completion
from openai.types.chat import ChatCompletionChunk

CHATML = (
    "<|im_start|>system\nYou are an Xbox customer support agent.\n<|im_end|>\n"
    "<|im_start|>user\nWhat models are available?\n<|im_end|>\n"
    "<|im_start|>assistant\n"
)


@dataclass
class Heard:
    text: str = ""
    reason: str | None = None
    chunks: list[Any] = field(default_factory=list)

    def take(self, chunk: ChatCompletionChunk) -> None:
        self.chunks.append(chunk)
        for choice in chunk.choices:
            self.reason = choice.finish_reason or self.reason
            # The SDK's types know of no null delta; the asynchronous filter sends one.
            delta: Any = choice.delta
            self.text += (delta.content or "") if delta else ""


async def stream(
    client: AsyncOpenAI, question: str = "Hello", model: str = "gpt-4o-mini", **more: Any
) -> AsyncStream[ChatCompletionChunk]:
    asked: Any = [{"role": "user", "content": question}]
    chunks: AsyncStream[ChatCompletionChunk]
    chunks = await client.chat.completions.create(model=model, messages=asked, stream=True, **more)
    return chunks


async def hear(
    client: AsyncOpenAI, question: str = "Hello", model: str = "gpt-4o-mini", **more: Any
) -> Heard:
    heard = Heard()
    async with await stream(client, question, model, **more) as chunks:
        async for chunk in chunks:
            heard.take(chunk)
    return heard


async def ask(client: AsyncOpenAI, question: str = "Hello", model: str = "gpt-4o-mini", **more: Any) -> Any:
    asked: Any = [{"role": "user", "content": question}]
    return await client.chat.completions.create(model=model, messages=asked, **more)


async def complete(client: AsyncOpenAI, model: str = "gpt-35-turbo", **more: Any) -> list[Completion]:
    """All events of a streamed ChatML completion."""
    asked = {"prompt": CHATML, "stop": ["<|im_end|>"], **more}
    async with await client.completions.create(model=model, stream=True, **asked) as chunks:
        return [chunk async for chunk in chunks]
