"""Codes for a lost phone, and what a member of staff recognises the own sessions by."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
RULE = f"{SYSTEEM} OR ({MEDEWERKER} AND EXISTS (SELECT 1 FROM medewerker m WHERE m.id = medewerker_id))"


def upgrade() -> None:
    op.add_column("sessie", sa.Column("apparaat", sa.Text(), nullable=True))
    op.add_column("sessie", sa.Column("middel", sa.Text(), nullable=True))
    op.create_table(
        "herstelcode",
        sa.Column("medewerker_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["medewerker_id"], ["medewerker.id"], name=op.f("fk_herstelcode_medewerker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_herstelcode")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_herstelcode_code_hash")),
    )
    op.create_index(op.f("ix_herstelcode_medewerker_id"), "herstelcode", ["medewerker_id"])
    op.execute("ALTER TABLE herstelcode ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE herstelcode FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON herstelcode TO portal_app")
    op.execute(f"CREATE POLICY herstelcode_rows ON herstelcode TO portal_app USING ({RULE}) WITH CHECK ({RULE})")


def downgrade() -> None:
    """Whoever lost the phone asks a beheerder again."""
    op.drop_table("herstelcode")
    op.drop_column("sessie", "middel")
    op.drop_column("sessie", "apparaat")
