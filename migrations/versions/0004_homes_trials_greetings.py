"""People's homes, the threads that try a draft, what channels were told, and whose question is whose."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "home",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("panels", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "person_id", name="home_pkey"),
    )
    op.create_table(
        "trial",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("root_ts", sa.Text, nullable=False),
        sa.Column("tried_channel_id", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("begun_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "root_ts", name="trial_pkey"),
    )
    op.create_table(
        "told",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("greeted", sa.Text),
        sa.Column("posted", sa.Text),
        sa.Column("announced_at", sa.Double),
        sa.PrimaryKeyConstraint("team_id", "channel_id", name="told_pkey"),
    )
    asked = sa.text("role = 'user'")
    op.create_index(
        "message_author",
        "message",
        ["team_id", "author_id", "ts"],
        sqlite_where=asked,
        postgresql_where=asked,
    )


def downgrade() -> None:
    op.drop_index("message_author", "message")
    for table in ("told", "trial", "home"):
        op.drop_table(table)
