"""What was sent for an answer, from where a thread starts anew, and what calls cost by the day."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("turn", sa.Column("sent", sa.JSON))
    op.add_column("turn", sa.Column("included", sa.JSON))
    op.add_column("conversation", sa.Column("cleared_turn_id", ID))
    op.add_column("conversation", sa.Column("erased_turn_id", ID))
    _spending()


def downgrade() -> None:
    op.drop_table("spending")
    op.drop_column("conversation", "erased_turn_id")
    op.drop_column("conversation", "cleared_turn_id")
    op.drop_column("turn", "included")
    op.drop_column("turn", "sent")


def _spending() -> None:
    op.create_table(
        "spending",
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("turn_id", ID),
        sa.Column("prompt_tokens", sa.Integer, nullable=False),
        sa.Column("completion_tokens", sa.Integer, nullable=False),
        sa.Column("held_until", sa.Double),
        sa.PrimaryKeyConstraint("call", name="spending_pkey"),
    )
    op.create_index("spending_day", "spending", ["team_id", "day"])
    op.create_index("spending_channel", "spending", ["team_id", "channel_id", "day"])
    held = sa.text("held_until IS NOT NULL")
    op.create_index("spending_held", "spending", ["turn_id"], sqlite_where=held, postgresql_where=held)
