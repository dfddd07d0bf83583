"""The letter of each Kennisgeving, as PDF and as JSON. What was issued before gets one when it is sent."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OF_VISIBLE_KENNISGEVING = "EXISTS (SELECT 1 FROM kennisgeving k WHERE k.id = brief.id)"


def upgrade() -> None:
    op.create_table(
        "brief",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pdf_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("gegevens_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=False),
        sa.Column("gegevens_sha256", sa.Text(), nullable=False),
        sa.Column("typeset_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["kennisgeving.id"], name="fk_brief_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_brief"),
    )
    op.execute("ALTER TABLE brief ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE brief FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON brief TO portal_app")
    op.execute(
        f"CREATE POLICY brief_rows ON brief TO portal_app "
        f"USING ({OF_VISIBLE_KENNISGEVING}) WITH CHECK ({OF_VISIBLE_KENNISGEVING})"
    )


def downgrade() -> None:
    op.drop_table("brief")
