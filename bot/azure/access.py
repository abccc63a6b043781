"""Where a deployment is reached and by what right."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

SCOPE = "https://ai.azure.com/.default"
"""What Entra ID is asked for; older resources want `https://cognitiveservices.azure.com/.default`."""


@dataclass(frozen=True, slots=True)
class Access:
    """One way to a service. Deployments with equal accesses share their connections.

    Args:
        endpoint: as an operator copies it, with or without `/openai/v1/` or whatever else follows. A server
            whose API begins at `/v1` instead is written with that.
        key: none means Entra ID.
        api_version: the dated API of that version; none means v1.
        scope: what an Entra ID token is for.
        own: whether the deployment has an endpoint of its own rather than the common one.
    """

    endpoint: str
    key: str | None = field(default=None, repr=False)
    api_version: str | None = None
    scope: str = SCOPE
    own: bool = field(default=False, compare=False)

    @property
    def v1_url(self) -> str:
        """Where the v1 API begins, with a slash at the end."""
        root, after = self._split()
        return f"{root}/v1/" if after[:1] == ["v1"] else f"{root}/openai/v1/"

    @property
    def resource_url(self) -> str:
        """The resource itself, below which the dated API has its paths."""
        return self._split()[0]

    @property
    def tail(self) -> str:
        """What the endpoint, as written, has beyond the resource's address."""
        return self.endpoint.strip()[len(self.resource_url) :]

    def _split(self) -> tuple[str, list[str]]:
        """The resource's address, and the segments of an API's path that were pasted with it."""
        written = self.endpoint.strip()
        parts = urlsplit(written if "://" in written else f"https://{written}")
        path = [segment for segment in parts.path.split("/") if segment]
        lower = [segment.lower() for segment in path]
        at = next((lower.index(mark) for mark in ("openai", "v1") if mark in lower), len(path))
        root = urlunsplit((parts.scheme, parts.netloc, "/".join(["", *path[:at]]), "", ""))
        return root, lower[at:]
