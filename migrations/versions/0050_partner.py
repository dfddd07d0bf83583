"""The partner: the second person of a request, the own toestemming, and whose a schuld and a message about it are."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

OF_VISIBLE_VERZOEK = "EXISTS (SELECT 1 FROM pauzeverzoek v WHERE v.id = verzoek_id)"
WAS = "uq_kennisgeving_verzoek_id_schuldeiser_id_soort_nummer"
NOW = "uq_kennisgeving_verzoek_id_schuldeiser_id_schuldenaar_soort_nummer"
SCHULDENAAR = sa.Enum("partner", "beiden", name="schuldenaar", native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "partner",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("gegevens_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("naam_index", sa.LargeBinary(), nullable=True),
        sa.Column("geboorte_index", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_partner_verzoek_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("verzoek_id", name=op.f("uq_partner_verzoek_id")),
    )
    op.create_index("ix_partner_naam_index", "partner", ["naam_index"])
    op.create_index("ix_partner_geboorte_index", "partner", ["geboorte_index"])
    op.create_table(
        "partnertoestemming",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("versie", sa.Text(), nullable=False),
        sa.Column("tekst_sha256", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_by", sa.Uuid(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_partnertoestemming_partner_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_partnertoestemming_verzoek_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["heard_by"], ["medewerker.id"], name=op.f("fk_partnertoestemming_heard_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnertoestemming")),
    )
    op.create_index("ix_partnertoestemming_partner_id", "partnertoestemming", ["partner_id"])
    op.create_index("ix_partnertoestemming_verzoek_id", "partnertoestemming", ["verzoek_id"])
    op.create_index(
        "uq_partnertoestemming_in_force", "partnertoestemming", ["partner_id"], unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )  # fmt: skip
    for table in ("partner", "partnertoestemming"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO portal_app")
        op.execute(
            f"CREATE POLICY {table}_rows ON {table} TO portal_app "
            f"USING ({OF_VISIBLE_VERZOEK}) WITH CHECK ({OF_VISIBLE_VERZOEK})"
        )
    op.add_column("schuld", sa.Column("schuldenaar", SCHULDENAAR, nullable=True))
    op.add_column("kennisgeving", sa.Column("schuldenaar", SCHULDENAAR, nullable=True))
    op.drop_constraint(op.f(WAS), "kennisgeving")
    op.create_unique_constraint(
        op.f(NOW), "kennisgeving", ["verzoek_id", "schuldeiser_id", "schuldenaar", "soort", "nummer"],
        postgresql_nulls_not_distinct=True,
    )  # fmt: skip


def downgrade() -> None:
    """The partner is lost. Messages about one stay, behind those of the hulpvrager alone."""
    op.drop_constraint(op.f(NOW), "kennisgeving")
    op.execute(
        "UPDATE kennisgeving SET nummer = nummer + CASE schuldenaar WHEN 'partner' THEN 1000 ELSE 2000 END "
        "WHERE schuldenaar IS NOT NULL"
    )
    op.create_unique_constraint(op.f(WAS), "kennisgeving", ["verzoek_id", "schuldeiser_id", "soort", "nummer"])
    op.drop_column("kennisgeving", "schuldenaar")
    op.drop_column("schuld", "schuldenaar")
    op.drop_table("partnertoestemming")
    op.drop_table("partner")
