"""What the watch signals: terms that run out and pauses that end soon."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
HULPVRAGER = "current_setting('portal.actor', true) = 'hulpvrager'"
ACTOR_ID = "nullif(current_setting('portal.actor_id', true), '')::uuid"
ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '')::uuid"
ROWS = f"""{SYSTEEM} OR ({MEDEWERKER} AND organisatie_id = {ORGANISATIE})
        OR ({HULPVRAGER} AND verzoek_id = {ACTOR_ID})"""

UNDECIDED = "decided_at IS NULL"
ASKS = "soort <> 'beeindiging'"


def upgrade() -> None:
    klok = sa.Enum(
        "eerste_gesprek", "einde_pauze", name="klok", native_enum=False, create_constraint=True, length=40
    )  # fmt: skip
    op.create_table(
        "signaal",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("organisatie_id", sa.Uuid(), nullable=False),
        sa.Column("klok", klok, nullable=False),
        sa.Column("nummer", sa.BigInteger(), nullable=False),
        sa.Column("over_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_signaal_verzoek_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_signaal_organisatie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signaal")),
    )
    op.create_index(op.f("ix_signaal_verzoek_id"), "signaal", ["verzoek_id"])
    op.create_index(
        "ix_signaal_open", "signaal", ["organisatie_id", "klok", "over_on"],
        postgresql_where=sa.text("handled_at IS NULL"),
    )  # fmt: skip
    op.execute("ALTER TABLE signaal ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE signaal FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON signaal TO portal_app")
    op.execute(f"CREATE POLICY signaal_rows ON signaal TO portal_app USING ({ROWS}) WITH CHECK ({ROWS})")
    op.create_index(
        "ix_pauzeverzoek_gesprek", "pauzeverzoek", ["eerste_gesprek_voor"], postgresql_where=sa.text(UNDECIDED)
    )
    op.create_index("ix_kennisgeving_eind_on", "kennisgeving", ["eind_on"], postgresql_where=sa.text(ASKS))
    _allow("bijna_afgelopen")


def _allow(*more: str) -> None:
    """What a message to the hulpvrager can be."""
    words = (
        "toegangslink", "ontvangen", "aanvulling_gevraagd", "goedgekeurd", "niet_goedgekeurd", "ingetrokken",
        "beeindigd", *more, "afgelopen", "antwoord_ontvangen",
    )  # fmt: skip
    listed = ", ".join(f"'{word}'" for word in words)
    op.execute("ALTER TABLE bericht DROP CONSTRAINT ck_bericht_berichtsoort")
    op.execute(f"ALTER TABLE bericht ADD CONSTRAINT ck_bericht_berichtsoort CHECK (soort IN ({listed}))")


def downgrade() -> None:
    """The announcements of an end are lost; that they were made stays in the trail."""
    op.execute("ALTER TABLE bericht NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM bericht WHERE soort = 'bijna_afgelopen'")
    op.execute("ALTER TABLE bericht FORCE ROW LEVEL SECURITY")
    _allow()
    op.drop_index("ix_kennisgeving_eind_on", table_name="kennisgeving", postgresql_where=sa.text(ASKS))
    op.drop_index("ix_pauzeverzoek_gesprek", table_name="pauzeverzoek", postgresql_where=sa.text(UNDECIDED))
    op.drop_table("signaal")
