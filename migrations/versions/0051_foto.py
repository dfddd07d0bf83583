"""Photos of letters, with the schuld that they are about."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

OF_VISIBLE_VERZOEK = "EXISTS (SELECT 1 FROM pauzeverzoek v WHERE v.id = verzoek_id)"


def upgrade() -> None:
    op.create_table(
        "foto",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("schuld_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paginas", sa.BigInteger(), nullable=False),
        sa.Column("beeld_sha256", sa.Text(), nullable=False),
        sa.Column("beeld_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_foto_verzoek_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["schuld_id"], ["schuld.id"], name=op.f("fk_foto_schuld_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_foto")),
    )
    op.create_index(op.f("ix_foto_verzoek_id"), "foto", ["verzoek_id"])
    op.create_index(op.f("ix_foto_schuld_id"), "foto", ["schuld_id"])
    op.execute("ALTER TABLE foto ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE foto FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON foto TO portal_app")
    op.execute(
        f"CREATE POLICY foto_rows ON foto TO portal_app USING ({OF_VISIBLE_VERZOEK}) WITH CHECK ({OF_VISIBLE_VERZOEK})"
    )


def downgrade() -> None:
    """The photos are lost; that they were sent stays in the trail."""
    op.drop_table("foto")
