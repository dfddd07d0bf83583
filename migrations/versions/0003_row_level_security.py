"""Tenancy in the database: who sees which row, whatever the query says.

The policies read the settings that every transaction declares (`portal.db.engine`): `portal.actor` (systeem,
medewerker, hulpvrager, bezoeker), `portal.actor_id`, `portal.organisatie`. Without them nothing is seen. Tables that
hang on a pauzeverzoek ask whether that one is visible, so the rule stands in one place.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
HULPVRAGER = "current_setting('portal.actor', true) = 'hulpvrager'"
SOMEBODY = "coalesce(current_setting('portal.actor', true), '') <> ''"
ACTOR_ID = "nullif(current_setting('portal.actor_id', true), '')::uuid"
ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '')::uuid"
OF_VISIBLE_VERZOEK = "EXISTS (SELECT 1 FROM pauzeverzoek v WHERE v.id = verzoek_id)"

SEEN_AND_WRITTEN = {
    "pauzeverzoek": f"""{SYSTEEM}
        OR ({MEDEWERKER} AND organisatie_id = {ORGANISATIE} AND status <> 'concept')
        OR ({HULPVRAGER} AND id = {ACTOR_ID})""",
    "schuld": OF_VISIBLE_VERZOEK,
    "schuldpartij": "EXISTS (SELECT 1 FROM schuld s WHERE s.id = schuld_id)",
    "toestemming": OF_VISIBLE_VERZOEK,
    "aanvulling": OF_VISIBLE_VERZOEK,
    "bericht": OF_VISIBLE_VERZOEK,
    "toegangslink": f"{SYSTEEM} OR ({HULPVRAGER} AND verzoek_id = {ACTOR_ID})",
    "kennisgeving": f"""{SYSTEEM}
        OR ({MEDEWERKER} AND organisatie_id = {ORGANISATIE})
        OR ({HULPVRAGER} AND verzoek_id = {ACTOR_ID})""",
    "poging": """EXISTS (SELECT 1 FROM kennisgeving k WHERE k.id = kennisgeving_id)
        OR EXISTS (SELECT 1 FROM bericht b WHERE b.id = bericht_id)""",
    "medewerker": f"{SYSTEEM} OR ({MEDEWERKER} AND (organisatie_id = {ORGANISATIE} OR id = {ACTOR_ID}))",
    "sessie": f"""{SYSTEEM}
        OR ({MEDEWERKER} AND EXISTS (SELECT 1 FROM medewerker m WHERE m.id = medewerker_id))
        OR ({HULPVRAGER} AND verzoek_id = {ACTOR_ID})""",
    "teller": SYSTEEM,
}
"""Table → who sees a row, and may write it."""

CHAIN = f"""({SYSTEEM}
        OR ({MEDEWERKER} AND keten = coalesce({ORGANISATIE}, '00000000-0000-0000-0000-000000000000'))
        OR ({HULPVRAGER} AND keten = {ACTOR_ID})
        OR ({MEDEWERKER} AND EXISTS (SELECT 1 FROM pauzeverzoek v WHERE v.id = keten)))"""

IN_OWN_NAME = f"actor_kind = current_setting('portal.actor', true) AND actor_id IS NOT DISTINCT FROM {ACTOR_ID}"

SEEN_BY_MORE = {
    "audit": (CHAIN, f"{CHAIN} AND {IN_OWN_NAME}"),
    "gemeente": (SOMEBODY, SYSTEEM),
    "organisatie": (SOMEBODY, SYSTEEM),
    "deelname": (SOMEBODY, SYSTEEM),
    "schuldeiser": (
        f"""{SYSTEEM}
        OR ({SOMEBODY} AND organisatie_id IS NULL)
        OR ({MEDEWERKER} AND organisatie_id = {ORGANISATIE})
        OR ({HULPVRAGER} AND EXISTS (SELECT 1 FROM kennisgeving k WHERE k.schuldeiser_id = schuldeiser.id))""",
        f"{SYSTEEM} OR ({MEDEWERKER} AND organisatie_id IS NOT DISTINCT FROM {ORGANISATIE})",
    ),
}
"""Table → who sees a row, who may write it."""

APPEND_ONLY = {"audit"}


def upgrade() -> None:
    for table, rule in SEEN_AND_WRITTEN.items():
        _protect(table)
        op.execute(f"CREATE POLICY {table}_rows ON {table} TO portal_app USING ({rule}) WITH CHECK ({rule})")
    for table, (seen, written) in SEEN_BY_MORE.items():
        _protect(table)
        op.execute(f"CREATE POLICY {table}_seen ON {table} FOR SELECT TO portal_app USING ({seen})")
        op.execute(f"CREATE POLICY {table}_added ON {table} FOR INSERT TO portal_app WITH CHECK ({written})")
        op.execute(
            f"CREATE POLICY {table}_changed ON {table} FOR UPDATE TO portal_app "
            f"USING ({written}) WITH CHECK ({written})"
        )
        op.execute(f"CREATE POLICY {table}_removed ON {table} FOR DELETE TO portal_app USING ({written})")
    op.execute("GRANT SELECT ON alembic_version TO portal_app")
    op.execute("""
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
    """)
    op.execute("""
        CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """)


def _protect(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    verbs = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
    op.execute(f"GRANT {verbs} ON {table} TO portal_app")


def downgrade() -> None:
    op.execute("DROP TRIGGER audit_append_only ON audit")
    op.execute("DROP FUNCTION refuse_change()")
    op.execute("REVOKE SELECT ON alembic_version FROM portal_app")
    for table in SEEN_BY_MORE:
        for policy in ("seen", "added", "changed", "removed"):
            op.execute(f"DROP POLICY {table}_{policy} ON {table}")
    for table in SEEN_AND_WRITTEN:
        op.execute(f"DROP POLICY {table}_rows ON {table}")
    for table in (*SEEN_AND_WRITTEN, *SEEN_BY_MORE):
        op.execute(f"REVOKE ALL ON {table} FROM portal_app")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
