"""Who usually collects for whom."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '')::uuid"

SEEN = f"{SYSTEEM} OR ({MEDEWERKER} AND EXISTS (SELECT 1 FROM schuldeiser s WHERE s.id = schuldeiser_id))"
KEPT = f"""{SYSTEEM} OR ({MEDEWERKER} AND EXISTS (SELECT 1 FROM schuldeiser s WHERE s.id = schuldeiser_id
            AND s.organisatie_id IS NOT DISTINCT FROM {ORGANISATIE}))"""


def upgrade() -> None:
    op.create_table(
        "gemachtigde",
        sa.Column("schuldeiser_id", sa.Uuid(), nullable=False),
        sa.Column("gemachtigde_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("schuldeiser_id <> gemachtigde_id", name=op.f("ck_gemachtigde_een_ander")),
        sa.ForeignKeyConstraint(
            ["schuldeiser_id"], ["schuldeiser.id"], name=op.f("fk_gemachtigde_schuldeiser_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["gemachtigde_id"], ["schuldeiser.id"], name=op.f("fk_gemachtigde_gemachtigde_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gemachtigde")),
        sa.UniqueConstraint(
            "schuldeiser_id", "gemachtigde_id", name=op.f("uq_gemachtigde_schuldeiser_id_gemachtigde_id")
        ),
    )
    op.create_index("ix_gemachtigde_gemachtigde_id", "gemachtigde", ["gemachtigde_id"])
    op.execute("ALTER TABLE gemachtigde ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE gemachtigde FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON gemachtigde TO portal_app")
    op.execute(f"CREATE POLICY gemachtigde_seen ON gemachtigde FOR SELECT TO portal_app USING ({SEEN})")
    op.execute(f"CREATE POLICY gemachtigde_added ON gemachtigde FOR INSERT TO portal_app WITH CHECK ({KEPT})")
    op.execute(
        f"CREATE POLICY gemachtigde_changed ON gemachtigde FOR UPDATE TO portal_app USING ({KEPT}) WITH CHECK ({KEPT})"
    )
    op.execute(f"CREATE POLICY gemachtigde_removed ON gemachtigde FOR DELETE TO portal_app USING ({KEPT})")


def downgrade() -> None:
    """Who collects for whom is lost; it is in no case."""
    op.drop_table("gemachtigde")
