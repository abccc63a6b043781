"""The files that people share, kept with the messages that shared them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("files", sa.JSON))


def downgrade() -> None:
    op.drop_column("message", "files")
