"""The published figures of each quarter. Append-only."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
SOMEBODY = "coalesce(current_setting('portal.actor', true), '') <> ''"


def upgrade() -> None:
    op.create_table(
        "kwartaalcijfers",
        sa.Column("kwartaal", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inhoud", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("kwartaal", name=op.f("pk_kwartaalcijfers")),
    )
    op.execute("ALTER TABLE kwartaalcijfers ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE kwartaalcijfers FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT ON kwartaalcijfers TO portal_app")
    op.execute(f"CREATE POLICY kwartaalcijfers_seen ON kwartaalcijfers FOR SELECT TO portal_app USING ({SOMEBODY})")
    op.execute(
        f"CREATE POLICY kwartaalcijfers_added ON kwartaalcijfers FOR INSERT TO portal_app WITH CHECK ({SYSTEEM})"
    )
    op.execute("""
        CREATE TRIGGER kwartaalcijfers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kwartaalcijfers
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """)


def downgrade() -> None:
    op.drop_table("kwartaalcijfers")
