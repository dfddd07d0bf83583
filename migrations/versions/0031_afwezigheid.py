"""Who is away and who replaces him, and who looks at which case at this moment."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
ACTOR_ID = "nullif(current_setting('portal.actor_id', true), '')::uuid"
ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '')::uuid"


def _colleague(column: str) -> str:
    return f"EXISTS (SELECT 1 FROM medewerker m WHERE m.id = {column} AND m.organisatie_id = {ORGANISATIE})"


AWAY = f"{SYSTEEM} OR ({MEDEWERKER} AND {_colleague('medewerker_id')} AND {_colleague('vervanger_id')})"
SEEN = f"{SYSTEEM} OR ({MEDEWERKER} AND EXISTS (SELECT 1 FROM pauzeverzoek v WHERE v.id = verzoek_id))"
OWN = f"{SYSTEEM} OR ({MEDEWERKER} AND medewerker_id = {ACTOR_ID} AND ({SEEN}))"


def upgrade() -> None:
    op.create_table(
        "afwezigheid",
        sa.Column("medewerker_id", sa.Uuid(), nullable=False),
        sa.Column("vervanger_id", sa.Uuid(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("eind_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("eind_on >= start_on", name=op.f("ck_afwezigheid_dagen")),
        sa.CheckConstraint("vervanger_id <> medewerker_id", name=op.f("ck_afwezigheid_ander")),
        sa.ForeignKeyConstraint(
            ["medewerker_id"], ["medewerker.id"], name=op.f("fk_afwezigheid_medewerker_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vervanger_id"], ["medewerker.id"], name=op.f("fk_afwezigheid_vervanger_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_afwezigheid")),
    )
    op.create_index(
        "ix_afwezigheid_medewerker_id", "afwezigheid", ["medewerker_id"], postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_table(
        "bekijker",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("medewerker_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_bekijker_verzoek_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["medewerker_id"], ["medewerker.id"], name=op.f("fk_bekijker_medewerker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("verzoek_id", "medewerker_id", name=op.f("pk_bekijker")),
        prefixes=["UNLOGGED"],
    )
    op.create_index("ix_bekijker_medewerker_id", "bekijker", ["medewerker_id"])
    for table, seen, written in (("afwezigheid", AWAY, AWAY), ("bekijker", SEEN, OWN)):
        _protect(table, seen, written)


def _protect(table: str, seen: str, written: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO portal_app")
    op.execute(f"CREATE POLICY {table}_seen ON {table} FOR SELECT TO portal_app USING ({seen})")
    op.execute(f"CREATE POLICY {table}_added ON {table} FOR INSERT TO portal_app WITH CHECK ({written})")
    op.execute(
        f"CREATE POLICY {table}_changed ON {table} FOR UPDATE TO portal_app USING ({written}) WITH CHECK ({written})"
    )
    op.execute(f"CREATE POLICY {table}_removed ON {table} FOR DELETE TO portal_app USING ({written})")


def downgrade() -> None:
    """Who was away and who replaced him is lost; that it was told stays in the trail."""
    op.drop_table("bekijker")
    op.drop_table("afwezigheid")
