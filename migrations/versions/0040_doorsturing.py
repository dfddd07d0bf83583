"""Cases go from gemeente to gemeente: who gave which away, and the trail that the giver keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '')::uuid"
OF_VISIBLE_VERZOEK = "EXISTS (SELECT 1 FROM pauzeverzoek v WHERE v.id = verzoek_id)"
GIVEN_AWAY = f"{MEDEWERKER} AND van_organisatie_id = {ORGANISATIE}"
KEPT_TRAIL = f"""{MEDEWERKER} AND EXISTS (
        SELECT 1 FROM doorsturing d
        WHERE d.verzoek_id = keten AND d.van_organisatie_id = {ORGANISATIE} AND audit.volgnummer <= d.volgnummer)"""

SOORTEN = (
    "toegangslink", "ontvangen", "aanvulling_gevraagd", "goedgekeurd", "niet_goedgekeurd", "ingetrokken", "beeindigd",
    "bijna_afgelopen", "afgelopen", "antwoord_ontvangen", "verlengd",
)  # fmt: skip


def upgrade() -> None:
    _create_table()
    _protect()
    _allow(*SOORTEN, "doorgestuurd")
    # The one way in which a row of one organisatie becomes another's. It gives away what is the caller's own, to whom
    # the doorsturing says, and lets the caller keep the trail up to now.
    op.execute("""
        CREATE FUNCTION forward_case(doorsturing_id uuid) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE acting text := current_setting('portal.actor', true);
                own uuid := nullif(current_setting('portal.organisatie', true), '')::uuid;
                given doorsturing;
        BEGIN
            IF acting IS DISTINCT FROM 'medewerker' THEN RAISE EXCEPTION 'only staff give a case away'; END IF;
            PERFORM set_config('portal.actor', 'systeem', true);
            SELECT * INTO given FROM doorsturing
            WHERE id = doorsturing_id AND van_organisatie_id = own AND volgnummer = 0;
            UPDATE pauzeverzoek SET gemeente_code = given.naar_code, organisatie_id = given.naar_organisatie_id
            WHERE id = given.verzoek_id AND organisatie_id = own AND status = 'ingediend';
            IF NOT FOUND THEN RAISE EXCEPTION 'not a case of the own organisatie'; END IF;
            UPDATE inkomend SET organisatie_id = given.naar_organisatie_id WHERE verzoek_id = given.verzoek_id;
            UPDATE doorsturing SET volgnummer = (SELECT a.volgnummer FROM audit_last(given.verzoek_id) a)
            WHERE id = given.id;
            PERFORM set_config('portal.actor', acting, true);
        END $$
    """)


def _create_table() -> None:
    op.create_table(
        "doorsturing",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(length=14), nullable=False),
        sa.Column("van_code", sa.String(length=6), nullable=False),
        sa.Column("naar_code", sa.String(length=6), nullable=False),
        sa.Column("van_organisatie_id", sa.Uuid(), nullable=False),
        sa.Column("naar_organisatie_id", sa.Uuid(), nullable=False),
        sa.Column("forwarded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("forwarded_by", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.BigInteger(), nullable=False),
        sa.Column("toelichting_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_doorsturing_verzoek_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["van_code"], ["gemeente.code"], name=op.f("fk_doorsturing_van_code")),
        sa.ForeignKeyConstraint(["naar_code"], ["gemeente.code"], name=op.f("fk_doorsturing_naar_code")),
        sa.ForeignKeyConstraint(
            ["van_organisatie_id"], ["organisatie.id"], name=op.f("fk_doorsturing_van_organisatie_id")
        ),
        sa.ForeignKeyConstraint(
            ["naar_organisatie_id"], ["organisatie.id"], name=op.f("fk_doorsturing_naar_organisatie_id")
        ),
        sa.ForeignKeyConstraint(["forwarded_by"], ["medewerker.id"], name=op.f("fk_doorsturing_forwarded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doorsturing")),
    )
    op.create_index("ix_doorsturing_verzoek_id", "doorsturing", ["verzoek_id"])
    op.create_index("ix_doorsturing_van", "doorsturing", ["van_organisatie_id", "forwarded_at", "id"])


def _protect() -> None:
    """Seen by who has the case and by who gave it away; written by the giver, while it has the case."""
    op.execute("ALTER TABLE doorsturing ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE doorsturing FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON doorsturing TO portal_app")
    written = f"{SYSTEEM} OR ({GIVEN_AWAY} AND {OF_VISIBLE_VERZOEK})"
    _policy("doorsturing", "seen", f"FOR SELECT TO portal_app USING ({OF_VISIBLE_VERZOEK} OR ({GIVEN_AWAY}))")
    _policy("doorsturing", "added", f"FOR INSERT TO portal_app WITH CHECK ({written})")
    _policy("doorsturing", "changed", f"FOR UPDATE TO portal_app USING ({written}) WITH CHECK ({written})")
    _policy("doorsturing", "removed", f"FOR DELETE TO portal_app USING ({SYSTEEM})")
    _policy("audit", "kept", f"FOR SELECT TO portal_app USING ({KEPT_TRAIL})")


def _policy(table: str, name: str, rule: str) -> None:
    op.execute(f"CREATE POLICY {table}_{name} ON {table} {rule}")


def _allow(*soorten: str) -> None:
    listed = ", ".join(f"'{soort}'" for soort in soorten)
    op.execute("ALTER TABLE bericht DROP CONSTRAINT ck_bericht_berichtsoort")
    op.execute(f"ALTER TABLE bericht ADD CONSTRAINT ck_bericht_berichtsoort CHECK (soort IN ({listed}))")


def downgrade() -> None:
    """Who had a case before is lost, and the message about it; that it was given away stays in the trail."""
    op.execute("DROP FUNCTION forward_case(uuid)")
    op.execute("DROP POLICY audit_kept ON audit")
    op.drop_table("doorsturing")
    op.execute("DELETE FROM bericht WHERE soort = 'doorgestuurd'")
    _allow(*SOORTEN)
