"""Staff who come in through the identity provider of their own organisation."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"


def upgrade() -> None:
    op.add_column("medewerker", sa.Column("sso_subject", sa.Text(), nullable=True))
    op.create_unique_constraint(op.f("uq_medewerker_sso_subject"), "medewerker", ["sso_subject"])
    op.create_table(
        "werksessie",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sid", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refresh_token_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["sessie.id"], name=op.f("fk_werksessie_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_werksessie")),
    )
    op.create_index(op.f("ix_werksessie_sid"), "werksessie", ["sid"])
    op.execute("ALTER TABLE werksessie ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE werksessie FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON werksessie TO portal_app")
    op.execute(f"CREATE POLICY werksessie_rows ON werksessie TO portal_app USING ({SYSTEEM}) WITH CHECK ({SYSTEEM})")


def downgrade() -> None:
    """Who came in this way has no password: the operator gives one, or invites anew."""
    op.drop_table("werksessie")
    op.drop_constraint(op.f("uq_medewerker_sso_subject"), "medewerker")
    op.drop_column("medewerker", "sso_subject")
