"""The mailed link with which a member of staff chooses a password."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
RULE = f"{SYSTEEM} OR ({MEDEWERKER} AND EXISTS (SELECT 1 FROM medewerker m WHERE m.id = medewerker_id))"


def upgrade() -> None:
    moments = ("used_at", "revoked_at", "mailed_at", "refused_at")
    op.create_table(
        "uitnodiging",
        sa.Column("medewerker_id", sa.Uuid(), nullable=False),
        sa.Column("is_herstel", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in moments),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["medewerker_id"], ["medewerker.id"], name=op.f("fk_uitnodiging_medewerker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uitnodiging")),
    )
    op.create_index(op.f("ix_uitnodiging_medewerker_id"), "uitnodiging", ["medewerker_id"])
    op.execute("ALTER TABLE uitnodiging ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE uitnodiging FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON uitnodiging TO portal_app")
    op.execute(f"CREATE POLICY uitnodiging_rows ON uitnodiging TO portal_app USING ({RULE}) WITH CHECK ({RULE})")


def downgrade() -> None:
    """Links that were mailed open nothing any more."""
    op.drop_table("uitnodiging")
