"""A message that went to the wrong party is called back, and the case keeps what leaked."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

SOORTEN = ("kennisgeving", "verlenging", "correctie", "beeindiging", "herinnering")
STAFF_ON_CASE = """
    current_setting('portal.actor', true) IN ('systeem', 'medewerker')
    AND EXISTS (SELECT 1 FROM pauzeverzoek v WHERE v.id = verzoek_id)
"""


def upgrade() -> None:
    _allow(*SOORTEN, "intrekking")
    op.create_table(
        "datalek",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("kennisgeving_id", sa.Uuid(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found_by", sa.Uuid(), nullable=False),
        sa.Column("bereikt", sa.Boolean(), nullable=False),
        sa.Column("wat_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_datalek_verzoek_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["kennisgeving_id"], ["kennisgeving.id"], name=op.f("fk_datalek_kennisgeving_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["found_by"], ["medewerker.id"], name=op.f("fk_datalek_found_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_datalek")),
    )
    op.create_index("ix_datalek_verzoek_id", "datalek", ["verzoek_id"])
    op.create_index("ix_datalek_kennisgeving_id", "datalek", ["kennisgeving_id"])
    op.execute("ALTER TABLE datalek ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE datalek FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON datalek TO portal_app")
    op.execute(
        f"CREATE POLICY datalek_rows ON datalek TO portal_app USING ({STAFF_ON_CASE}) WITH CHECK ({STAFF_ON_CASE})"
    )


def downgrade() -> None:
    """What leaked is lost; that it was called back stays in the trail, and so do the messages of the new kind."""
    op.drop_table("datalek")
    _allow(*SOORTEN)


def _allow(*soorten: str) -> None:
    listed = ", ".join(f"'{soort}'" for soort in soorten)
    op.execute("ALTER TABLE kennisgeving DROP CONSTRAINT ck_kennisgeving_soort")
    op.execute(f"ALTER TABLE kennisgeving ADD CONSTRAINT ck_kennisgeving_soort CHECK (soort IN ({listed})) NOT VALID")
    op.execute("""
        DO $$ BEGIN ALTER TABLE kennisgeving VALIDATE CONSTRAINT ck_kennisgeving_soort;
        EXCEPTION WHEN check_violation THEN NULL; END $$
    """)
