"""Webhooks of API clients, and what waits to be announced through them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
SCHULDEISER = "current_setting('portal.actor', true) = 'schuldeiser'"
ACTOR_ID = "nullif(current_setting('portal.actor_id', true), '')::uuid"
NO_ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '') IS NULL"

THEIRS = f"""{SYSTEEM} OR ({SCHULDEISER} AND schuldeiser_id = {ACTOR_ID})
        OR ({MEDEWERKER} AND {NO_ORGANISATIE} AND EXISTS (SELECT 1 FROM schuldeiser s WHERE s.id = schuldeiser_id
            AND s.organisatie_id IS NULL))"""


def upgrade() -> None:
    fout = sa.Enum(
        "adres", "verbinding", "certificaat", "status",
        name="webhookfout", native_enum=False, create_constraint=True, length=40,
    )  # fmt: skip
    op.create_table(
        "webhook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("schuldeiser_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("geheimen_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pogingen", sa.BigInteger(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fout", fout, nullable=True),
        sa.ForeignKeyConstraint(["id"], ["api_client.id"], name=op.f("fk_webhook_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["schuldeiser_id"], ["schuldeiser.id"], name=op.f("fk_webhook_schuldeiser_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    op.create_index(op.f("ix_webhook_schuldeiser_id"), "webhook", ["schuldeiser_id"])
    _create_webhookmelding()
    for table, rule in {"webhook": THEIRS, "webhookmelding": SYSTEEM}.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO portal_app")
        op.execute(f"CREATE POLICY {table}_rows ON {table} TO portal_app USING ({rule}) WITH CHECK ({rule})")


def _create_webhookmelding() -> None:
    op.create_table(
        "webhookmelding",
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("kennisgeving_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name=op.f("fk_webhookmelding_webhook_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["kennisgeving_id"], ["kennisgeving.id"], name=op.f("fk_webhookmelding_kennisgeving_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhookmelding")),
        sa.UniqueConstraint("webhook_id", "kennisgeving_id", name=op.f("uq_webhookmelding_webhook_id_kennisgeving_id")),
    )
    op.create_index("ix_webhookmelding_wacht", "webhookmelding", ["webhook_id", "at", "id"])
    op.create_index("ix_webhookmelding_kennisgeving_id", "webhookmelding", ["kennisgeving_id"])


def downgrade() -> None:
    """Webhooks have to be registered again; what they would have announced can be fetched."""
    op.drop_table("webhookmelding")
    op.drop_table("webhook")
