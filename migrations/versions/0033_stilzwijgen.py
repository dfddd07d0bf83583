"""Schuldeisers that do not answer, and how far the watch has come with each."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
SCHULDEISER = "current_setting('portal.actor', true) = 'schuldeiser'"
ACTOR_ID = "nullif(current_setting('portal.actor_id', true), '')::uuid"
ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '')::uuid"
ROWS = f"""{SYSTEEM} OR ({MEDEWERKER} AND organisatie_id = {ORGANISATIE})
        OR ({SCHULDEISER} AND schuldeiser_id = {ACTOR_ID})"""
"""A schuldeiser ends its own silence: its answer takes the row away."""

REFERS = {
    "kennisgeving_id": ("kennisgeving", "CASCADE"),
    "verzoek_id": ("pauzeverzoek", "CASCADE"),
    "organisatie_id": ("organisatie", None),
    "schuldeiser_id": ("schuldeiser", None),
}


def upgrade() -> None:
    stand = sa.Enum(
        "herinnerd", "bellen", "gemeld", name="stilte", native_enum=False, create_constraint=True, length=40
    )  # fmt: skip
    op.create_table(
        "stilzwijgen",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in REFERS),
        sa.Column("stand", stand, nullable=False),
        sa.Column("sinds", sa.Date(), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_stilzwijgen_{name}"), ondelete=ondelete)
            for name, (table, ondelete) in REFERS.items()
        ),
        sa.PrimaryKeyConstraint("kennisgeving_id", name=op.f("pk_stilzwijgen")),
    )
    op.create_index(op.f("ix_stilzwijgen_verzoek_id"), "stilzwijgen", ["verzoek_id"])
    op.create_index("ix_stilzwijgen_stand", "stilzwijgen", ["organisatie_id", "stand"])
    op.create_index("ix_stilzwijgen_sinds", "stilzwijgen", ["stand", "sinds"])
    op.create_index("ix_stilzwijgen_schuldeiser_id", "stilzwijgen", ["schuldeiser_id"])
    op.execute("ALTER TABLE stilzwijgen ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE stilzwijgen FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON stilzwijgen TO portal_app")
    op.execute(f"CREATE POLICY stilzwijgen_rows ON stilzwijgen TO portal_app USING ({ROWS}) WITH CHECK ({ROWS})")


def downgrade() -> None:
    """Who was silent is found again by the watch, but reminded only where no reminder was issued."""
    op.drop_table("stilzwijgen")
