"""Answers that go on where they were cut, and thumbs that stay with the answer they were given to."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("turn", sa.Column("goes_on", sa.Boolean, nullable=False, server_default=sa.false()))
    _rate_by(["team_id", "turn_id", "person_id", "replaced"], new=True)


def downgrade() -> None:
    op.execute("DELETE FROM rating WHERE replaced > 0")
    _rate_by(["team_id", "turn_id", "person_id"], new=False)
    op.drop_column("turn", "goes_on")


def _rate_by(key: list[str], *, new: bool) -> None:
    """SQLite changes no key in place: there the table is written anew."""
    with op.batch_alter_table("rating") as rating:
        if new:
            rating.add_column(sa.Column("replaced", sa.Integer, nullable=False, server_default="0"))
        rating.drop_constraint("rating_pkey", type_="primary")
        rating.create_primary_key("rating_pkey", key)
        if not new:
            rating.drop_column("replaced")
