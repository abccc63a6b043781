"""Where people find things within their workspace."""


class Links:
    """Addresses within the workspace; `url` is the one that auth.test names, with a final slash."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/") + "/"

    def message(self, channel_id: str, ts: str, root_ts: str = "") -> str:
        """A message's permalink, made as chat.getPermalink makes it, without a call for each.

        One in a thread is found with its `root_ts`.
        """
        thread = f"?thread_ts={root_ts}&cid={channel_id}" if root_ts else ""
        return f"{self._url}archives/{channel_id}/p{ts.replace('.', '')}{thread}"

    def channel(self, channel_id: str) -> str:
        """A channel or a direct message."""
        return f"{self._url}archives/{channel_id}"
