"""What is read in a thread that people had before Confab was asked there, and threads that ended."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("mentioned_ts", "looked_ts", "read_ts"):
        op.add_column("conversation", sa.Column(name, sa.Text))
    op.add_column("conversation", sa.Column("ended", sa.Boolean, nullable=False, server_default=sa.false()))
    for name in ("overheard_as", "author_name"):
        op.add_column("message", sa.Column(name, sa.Text))


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE overheard_as IS NOT NULL")
    for name in ("author_name", "overheard_as"):
        op.drop_column("message", name)
    for name in ("ended", "read_ts", "looked_ts", "mentioned_ts"):
        op.drop_column("conversation", name)
