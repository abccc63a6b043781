"""A message's files, as the JSON that is kept beside it."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.chat.shared_files import KeptFile, SharedFile, Unread
from bot.database.storable import storable_json


def files_json(files: Iterable[KeptFile]) -> list[dict[str, Any]]:
    """Files as JSON."""
    return [
        storable_json(
            {
                "id": kept.file.id,
                "name": kept.file.name,
                "mimetype": kept.file.mimetype,
                "size": kept.file.size,
                "address": kept.file.address,
                "text": kept.text,
                "cut": kept.cut,
                "seen": kept.seen,
                "unread": kept.unread,
            }
        )
        for kept in files
    ]


def files_of(kept: Sequence[dict[str, Any]]) -> tuple[KeptFile, ...]:
    """Files from JSON."""
    return tuple(
        KeptFile(
            SharedFile(each["id"], each["name"], each["mimetype"], each["size"], each["address"]),
            text=each["text"],
            cut=each["cut"],
            seen=each["seen"],
            unread=Unread(each["unread"]) if each["unread"] else None,
        )
        for each in kept
    )
