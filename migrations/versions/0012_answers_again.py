"""Turns that run once more, and the answers that stood there before."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("turn", sa.Column("rerun_by", sa.Text))
    op.add_column("turn", sa.Column("rerun_after", sa.Integer))
    op.create_table(
        "answer_version",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("turn_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("deployment", sa.Text, nullable=False),
        sa.Column("setup_version", sa.Integer, nullable=False),
        sa.Column("finish", sa.Text, nullable=False),
        sa.Column("prompt_tokens", sa.Integer, nullable=False),
        sa.Column("completion_tokens", sa.Integer, nullable=False),
        sa.Column("replaced_at", sa.Double, nullable=False),
        sa.Column("replaced_by", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name="answer_version_turn_id_fkey"),
        sa.PrimaryKeyConstraint("turn_id", "number", name="answer_version_pkey"),
    )


def downgrade() -> None:
    op.drop_table("answer_version")
    op.drop_column("turn", "rerun_after")
    op.drop_column("turn", "rerun_by")
