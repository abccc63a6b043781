"""The floor of B1: what the first token and one Slack call take somebody who does nothing else."""

import time
from typing import Any

from benchmarks.pace import FIRST
from benchmarks.rig import Side

TEXT = "Message of a long thread, as long as people write them."


class Bare:
    """Asks the stand-ins as a bot does, `messages` at a time, and says how long that took."""

    def __init__(self, side: Side, messages: int) -> None:
        self._side = side
        self._asked = {
            "model": side.environ["AZURE_OPENAI_DEPLOYMENTS"],
            "messages": [{"role": "user", "content": f"{number}. {TEXT}"} for number in range(messages)],
            "stream": True,
        }

    async def ask(self, place: tuple[str, str]) -> dict[str, Any]:
        """The same as a side's, but for what a bot has to do in between."""
        began = time.perf_counter()
        await self._first_token()
        await self._post(*place)
        return {"seen": [{"first": time.perf_counter() - began}]}

    async def _first_token(self) -> None:
        environ = self._side.environ
        url = f"{environ['AZURE_OPENAI_ENDPOINT']}/openai/v1/chat/completions"
        key = {"api-key": environ["AZURE_OPENAI_API_KEY"]}
        async with self._side.session.post(url, json=self._asked, headers=key) as answer:
            answer.raise_for_status()
            async for part in answer.content.iter_any():
                if FIRST.encode() in part:
                    return

    async def _post(self, channel: str, thread_ts: str) -> None:
        url = f"{self._side.environ['SLACK_API_URL']}chat.postMessage"
        token = {"Authorization": f"Bearer {self._side.environ['SLACK_BOT_TOKEN']}"}
        said = {"channel": channel, "thread_ts": thread_ts, "text": FIRST}
        async with self._side.session.post(url, json=said, headers=token) as answer:
            answer.raise_for_status()
