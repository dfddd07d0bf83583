"""Text blocks per organisatie, and a term for the answer to a question."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '')::uuid"
OWN = f"{SYSTEEM} OR ({MEDEWERKER} AND organisatie_id = {ORGANISATIE})"


def upgrade() -> None:
    op.add_column("aanvulling", sa.Column("antwoord_voor", sa.Date(), nullable=True))
    soort = sa.Enum("vraag", "niet_goedkeuren", name="bloksoort", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "tekstblok",
        sa.Column("organisatie_id", sa.Uuid(), nullable=False),
        sa.Column("soort", soort, nullable=False),
        sa.Column("titel", sa.Text(), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_tekstblok_organisatie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tekstblok")),
        sa.UniqueConstraint("organisatie_id", "soort", "titel", name=op.f("uq_tekstblok_organisatie_id_soort_titel")),
    )
    op.execute("ALTER TABLE tekstblok ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE tekstblok FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON tekstblok TO portal_app")
    op.execute(f"CREATE POLICY tekstblok_rows ON tekstblok TO portal_app USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    """The texts and the terms are lost; what was sent stays as it was."""
    op.drop_table("tekstblok")
    op.drop_column("aanvulling", "antwoord_voor")
