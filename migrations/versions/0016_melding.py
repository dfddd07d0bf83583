"""What hulpvragers report after filing."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

OF_VISIBLE_VERZOEK = "EXISTS (SELECT 1 FROM pauzeverzoek v WHERE v.id = verzoek_id)"


def upgrade() -> None:
    soort = sa.Enum(
        "post", "schuld", "gegevens", name="meldingsoort", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "melding",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("soort", soort, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kennisgeving_id", sa.Uuid(), nullable=True),
        sa.Column("gegevens_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by", sa.Uuid(), nullable=True),
        sa.Column("reactie_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_melding_verzoek_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["kennisgeving_id"], ["kennisgeving.id"], name=op.f("fk_melding_kennisgeving_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["handled_by"], ["medewerker.id"], name=op.f("fk_melding_handled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_melding")),
    )
    op.create_index("ix_melding_verzoek_id", "melding", ["verzoek_id"])
    op.create_index("ix_melding_kennisgeving_id", "melding", ["kennisgeving_id"])
    op.create_index("ix_melding_open", "melding", ["verzoek_id"], postgresql_where=sa.text("handled_at IS NULL"))
    op.execute("ALTER TABLE melding ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE melding FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON melding TO portal_app")
    op.execute(
        f"CREATE POLICY melding_rows ON melding TO portal_app "
        f"USING ({OF_VISIBLE_VERZOEK}) WITH CHECK ({OF_VISIBLE_VERZOEK})"
    )


def downgrade() -> None:
    """The reports are lost; that they were made stays in the trail."""
    op.drop_table("melding")
