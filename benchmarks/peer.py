"""The usual shape of such a bot, written as its makers would: what the benchmarks stand beside.

It reads the whole thread again, posts a placeholder, and updates it every twenty chunks. It keeps nothing:
Bolt acknowledges before a line of it runs.
"""

import asyncio
import os
from typing import Any

from openai import AsyncOpenAI
from openai.types.chat import ChatCompletionMessageParam
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

PLACEHOLDER = "Wait a second, please ..."
CHUNKS = 20
PAGE = 1_000  # Slack: the most that conversations.replies gives at once


class Peer:
    """Answers mentions, and direct messages that name it; any other message it merely notices."""

    def __init__(self, model: AsyncOpenAI, deployment: str) -> None:
        self._model = model
        self._deployment = deployment

    async def mentioned(self, event: dict[str, Any], client: AsyncWebClient) -> None:
        """Answer in the mention's thread."""
        channel, root = event["channel"], event.get("thread_ts") or event["ts"]
        posted = await client.chat_postMessage(channel=channel, thread_ts=root, text=PLACEHOLDER)
        read = await client.conversations_replies(channel=channel, ts=root, limit=PAGE)
        messages = _prompt(read["messages"], str(posted["ts"]))
        stream = await self._model.chat.completions.create(
            model=self._deployment, messages=messages, stream=True
        )
        said, chunks = "", 0
        async for chunk in stream:
            said += (chunk.choices[0].delta.content or "") if chunk.choices else ""
            chunks += 1
            if chunks % CHUNKS == 0 and said:
                await client.chat_update(channel=channel, ts=posted["ts"], text=said + " ...")
        await client.chat_update(channel=channel, ts=posted["ts"], text=said)

    async def noticed(self, event: dict[str, Any], client: AsyncWebClient) -> None:
        """A message somewhere."""
        if event.get("channel_type") == "im" and event.get("text", "").startswith("<@"):
            await self.mentioned(event, client)


def _prompt(thread: list[dict[str, Any]], placeholder: str) -> list[ChatCompletionMessageParam]:
    prompt: list[ChatCompletionMessageParam] = [{"role": "system", "content": "You are a helpful assistant."}]
    for message in thread:
        if message["ts"] == placeholder:
            continue
        if message.get("bot_id"):
            prompt.append({"role": "assistant", "content": message["text"]})
        else:
            prompt.append({"role": "user", "content": message["text"]})
    return prompt


async def main() -> None:
    """Answer until the process is ended."""
    model = AsyncOpenAI(
        base_url=f"{os.environ['AZURE_OPENAI_ENDPOINT']}/openai/v1/",
        api_key=os.environ["AZURE_OPENAI_API_KEY"],
    )
    client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(client=client)
    peer = Peer(model, os.environ["AZURE_OPENAI_DEPLOYMENTS"])
    app.event("app_mention")(peer.mentioned)
    app.event("message")(peer.noticed)
    handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"])
    await handler.start_async()  # type: ignore[no-untyped-call] # Bolt does not say


if __name__ == "__main__":
    asyncio.run(main())
