"""Who asked for a turn's end while it ran, and what people call a thread's session."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("turn", sa.Column("stopped_by", sa.Text))
    op.add_column("conversation", sa.Column("title", sa.Text))


def downgrade() -> None:
    op.drop_column("conversation", "title")
    op.drop_column("turn", "stopped_by")
