"""Which processes are alive, and how often a turn was handed over without being spent."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "replica",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("process", sa.Text, nullable=False),
        sa.Column("beat", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "process", name="replica_pkey"),
    )
    op.add_column("turn", sa.Column("handed_over", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("turn", "handed_over")
    op.drop_table("replica")
