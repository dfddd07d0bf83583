"""What a schuldeiser asks by API to change about how it is reached, until a member of staff decides."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
SCHULDEISER = "current_setting('portal.actor', true) = 'schuldeiser'"
ACTOR_ID = "nullif(current_setting('portal.actor_id', true), '')::uuid"
ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '')::uuid"

THEIRS = f"""{SYSTEEM} OR ({SCHULDEISER} AND schuldeiser_id = {ACTOR_ID})
        OR ({MEDEWERKER} AND EXISTS (SELECT 1 FROM schuldeiser s WHERE s.id = schuldeiser_id
            AND s.organisatie_id IS NOT DISTINCT FROM {ORGANISATIE}))"""
OWN_CHAIN = f"{SCHULDEISER} AND actor_kind = 'schuldeiser' AND actor_id = {ACTOR_ID} AND keten = {ACTOR_ID}"


def upgrade() -> None:
    status = sa.Enum(
        "open", "overgenomen", "niet_overgenomen", "vervangen",
        name="voorstelstatus", native_enum=False, create_constraint=True, length=40,
    )  # fmt: skip
    op.create_table(
        "contactvoorstel",
        sa.Column("schuldeiser_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("postadres", sa.Text(), nullable=True),
        sa.Column("status", status, nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("num_nonnulls(email, postadres) > 0", name=op.f("ck_contactvoorstel_iets")),
        sa.CheckConstraint(
            "(status IN ('open', 'vervangen')) = (decided_by IS NULL)", name=op.f("ck_contactvoorstel_besloten")
        ),
        sa.ForeignKeyConstraint(
            ["schuldeiser_id"], ["schuldeiser.id"], name=op.f("fk_contactvoorstel_schuldeiser_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["medewerker.id"], name=op.f("fk_contactvoorstel_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contactvoorstel")),
    )
    op.create_index("ix_contactvoorstel_schuldeiser_id", "contactvoorstel", ["schuldeiser_id"])
    op.create_index(
        "uq_contactvoorstel_open",
        "contactvoorstel",
        ["schuldeiser_id"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.execute("ALTER TABLE contactvoorstel ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE contactvoorstel FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON contactvoorstel TO portal_app")
    op.execute(
        f"CREATE POLICY contactvoorstel_rows ON contactvoorstel TO portal_app USING ({THEIRS}) WITH CHECK ({THEIRS})"
    )
    op.execute(f"CREATE POLICY audit_added_about_self ON audit FOR INSERT TO portal_app WITH CHECK ({OWN_CHAIN})")


def downgrade() -> None:
    """What was asked and not decided is lost; that it was asked stays in the trail."""
    op.execute("DROP POLICY audit_added_about_self ON audit")
    op.drop_table("contactvoorstel")
