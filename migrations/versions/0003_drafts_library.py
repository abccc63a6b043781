"""Drafts, the workspace's own personas, and what a version says of who may change it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # Nullable: a replica of the version before still publishes without them.
    op.add_column("channel_setup", sa.Column("access", sa.JSON))
    op.add_column("channel_setup", sa.Column("imported", sa.Text))
    op.add_column("channel_setup", sa.Column("restored", sa.Integer))
    _drafts()
    _library()


def downgrade() -> None:
    op.drop_table("library_persona")
    op.drop_table("draft")
    with op.batch_alter_table("channel_setup") as setups:
        for column in ("restored", "imported", "access"):
            setups.drop_column(column)


def _drafts() -> None:
    op.create_table(
        "draft",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("persona", sa.JSON, nullable=False),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("access", sa.JSON, nullable=False),
        sa.Column("imported", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("saved_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "person_id", name="draft_pkey"),
    )


def _library() -> None:
    op.create_table(
        "library_persona",
        sa.Column("id", ID, nullable=False),
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("icon", sa.Text, nullable=False),
        sa.Column("persona", sa.JSON, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("id", name="library_persona_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("library_persona_team", "library_persona", ["team_id"])
