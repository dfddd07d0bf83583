"""Entries of the directory that turned out to be one, and those proposed for the landelijke list."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '')"
PROPOSED = f"{MEDEWERKER} AND {ORGANISATIE} IS NULL AND voorstel = 'open' AND categorie <> 'particulier'"


def upgrade() -> None:
    """What an organisatie added before is proposed too, as everything will be from now on."""
    voorstel = sa.Enum(
        "open", "overgenomen", "niet_overgenomen",
        name="lijstvoorstel", native_enum=False, create_constraint=True, length=40,
    )  # fmt: skip
    op.add_column("schuldeiser", sa.Column("voorstel", voorstel, nullable=True))
    op.add_column("schuldeiser", sa.Column("samengevoegd_met_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_schuldeiser_samengevoegd_met_id"), "schuldeiser", "schuldeiser", ["samengevoegd_met_id"], ["id"]
    )
    op.create_check_constraint("samengevoegd", "schuldeiser", "samengevoegd_met_id IS NULL OR NOT actief")
    op.create_index("ix_schuldeiser_samengevoegd_met_id", "schuldeiser", ["samengevoegd_met_id"])
    op.create_index("ix_schuldeiser_voorstel", "schuldeiser", ["naam"], postgresql_where=sa.text("voorstel = 'open'"))
    op.execute("""
        UPDATE schuldeiser SET voorstel = 'open'
        WHERE organisatie_id IS NOT NULL AND categorie <> 'particulier' AND levering <> 'api'
    """)
    op.execute(f"CREATE POLICY schuldeiser_proposed ON schuldeiser FOR SELECT TO portal_app USING ({PROPOSED})")


def downgrade() -> None:
    """What was merged stays out of use; with what it was merged is in the trail only."""
    op.execute("DROP POLICY schuldeiser_proposed ON schuldeiser")
    op.drop_index("ix_schuldeiser_voorstel", table_name="schuldeiser")
    op.drop_index("ix_schuldeiser_samengevoegd_met_id", table_name="schuldeiser")
    op.drop_constraint(op.f("ck_schuldeiser_samengevoegd"), "schuldeiser")
    op.drop_column("schuldeiser", "samengevoegd_met_id")
    op.drop_column("schuldeiser", "voorstel")
