"""The Bewijs van aanmelding as PDF, and which messages bring it. Who is waiting gets one from the next round."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OF_VISIBLE_VERZOEK = "EXISTS (SELECT 1 FROM pauzeverzoek v WHERE v.id = verzoek_id)"


def upgrade() -> None:
    op.create_table(
        "aanmeldbewijs",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("pdf_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=False),
        sa.Column("typeset_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_aanmeldbewijs_verzoek_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aanmeldbewijs")),
        sa.UniqueConstraint("verzoek_id", name=op.f("uq_aanmeldbewijs_verzoek_id")),
    )
    op.execute("ALTER TABLE aanmeldbewijs ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE aanmeldbewijs FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON aanmeldbewijs TO portal_app")
    op.execute(
        f"CREATE POLICY aanmeldbewijs_rows ON aanmeldbewijs TO portal_app "
        f"USING ({OF_VISIBLE_VERZOEK}) WITH CHECK ({OF_VISIBLE_VERZOEK})"
    )
    op.add_column("bericht", sa.Column("met_bewijs", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("bericht", "met_bewijs", server_default=None)


def downgrade() -> None:
    """The documents are lost; the next one of a case has the same bytes."""
    op.drop_column("bericht", "met_bewijs")
    op.drop_table("aanmeldbewijs")
