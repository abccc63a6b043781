"""When Slack's own Stop was last pressed in a thread: told of once more, it must stop nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("stopped_ts", sa.Text, nullable=True))


def downgrade() -> None:
    op.drop_column("conversation", "stopped_ts")
