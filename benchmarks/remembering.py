"""A long past, put straight into Confab's SQLite file: writing it in Slack would take hours."""

import sqlite3
from pathlib import Path

_TURNS = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :turns)
INSERT INTO turn (team_id, conversation_id, state, attempts, created_at)
SELECT c.team_id, c.id, 'answered', 1, i FROM n, conversation c WHERE c.root_ts = :root ORDER BY i
"""
_MESSAGES = """
INSERT INTO message (team_id, channel_id, conversation_id, turn_id, role, author_id, ts, text, deleted)
SELECT c.team_id, c.channel_id, c.id, t.id, :role, 'U1',
       CASE :role WHEN 'user' THEN CAST(1600000000 + t.id AS TEXT) || '.000000' ELSE '' END,
       'A message of a long thread, as long as people write them, number ' || t.id || '.', 0
FROM turn t JOIN conversation c ON c.id = t.conversation_id
WHERE c.root_ts = :root AND NOT EXISTS (SELECT 1 FROM message m WHERE m.turn_id = t.id AND m.role = :role)
"""


def remember(file: Path, root_ts: str, messages: int) -> None:
    """Let that thread have so many more messages behind it, half of them Confab's."""
    connection = sqlite3.connect(file, timeout=30)
    try:
        with connection:
            connection.execute(_TURNS, {"root": root_ts, "turns": messages // 2})
            for role in ("user", "assistant"):
                connection.execute(_MESSAGES, {"root": root_ts, "role": role})
            connection.execute("ANALYZE")
    finally:
        connection.close()
