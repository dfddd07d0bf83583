"""The two-key rule: questions for a second member of staff, also what schuldeisers ask about their addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
SCHULDEISER = "current_setting('portal.actor', true) = 'schuldeiser'"
ACTOR_ID = "nullif(current_setting('portal.actor_id', true), '')::uuid"
ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '')::uuid"

THEIRS = f"""{SYSTEEM}
        OR ({SCHULDEISER} AND schuldeiser_id = {ACTOR_ID} AND asked_by IS NULL)
        OR ({MEDEWERKER} AND organisatie_id IS NOT DISTINCT FROM {ORGANISATIE})"""
LANDELIJKE_COLLEGAS = f"{MEDEWERKER} AND organisatie_id IS NULL AND {ORGANISATIE} IS NULL"

SOORTEN = ("geheim_adres", "contactgegevens", "ongecontroleerd_adres", "veel_beeindigen", "veel_opnieuw")
EXPIRY = "14 days"
"""For what was open before there was an expiry."""


def upgrade() -> None:
    _make_table()
    op.execute("ALTER TABLE akkoordvraag ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE akkoordvraag FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON akkoordvraag TO portal_app")
    op.execute(f"CREATE POLICY akkoordvraag_rows ON akkoordvraag TO portal_app USING ({THEIRS}) WITH CHECK ({THEIRS})")
    op.execute(
        f"CREATE POLICY medewerker_landelijk ON medewerker FOR SELECT TO portal_app USING ({LANDELIJKE_COLLEGAS})"
    )
    op.add_column("organisatie", sa.Column("twee_sleutels", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.alter_column("organisatie", "twee_sleutels", server_default=None)
    op.execute(f"""
        INSERT INTO akkoordvraag (id, soort, status, organisatie_id, onderwerp_id, schuldeiser_id, email, postadres,
                                  sleutel, asked_at, expires_at, decided_by, decided_at, alleen)
        SELECT c.id, 'contactgegevens',
               CASE c.status WHEN 'overgenomen' THEN 'akkoord' WHEN 'niet_overgenomen' THEN 'niet_akkoord'
                             ELSE c.status END,
               s.organisatie_id, c.schuldeiser_id, c.schuldeiser_id, c.email, c.postadres,
               c.sleutel, c.requested_at, c.requested_at + interval '{EXPIRY}', c.decided_by, c.decided_at, false
        FROM contactvoorstel c JOIN schuldeiser s ON s.id = c.schuldeiser_id
    """)
    op.drop_table("contactvoorstel")


def _make_table() -> None:
    soort = sa.Enum(*SOORTEN, name="akkoordsoort", native_enum=False, create_constraint=True, length=40)
    status = sa.Enum(
        "open", "akkoord", "niet_akkoord", "vervangen", "verlopen",
        name="akkoordstatus", native_enum=False, create_constraint=True, length=40,
    )  # fmt: skip
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "akkoordvraag",
        sa.Column("soort", soort, nullable=False),
        sa.Column("status", status, nullable=False),
        sa.Column("organisatie_id", sa.Uuid(), nullable=True),
        sa.Column("onderwerp_id", sa.Uuid(), nullable=False),
        sa.Column("schuldeiser_id", sa.Uuid(), nullable=True),
        sa.Column("verzoek_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("postadres", sa.Text(), nullable=True),
        sa.Column("inhoud_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reden_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sleutel", sa.Text(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", instant, nullable=False),
        sa.Column("expires_at", instant, nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", instant, nullable=True),
        sa.Column("antwoord_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("alleen", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(status IN ('akkoord', 'niet_akkoord')) = (decided_by IS NOT NULL)",
            name=op.f("ck_akkoordvraag_besloten"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR asked_by IS NULL OR asked_by <> decided_by OR alleen",
            name=op.f("ck_akkoordvraag_twee"),
        ),
        sa.CheckConstraint("NOT (alleen AND soort IN ('contactgegevens'))", name=op.f("ck_akkoordvraag_altijd_twee")),
        sa.CheckConstraint("asked_by IS NOT NULL OR soort = 'contactgegevens'", name=op.f("ck_akkoordvraag_gevraagd")),
        sa.CheckConstraint(
            "soort <> 'contactgegevens' OR (schuldeiser_id IS NOT NULL AND num_nonnulls(email, postadres) > 0)",
            name=op.f("ck_akkoordvraag_adressen"),
        ),
        sa.UniqueConstraint("schuldeiser_id", "sleutel", name=op.f("uq_akkoordvraag_schuldeiser_id_sleutel")),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_akkoordvraag_{name}"), ondelete=ondelete)
            for name, table, ondelete in (
                ("organisatie_id", "organisatie", None),
                ("schuldeiser_id", "schuldeiser", "CASCADE"),
                ("verzoek_id", "pauzeverzoek", "CASCADE"),
                ("asked_by", "medewerker", None),
                ("decided_by", "medewerker", None),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_akkoordvraag")),
    )
    for name in ("schuldeiser_id", "verzoek_id"):
        op.create_index(f"ix_akkoordvraag_{name}", "akkoordvraag", [name])
    still_open, by_staff = sa.text("status = 'open'"), "status = 'open' AND asked_by IS NOT NULL"
    op.create_index(
        "ix_akkoordvraag_open", "akkoordvraag", ["organisatie_id", "expires_at"], postgresql_where=still_open
    )
    op.create_index(
        "uq_akkoordvraag_open", "akkoordvraag", ["soort", "onderwerp_id"], unique=True,
        postgresql_where=sa.text(by_staff),
    )  # fmt: skip
    op.create_index(
        "uq_akkoordvraag_open_koppeling", "akkoordvraag", ["onderwerp_id"], unique=True,
        postgresql_where=sa.text("status = 'open' AND asked_by IS NULL"),
    )  # fmt: skip


def downgrade() -> None:
    """What schuldeisers asked moves back. What staff asked each other is lost; that it was asked stays in the trail."""
    _make_old_table()
    op.execute("""
        INSERT INTO contactvoorstel (id, schuldeiser_id, email, postadres, status, sleutel, requested_at, decided_at,
                                     decided_by)
        SELECT id, schuldeiser_id, email, postadres,
               CASE status WHEN 'akkoord' THEN 'overgenomen' WHEN 'niet_akkoord' THEN 'niet_overgenomen'
                           WHEN 'verlopen' THEN 'vervangen' ELSE status END,
               sleutel, asked_at, decided_at, decided_by
        FROM akkoordvraag WHERE soort = 'contactgegevens' AND asked_by IS NULL
    """)
    op.drop_column("organisatie", "twee_sleutels")
    op.execute("DROP POLICY medewerker_landelijk ON medewerker")
    op.drop_table("akkoordvraag")


def _make_old_table() -> None:
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
        sa.Column("sleutel", sa.Text(), nullable=True),
        sa.CheckConstraint("num_nonnulls(email, postadres) > 0", name=op.f("ck_contactvoorstel_iets")),
        sa.CheckConstraint(
            "(status IN ('open', 'vervangen')) = (decided_by IS NULL)", name=op.f("ck_contactvoorstel_besloten")
        ),
        sa.ForeignKeyConstraint(
            ["schuldeiser_id"], ["schuldeiser.id"], name=op.f("fk_contactvoorstel_schuldeiser_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["medewerker.id"], name=op.f("fk_contactvoorstel_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contactvoorstel")),
        sa.UniqueConstraint("schuldeiser_id", "sleutel", name=op.f("uq_contactvoorstel_schuldeiser_id_sleutel")),
    )
    op.create_index("ix_contactvoorstel_schuldeiser_id", "contactvoorstel", ["schuldeiser_id"])
    op.create_index(
        "uq_contactvoorstel_open", "contactvoorstel", ["schuldeiser_id"], unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )  # fmt: skip
    theirs = f"""{SYSTEEM} OR ({SCHULDEISER} AND schuldeiser_id = {ACTOR_ID})
        OR ({MEDEWERKER} AND EXISTS (SELECT 1 FROM schuldeiser s WHERE s.id = schuldeiser_id
            AND s.organisatie_id IS NOT DISTINCT FROM {ORGANISATIE}))"""
    op.execute("ALTER TABLE contactvoorstel ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE contactvoorstel FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON contactvoorstel TO portal_app")
    op.execute(
        f"CREATE POLICY contactvoorstel_rows ON contactvoorstel TO portal_app USING ({theirs}) WITH CHECK ({theirs})"
    )
