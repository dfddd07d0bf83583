"""The mailed link to everything of one mailbox that waits for an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"


def upgrade() -> None:
    op.create_table(
        "overzichtslink",
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adres_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overzichtslink")),
    )
    op.execute("ALTER TABLE overzichtslink ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE overzichtslink FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON overzichtslink TO portal_app")
    # Whoever holds a link is nobody in particular: the portal looks for him.
    op.execute(
        f"CREATE POLICY overzichtslink_rows ON overzichtslink TO portal_app USING ({SYSTEEM}) WITH CHECK ({SYSTEEM})"
    )


def downgrade() -> None:
    op.drop_table("overzichtslink")
