"""Mail that comes in: kept whole and sealed, tied to what was sent."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '')::uuid"
RULE = f"""{SYSTEEM}
        OR ({MEDEWERKER} AND organisatie_id = {ORGANISATIE})
        OR ({MEDEWERKER} AND {ORGANISATIE} IS NULL AND organisatie_id IS NULL AND verzoek_id IS NULL)"""
"""An organisatie sees the mail about its cases; staff without an organisatie the mail about no case."""

SOORTEN = (
    "onbestelbaar", "postvak_vol", "geblokkeerd", "postvak_gesloten", "vertraagd", "bezorgd", "leesbewijs", "afwezig",
    "ontvangstbevestiging", "misbruikmelding", "antwoord", "lus", "onleesbaar",
)  # fmt: skip
BANDEN = ("token", "message_id", "kenmerk", "geen")
GEVOLGEN = ("niets", "later_opnieuw", "niet_bezorgd", "per_post", "lezen", "uitzoeken")
SEALED = ("ruw", "envelop", "afzender", "onderwerp", "tekst", "diagnose", "bijlagen")


def upgrade() -> None:
    op.create_table(
        "inkomend",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("soort", _values("mailsoort", *SOORTEN), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("band", _values("mailband", *BANDEN), nullable=False),
        sa.Column("gevolg", _values("mailgevolg", *GEVOLGEN), nullable=False),
        sa.Column("afgekapt", sa.Boolean(), nullable=False),
        sa.Column("kennisgeving_id", sa.Uuid(), nullable=True),
        sa.Column("bericht_id", sa.Uuid(), nullable=True),
        sa.Column("verzoek_id", sa.Uuid(), nullable=True),
        sa.Column("organisatie_id", sa.Uuid(), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by", sa.Uuid(), nullable=True),
        *[sa.Column(f"{name}_sealed", sa.LargeBinary(), nullable=False) for name in SEALED],
        *[
            sa.ForeignKeyConstraint(
                [f"{table}_id"], [f"{parent}.id"], name=op.f(f"fk_inkomend_{table}_id"), ondelete="CASCADE"
            )
            for table, parent in (("kennisgeving", "kennisgeving"), ("bericht", "bericht"), ("verzoek", "pauzeverzoek"))
        ],
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_inkomend_organisatie_id")),
        sa.ForeignKeyConstraint(["handled_by"], ["medewerker.id"], name=op.f("fk_inkomend_handled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inkomend")),
        sa.UniqueConstraint("sha256", name=op.f("uq_inkomend_sha256")),
    )
    for name in ("kennisgeving_id", "bericht_id", "verzoek_id"):
        op.create_index(op.f(f"ix_inkomend_{name}"), "inkomend", [name])
    op.create_index(
        "ix_inkomend_te_lezen",
        "inkomend",
        ["organisatie_id", "verzoek_id"],
        postgresql_where=sa.text("handled_at IS NULL AND gevolg IN ('lezen', 'uitzoeken')"),
    )
    op.create_index(
        "ix_inkomend_onbekend", "inkomend", ["received_at", "id"], postgresql_where=sa.text("verzoek_id IS NULL")
    )
    op.execute("ALTER TABLE inkomend ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE inkomend FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON inkomend TO portal_app")
    op.execute(f"CREATE POLICY inkomend_rows ON inkomend TO portal_app USING ({RULE}) WITH CHECK ({RULE})")


def _values(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    """The received mails are lost; that they came stays in the trail."""
    op.drop_table("inkomend")
