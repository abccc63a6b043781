"""Switches of persona that a channel has not heard of yet, and what deployments refused."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("told", sa.Column("known_version", sa.Integer))
    op.add_column("told", sa.Column("newest_version", sa.Integer))
    op.create_table(
        "refusal",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("deployment", sa.Text, nullable=False),
        sa.Column("transport", sa.Text, nullable=False),
        sa.Column("effort", sa.Text, nullable=False),
        sa.Column("parameter", sa.Text, nullable=False),
        sa.Column("refused_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "deployment", "transport", "effort", "parameter", name="refusal_pkey"
        ),
    )


def downgrade() -> None:
    op.drop_table("refusal")
    op.drop_column("told", "newest_version")
    op.drop_column("told", "known_version")
