from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import ClientSession


@dataclass(frozen=True)
class Fetched:
    status: int
    headers: Mapping[str, str]
    text: str


async def fetch(url: str, headers: Mapping[str, str] | None = None) -> Fetched:
    async with ClientSession() as session, session.get(url, headers=headers) as response:
        return Fetched(response.status, response.headers, await response.text())
