"""How the workspace says no."""

from typing import Any


class SlackError(Exception):
    """An answer with `ok: false`.

    Args:
        code: Slack's word for it, such as `channel_not_found`.
        messages: what `response_metadata` adds, one line for each fault.
        more: further fields of the answer, such as `needed` and `provided`.
    """

    def __init__(self, code: str, *messages: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.body: dict[str, Any] = {"ok": False, "error": code, **more}
        if messages:
            self.body["response_metadata"] = {"messages": list(messages)}


class RateLimitedError(SlackError):
    """Answered with status 429 and `Retry-After`, in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after
