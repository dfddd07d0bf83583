"""The answers of schuldeisers, and the schuldeiser as an actor: it sees the messages to itself and what it answered."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
SCHULDEISER = "current_setting('portal.actor', true) = 'schuldeiser'"
ACTOR_ID = "nullif(current_setting('portal.actor_id', true), '')::uuid"
OF_VISIBLE_KENNISGEVING = "EXISTS (SELECT 1 FROM kennisgeving k WHERE k.id = kennisgeving_id)"
OWN_KENNISGEVING = f"{SCHULDEISER} AND schuldeiser_id = {ACTOR_ID}"
POGING = """EXISTS (SELECT 1 FROM kennisgeving k WHERE k.id = kennisgeving_id)
        OR EXISTS (SELECT 1 FROM bericht b WHERE b.id = bericht_id)"""

ACTORS = ("systeem", "medewerker", "hulpvrager", "bezoeker")
ANTWOORDEN = ("geen_reactie", "bevestigd", "geen_medewerking", "overgedragen")
REDENEN = ("klant_onbekend", "recente_finale_kwijting", "recente_poging_stabilisatie", "geen_samenwerking")
WEGEN = ("link", "api", "mail", "hulpverlener")


def upgrade() -> None:
    _allow("audit", "actor_kind", "actorkind", (*ACTORS, "schuldeiser"))
    _allow("kennisgeving", "antwoord", "antwoord", (*ANTWOORDEN, "al_in_regeling"))
    _create_beantwoording()
    _let_schuldeisers_in()
    # A schuldeiser learns where a chain ends and nothing of what is in it. A SET clause would need a superuser.
    op.execute("""
        CREATE FUNCTION audit_last(of_keten uuid) RETURNS TABLE (volgnummer bigint, hash text)
        LANGUAGE plpgsql AS $$
        DECLARE acting text := current_setting('portal.actor', true);
        BEGIN
            PERFORM set_config('portal.actor', 'systeem', true);
            RETURN QUERY
                SELECT a.volgnummer, a.hash FROM audit a WHERE a.keten = of_keten ORDER BY a.volgnummer DESC LIMIT 1;
            PERFORM set_config('portal.actor', coalesce(acting, ''), true);
        END $$
    """)


def _create_beantwoording() -> None:
    op.create_table(
        "beantwoording",
        sa.Column("kennisgeving_id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.BigInteger(), nullable=False),
        sa.Column("antwoord", _values("antwoord", *ANTWOORDEN, "al_in_regeling"), nullable=False),
        sa.Column("reden", _values("geenmedewerking", *REDENEN), nullable=True),
        sa.Column("tot_en_met", sa.Date(), nullable=True),
        sa.Column("naar_id", sa.Uuid(), nullable=True),
        sa.Column("via", _values("antwoordweg", *WEGEN), nullable=False),
        sa.Column("sleutel", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gegevens_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("antwoord <> 'geen_reactie'", name=op.f("ck_beantwoording_gegeven")),
        sa.ForeignKeyConstraint(
            ["kennisgeving_id"],
            ["kennisgeving.id"],
            name=op.f("fk_beantwoording_kennisgeving_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["naar_id"], ["schuldeiser.id"], name=op.f("fk_beantwoording_naar_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beantwoording")),
        sa.UniqueConstraint("kennisgeving_id", "volgnummer", name=op.f("uq_beantwoording_kennisgeving_id_volgnummer")),
        sa.UniqueConstraint("kennisgeving_id", "sleutel", name=op.f("uq_beantwoording_kennisgeving_id_sleutel")),
    )
    op.create_index(op.f("ix_beantwoording_naar_id"), "beantwoording", ["naar_id"], unique=False)
    op.execute("ALTER TABLE beantwoording ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE beantwoording FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON beantwoording TO portal_app")
    giver = f"({SYSTEEM} OR {MEDEWERKER} OR {SCHULDEISER}) AND {OF_VISIBLE_KENNISGEVING}"
    _policy("beantwoording", "seen", f"FOR SELECT TO portal_app USING ({OF_VISIBLE_KENNISGEVING})")
    _policy("beantwoording", "added", f"FOR INSERT TO portal_app WITH CHECK ({giver})")
    # Never changed but by a rotation of keys, never removed but with its case.
    _policy("beantwoording", "changed", f"FOR UPDATE TO portal_app USING ({SYSTEEM}) WITH CHECK ({SYSTEEM})")
    _policy("beantwoording", "removed", f"FOR DELETE TO portal_app USING ({SYSTEEM})")


def _let_schuldeisers_in() -> None:
    _policy("kennisgeving", "to_me", f"FOR SELECT TO portal_app USING ({OWN_KENNISGEVING})")
    _policy(
        "kennisgeving",
        "answered",
        f"FOR UPDATE TO portal_app USING ({OWN_KENNISGEVING}) WITH CHECK ({OWN_KENNISGEVING})",
    )
    _policy("schuldeiser", "self", f"FOR SELECT TO portal_app USING ({SCHULDEISER} AND id = {ACTOR_ID})")
    own_entry = f"{SCHULDEISER} AND actor_kind = 'schuldeiser' AND actor_id = {ACTOR_ID}"
    about_me = f"{own_entry} AND EXISTS (SELECT 1 FROM kennisgeving k WHERE k.verzoek_id = keten)"
    _policy("audit", "by_me", f"FOR SELECT TO portal_app USING ({own_entry})")
    _policy("audit", "added_by_me", f"FOR INSERT TO portal_app WITH CHECK ({about_me})")
    for action in ("USING", "WITH CHECK"):
        op.execute(f"ALTER POLICY poging_rows ON poging {action} (NOT ({SCHULDEISER}) AND ({POGING}))")


def _policy(table: str, name: str, rule: str) -> None:
    op.execute(f"CREATE POLICY {table}_{name} ON {table} {rule}")


def _values(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _allow(table: str, column: str, name: str, values: tuple[str, ...]) -> None:
    """The values that a column may hold. Rows that hold another one stay, and only new ones are refused."""
    listed = ", ".join(f"'{value}'" for value in values)
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{name}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{name} CHECK ({column} IN ({listed})) NOT VALID")
    op.execute(f"""
        DO $$ BEGIN ALTER TABLE {table} VALIDATE CONSTRAINT ck_{table}_{name};
        EXCEPTION WHEN check_violation THEN NULL; END $$
    """)


def downgrade() -> None:
    """The answers are lost; that they were given stays in the trail."""
    op.execute("DROP FUNCTION audit_last(uuid)")
    for action in ("USING", "WITH CHECK"):
        op.execute(f"ALTER POLICY poging_rows ON poging {action} ({POGING})")
    for table, name in (
        ("kennisgeving", "to_me"),
        ("kennisgeving", "answered"),
        ("schuldeiser", "self"),
        ("audit", "by_me"),
        ("audit", "added_by_me"),
    ):
        op.execute(f"DROP POLICY {table}_{name} ON {table}")
    op.drop_index(op.f("ix_beantwoording_naar_id"), table_name="beantwoording")
    op.drop_table("beantwoording")
    _allow("kennisgeving", "antwoord", "antwoord", ANTWOORDEN)
    _allow("audit", "actor_kind", "actorkind", ACTORS)
