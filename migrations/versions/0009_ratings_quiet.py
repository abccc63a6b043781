"""Ratings of answers, and threads in which Confab is quiet."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rating",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("turn_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("setup_version", sa.Integer),
        sa.Column("liked", sa.Boolean, nullable=False),
        sa.Column("word", sa.Text, nullable=False, server_default=""),
        sa.Column("rated_at", sa.Double, nullable=False),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name="rating_turn_id_fkey"),
        sa.PrimaryKeyConstraint("team_id", "turn_id", "person_id", name="rating_pkey"),
    )
    op.create_index("rating_version", "rating", ["team_id", "setup_version", "channel_id"])
    op.create_table(
        "quiet",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("root_ts", sa.Text, nullable=False),
        sa.Column("quiet", sa.Boolean, nullable=False),
        sa.Column("by_person_id", sa.Text, nullable=False),
        sa.Column("changed_ts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "root_ts", name="quiet_pkey"),
    )


def downgrade() -> None:
    op.drop_table("quiet")
    op.drop_index("rating_version", table_name="rating")
    op.drop_table("rating")
