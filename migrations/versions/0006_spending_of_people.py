"""Whose a call was that belongs to no turn: a person's own usage counts it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("spending", sa.Column("person_id", sa.Text))
    somebodys = sa.text("person_id IS NOT NULL")
    op.create_index(
        "spending_person",
        "spending",
        ["team_id", "person_id", "day"],
        sqlite_where=somebodys,
        postgresql_where=somebodys,
    )


def downgrade() -> None:
    op.drop_index("spending_person", "spending")
    op.drop_column("spending", "person_id")
