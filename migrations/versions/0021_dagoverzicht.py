"""The daily digest, and the Kennisgevingen that leave in one. What waits already leaves by itself, as it was issued."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
SCHULDEISER = "current_setting('portal.actor', true) = 'schuldeiser'"
OF_ONE = """EXISTS (SELECT 1 FROM kennisgeving k WHERE k.id = kennisgeving_id)
        OR EXISTS (SELECT 1 FROM bericht b WHERE b.id = bericht_id)"""
SEEN_BEFORE = f"NOT ({SCHULDEISER}) AND ({OF_ONE})"
SEEN = f"""NOT ({SCHULDEISER}) AND ({OF_ONE}
        OR EXISTS (SELECT 1 FROM dagoverzicht d WHERE d.id = dagoverzicht_id))"""

STATUS = sa.Enum(
    "klaar", "aangeboden", "niet_bezorgd", "vervallen",
    name="verzendstatus", native_enum=False, create_constraint=True, length=40,
)  # fmt: skip


def upgrade() -> None:
    _create_dagoverzicht()
    op.add_column("kennisgeving", sa.Column("gebundeld", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("kennisgeving", "gebundeld", server_default=None)
    op.add_column("kennisgeving", sa.Column("dagoverzicht_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_kennisgeving_dagoverzicht_id"), "kennisgeving", "dagoverzicht", ["dagoverzicht_id"], ["id"],
        ondelete="SET NULL",
    )  # fmt: skip
    op.create_index(
        "ix_kennisgeving_gebundeld", "kennisgeving", ["schuldeiser_id"],
        postgresql_where=sa.text("gebundeld AND status = 'klaar' AND dagoverzicht_id IS NULL"),
    )  # fmt: skip
    op.create_index(
        "ix_kennisgeving_dagoverzicht_id", "kennisgeving", ["dagoverzicht_id"],
        postgresql_where=sa.text("dagoverzicht_id IS NOT NULL"),
    )  # fmt: skip
    _let_poging_name_one()
    op.add_column("inkomend", sa.Column("dagoverzicht_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_inkomend_dagoverzicht_id"), "inkomend", "dagoverzicht", ["dagoverzicht_id"], ["id"],
        ondelete="SET NULL",
    )  # fmt: skip
    op.create_index(
        "ix_inkomend_dagoverzicht_id", "inkomend", ["dagoverzicht_id"],
        postgresql_where=sa.text("dagoverzicht_id IS NOT NULL"),
    )  # fmt: skip


def _create_dagoverzicht() -> None:
    op.create_table(
        "dagoverzicht",
        sa.Column("schuldeiser_id", sa.Uuid(), nullable=False),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("nummer", sa.BigInteger(), nullable=False),
        sa.Column("deel", sa.BigInteger(), nullable=False),
        sa.Column("delen", sa.BigInteger(), nullable=False),
        sa.Column("status", STATUS, nullable=False),
        sa.Column("aan_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("onderwerp_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("tekst_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("html_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("sjabloon", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("envelope_token", sa.Text(), nullable=False),
        sa.Column("afzender_naam", sa.Text(), nullable=False),
        sa.Column("antwoord_aan", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["schuldeiser_id"], ["schuldeiser.id"], name=op.f("fk_dagoverzicht_schuldeiser_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dagoverzicht")),
        sa.UniqueConstraint("envelope_token", name=op.f("uq_dagoverzicht_envelope_token")),
        sa.UniqueConstraint("message_id", name=op.f("uq_dagoverzicht_message_id")),
        sa.UniqueConstraint("schuldeiser_id", "dag", "nummer", name=op.f("uq_dagoverzicht_schuldeiser_id_dag_nummer")),
    )
    op.execute("ALTER TABLE dagoverzicht ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE dagoverzicht FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON dagoverzicht TO portal_app")
    op.execute(
        f"CREATE POLICY dagoverzicht_rows ON dagoverzicht TO portal_app USING ({SYSTEEM}) WITH CHECK ({SYSTEEM})"
    )


def _let_poging_name_one() -> None:
    op.add_column("poging", sa.Column("dagoverzicht_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_poging_dagoverzicht_id"), "poging", "dagoverzicht", ["dagoverzicht_id"], ["id"], ondelete="CASCADE"
    )
    op.create_index(
        "ix_poging_dagoverzicht_id", "poging", ["dagoverzicht_id"],
        postgresql_where=sa.text("dagoverzicht_id IS NOT NULL"),
    )  # fmt: skip
    _say_of_poging("num_nonnulls(kennisgeving_id, bericht_id, dagoverzicht_id) = 1", SEEN)


def _say_of_poging(one_message: str, seen: str) -> None:
    op.drop_constraint(op.f("ck_poging_een_bericht"), "poging", type_="check")
    op.create_check_constraint(op.f("ck_poging_een_bericht"), "poging", one_message)
    op.execute(f"ALTER POLICY poging_rows ON poging USING ({seen}) WITH CHECK ({seen})")


def downgrade() -> None:
    """What waits for a digest leaves by itself then: the round that looks for messages without a job finds it."""
    op.execute("ALTER TABLE poging NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM poging WHERE dagoverzicht_id IS NOT NULL")
    op.execute("ALTER TABLE poging FORCE ROW LEVEL SECURITY")
    _say_of_poging("num_nonnulls(kennisgeving_id, bericht_id) = 1", SEEN_BEFORE)
    op.drop_column("inkomend", "dagoverzicht_id")
    op.drop_column("poging", "dagoverzicht_id")
    op.drop_column("kennisgeving", "dagoverzicht_id")
    op.drop_column("kennisgeving", "gebundeld")
    op.drop_table("dagoverzicht")
