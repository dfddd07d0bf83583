"""An answer that a hulpverlener has to look at is work in the queue."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("kennisgeving", sa.Column("antwoord_unread", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("kennisgeving", "antwoord_unread", server_default=None)
    op.create_index(
        "ix_kennisgeving_antwoord",
        "kennisgeving",
        ["organisatie_id"],
        postgresql_where=sa.text("antwoord_unread"),
    )


def downgrade() -> None:
    op.drop_index("ix_kennisgeving_antwoord", table_name="kennisgeving", postgresql_where=sa.text("antwoord_unread"))
    op.drop_column("kennisgeving", "antwoord_unread")
