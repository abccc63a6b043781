"""Where people find things within their workspace."""


class Links:
    """Addresses within the workspace; `url` is the one that auth.test names, with a final slash."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/") + "/"

    def message(self, channel_id: str, ts: str) -> str:
        """A message's permalink, made as chat.getPermalink makes it, without a call for each."""
        return f"{self._url}archives/{channel_id}/p{ts.replace('.', '')}"

    def channel(self, channel_id: str) -> str:
        """A channel or a direct message."""
        return f"{self._url}archives/{channel_id}"
