"""What people are changing, as `bot.chat.ports.Drafts` wants it."""

import secrets
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, select, update

from bot.chat.ports import Clock
from bot.chat.versions import Draft, DraftKey
from bot.database.access import Database
from bot.database.dialects import insert
from bot.database.setup_json import setup_columns, setup_of
from bot.database.setup_tables import draft

KEY = ("team_id", "channel_id", "person_id")
SOMEBODYS = and_(*(draft.c[name] == bindparam(f"of_{name}") for name in KEY))
FOUND = select(draft).where(SOMEBODYS)

# A view of a draft that was discarded must not pass for one of the draft that was begun after it.
FIRST = 2**30


class StoredDrafts:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def of(self, key: DraftKey) -> Draft | None:
        """Somebody's draft, if they have begun one."""
        row = await self._database.read(
            lambda connection: connection.execute(FOUND, _named(key)).one_or_none()
        )
        return None if row is None else Draft(key, setup_of(row, row.version), row.revision)

    async def save(self, changed: Draft) -> Draft | None:
        """Keep a draft; with its next revision, or None where another save came after `revision`."""
        revision = changed.revision + 1 if changed.revision else secrets.randbelow(FIRST) + 1
        kept = await self._kept(changed, revision)
        return replace(changed, revision=revision) if kept else None

    async def note(self, changed: Draft) -> bool:
        """Keep a draft under the revision that it has; False where another save came after that."""
        return await self._kept(changed, changed.revision)

    async def _kept(self, changed: Draft, revision: int) -> bool:
        row = setup_columns(changed.setup) | {
            "version": changed.setup.version,
            "revision": revision,
            "saved_at": self._clock(),
        }
        return await self._database.write(
            partial(_save, backend=self._database.backend, changed=changed, row=row)
        )

    async def discard(self, key: DraftKey, revision: int | None = None) -> bool:
        """Forget a draft, of that revision only where one is given; False if there was none."""
        gone = delete(draft).where(SOMEBODYS)
        if revision is not None:
            gone = gone.where(draft.c.revision == revision)
        return await self._database.write(
            lambda connection: connection.execute(gone, _named(key)).rowcount == 1
        )


def _save(connection: Connection, backend: str, changed: Draft, row: dict[str, Any]) -> bool:
    """A draft of revision 0 was at most noted; of two who keep it at once, the second is told."""
    if changed.revision == 0:
        new = insert(backend, draft).values(asdict(changed.key) | row)
        begun = new.on_conflict_do_update(
            index_elements=[draft.c[name] for name in KEY], set_=row, where=draft.c.revision == 0
        )
        return connection.execute(begun.returning(draft.c.revision)).one_or_none() is not None
    kept = update(draft).where(SOMEBODYS, draft.c.revision == changed.revision).values(row)
    return connection.execute(kept, _named(changed.key)).rowcount == 1


def _named(key: DraftKey) -> dict[str, str]:
    return {f"of_{name}": value for name, value in asdict(key).items()}
