"""Threads and their messages, the turns that answer them, and the channels' setups."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _threads()
    _turns()
    _messages()
    _reply_parts()
    _setups()


def downgrade() -> None:
    for table in ("channel_setup", "reply_part", "message", "turn", "asker", "conversation"):
        op.drop_table(table)


def _threads() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", ID, nullable=False),
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("root_ts", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="conversation_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("conversation_thread", "conversation", ["team_id", "channel_id", "root_ts"], unique=True)
    op.create_table(
        "asker",
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("since_ts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "person_id", name="asker_pkey"),
        _belongs("asker", "conversation"),
    )


def _turns() -> None:
    op.create_table(
        "turn",
        sa.Column("id", ID, nullable=False),
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("lease_until", sa.Double),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("closed_at", sa.Double),
        sa.Column("outcome", sa.Text),
        sa.Column("setup_version", sa.Integer),
        sa.Column("deployment", sa.Text),
        sa.Column("finish", sa.Text),
        sa.Column("prompt_tokens", sa.Integer),
        sa.Column("completion_tokens", sa.Integer),
        sa.Column("cached_tokens", sa.Integer),
        sa.Column("reasoned_tokens", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="turn_pkey"),
        _belongs("turn", "conversation"),
        sqlite_autoincrement=True,
    )
    _partial("turn_waiting", "turn", ["conversation_id"], "state = 'waiting'")
    _partial("turn_running", "turn", ["conversation_id"], "state = 'running'")
    _partial("turn_open", "turn", ["team_id", "id"], "state = 'waiting' OR state = 'running'", unique=False)


def _messages() -> None:
    op.create_table(
        "message",
        sa.Column("id", ID, nullable=False),
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("turn_id", ID, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("author_id", sa.Text, nullable=False),
        sa.Column("author_team_id", sa.Text),
        sa.Column("ts", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("tokens", sa.Integer),
        sa.Column("encoding", sa.Text),
        sa.Column("edited_ts", sa.Text, nullable=False, server_default=""),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="message_pkey"),
        _belongs("message", "conversation"),
        _belongs("message", "turn"),
        sqlite_autoincrement=True,
    )
    op.create_index("message_history", "message", ["conversation_id", "turn_id"])
    _partial("message_question", "message", ["team_id", "channel_id", "ts"], "role = 'user'")
    _partial("message_answer", "message", ["turn_id"], "role = 'assistant'")


def _reply_parts() -> None:
    op.create_table(
        "reply_part",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("ts", sa.Text, nullable=False),
        sa.Column("turn_id", ID, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "ts", name="reply_part_pkey"),
        _belongs("reply_part", "turn"),
    )
    op.create_index("reply_part_turn", "reply_part", ["turn_id"])


def _setups() -> None:
    op.create_table(
        "channel_setup",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("persona", sa.JSON, nullable=False),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("published_by", sa.Text, nullable=False),
        sa.Column("published_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "version", name="channel_setup_pkey"),
    )


def _belongs(table: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([f"{owner}_id"], [f"{owner}.id"], name=f"{table}_{owner}_id_fkey")


def _partial(name: str, table: str, columns: list[str], where: str, *, unique: bool = True) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
