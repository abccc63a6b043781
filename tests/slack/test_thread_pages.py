"""A thread of several pages, as the newest of it are kept."""

from typing import Any

from bot.chat.threads import ThreadKey, Us
from bot.slack.thread_pages import KEPT, SlackThreads

ROOT = 1_700_000_000
PAGE = 600


class Thread:
    """Hands out a thread page by page, the root on top of each."""

    def __init__(self, length: int) -> None:
        self._entries = [
            {
                "ts": f"{ROOT + number}.000000",
                "user": "U0ADA",
                "text": str(number),
                "thread_ts": f"{ROOT}.000000",
            }
            for number in range(length)
        ]

    async def read(self, _method: str, *, cursor: str | None, **_rest: object) -> dict[str, Any]:
        start = int(cursor or 0)
        root = self._entries[:1] if start else []
        more = str(start + PAGE) if start + PAGE < len(self._entries) else ""
        page = [*root, *self._entries[start : start + PAGE]]
        return {"messages": page, "response_metadata": {"next_cursor": more}}


async def test_messages_past_what_is_kept_are_counted() -> None:
    for length, earlier in ((KEPT, 0), (KEPT + 3, 3)):
        threads = SlackThreads(Thread(length), Us("T1", "U0US", "B1"))  # type: ignore[arg-type]  # it only reads
        said = await threads.said(ThreadKey("T1", "C1", f"{ROOT}.000000"))
        assert said is not None
        assert (said.earlier, said.whole) == (earlier, True)
        assert [each.text for each in said.said] == [str(number) for number in range(earlier, length)]
