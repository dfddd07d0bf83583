"""The tables of the spine."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("keten", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gebeurtenis", sa.Text(), nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "systeem",
                "medewerker",
                "hulpvrager",
                "bezoeker",
                name="actorkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("feiten", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("vorige_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("keten", "volgnummer", name=op.f("uq_audit_keten_volgnummer")),
    )
    op.create_table(
        "gemeente",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("geldig_vanaf", sa.Date(), nullable=True),
        sa.Column("geldig_tot", sa.Date(), nullable=True),
        sa.Column("opvolger", sa.String(length=6), nullable=True),
        sa.ForeignKeyConstraint(["opvolger"], ["gemeente.code"], name=op.f("fk_gemeente_opvolger")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_gemeente")),
    )
    op.create_table(
        "organisatie",
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("telefoon", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("postadres", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisatie")),
        sa.UniqueConstraint("naam", name=op.f("uq_organisatie_naam")),
    )
    op.create_table(
        "teller",
        sa.Column("sleutel", sa.LargeBinary(), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("aantal", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sleutel", "window_start", name=op.f("pk_teller")),
    )
    op.create_index("ix_teller_window_start", "teller", ["window_start"], unique=False)
    op.create_table(
        "deelname",
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("geldig_vanaf", sa.Date(), nullable=False),
        sa.Column("geldig_tot", sa.Date(), nullable=True),
        sa.Column("organisatie_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("geldig_tot IS NULL OR geldig_tot > geldig_vanaf", name=op.f("ck_deelname_geldig")),
        sa.ForeignKeyConstraint(["gemeente_code"], ["gemeente.code"], name=op.f("fk_deelname_gemeente_code")),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_deelname_organisatie_id")),
        sa.PrimaryKeyConstraint("gemeente_code", "geldig_vanaf", name=op.f("pk_deelname")),
    )
    op.create_index(op.f("ix_deelname_organisatie_id"), "deelname", ["organisatie_id"], unique=False)
    op.create_table(
        "medewerker",
        sa.Column("organisatie_id", sa.Uuid(), nullable=True),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("wachtwoord_hash", sa.Text(), nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_teller", sa.BigInteger(), nullable=True),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rollen", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("actief", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_medewerker_organisatie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medewerker")),
        sa.UniqueConstraint("email", name=op.f("uq_medewerker_email")),
    )
    op.create_index(op.f("ix_medewerker_organisatie_id"), "medewerker", ["organisatie_id"], unique=False)
    op.create_table(
        "schuldeiser",
        sa.Column("organisatie_id", sa.Uuid(), nullable=True),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("handelsnamen", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "zoektekst",
            sa.Text(),
            sa.Computed("lower(naam || ' ' || immutable_array_text(handelsnamen))", persisted=True),
            nullable=False,
        ),
        sa.Column("kvk", sa.Text(), nullable=True),
        sa.Column(
            "rol",
            sa.Enum(
                "schuldeiser",
                "incassobureau",
                "gerechtsdeurwaarder",
                name="partijrol",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "categorie",
            sa.Enum(
                "zorgverzekeraar",
                "energie",
                "water",
                "verhuurder",
                "telecom",
                "overheid",
                "bank",
                "krediet",
                "verzekeraar",
                "webwinkel",
                "zorgverlener",
                "onderwijs",
                "vervoer",
                "incasso",
                "particulier",
                "overig",
                name="categorie",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "schuldsoort",
            sa.Enum(
                "Zorg",
                "Publiek",
                "Nuts",
                "Overig",
                name="schuldsoort",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("convenant", sa.Text(), nullable=True),
        sa.Column("convenant_vanaf", sa.Date(), nullable=True),
        sa.Column("convenant_tot", sa.Date(), nullable=True),
        sa.Column("default_maanden", sa.BigInteger(), nullable=False),
        sa.Column("max_maanden", sa.BigInteger(), nullable=False),
        sa.Column(
            "kanaal",
            sa.Enum("email", "brief", name="kanaal", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_verified_on", sa.Date(), nullable=True),
        sa.Column("email_verified_by", sa.Text(), nullable=True),
        sa.Column("postadres", sa.Text(), nullable=True),
        sa.Column("notitie", sa.Text(), nullable=True),
        sa.Column("actief", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(email_verified_on IS NULL) = (email_verified_by IS NULL)", name=op.f("ck_schuldeiser_verified")
        ),
        sa.CheckConstraint(
            "default_maanden BETWEEN 1 AND max_maanden AND max_maanden <= 8",
            name=op.f("ck_schuldeiser_maanden"),
        ),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_schuldeiser_organisatie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schuldeiser")),
    )
    op.create_index(op.f("ix_schuldeiser_organisatie_id"), "schuldeiser", ["organisatie_id"], unique=False)
    op.create_index(
        "ix_schuldeiser_zoektekst",
        "schuldeiser",
        ["zoektekst"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"zoektekst": "gin_trgm_ops"},
    )
    op.create_table(
        "pauzeverzoek",
        sa.Column("kenmerk", sa.String(length=14), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "concept",
                "ingediend",
                "in_behandeling",
                "aanvulling_gevraagd",
                "goedgekeurd",
                "niet_goedgekeurd",
                "ingetrokken",
                "beeindigd",
                "afgelopen",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("versie", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("antwoorden_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("bsn_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("bron", sa.Text(), nullable=True),
        sa.Column("naam_index", sa.LargeBinary(), nullable=True),
        sa.Column("geboorte_index", sa.LargeBinary(), nullable=True),
        sa.Column("email_index", sa.LargeBinary(), nullable=True),
        sa.Column("toegangscode_hash", sa.LargeBinary(), nullable=True),
        sa.Column("gemeente_code", sa.String(length=6), nullable=True),
        sa.Column("organisatie_id", sa.Uuid(), nullable=True),
        sa.Column("behandelaar_id", sa.Uuid(), nullable=True),
        sa.Column("meldingsdatum", sa.Date(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dreigend", sa.Boolean(), nullable=False),
        sa.Column("eerste_gesprek_voor", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("toelichting_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("eind_on", sa.Date(), nullable=True),
        sa.Column(
            "eindreden",
            sa.Enum(
                "Overleden",
                "Verhuisd",
                "Nietverschenen",
                "Ingetrokken",
                "Niet passend",
                "Overig",
                "Voldoet niet",
                "Afgerond",
                "Zelf",
                name="eindreden",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "status = 'concept' OR (meldingsdatum IS NOT NULL AND organisatie_id IS NOT NULL)",
            name=op.f("ck_pauzeverzoek_ingediend"),
        ),
        sa.CheckConstraint("eind_on IS NULL OR eind_on > start_on", name=op.f("ck_pauzeverzoek_duur")),
        sa.ForeignKeyConstraint(["behandelaar_id"], ["medewerker.id"], name=op.f("fk_pauzeverzoek_behandelaar_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["medewerker.id"], name=op.f("fk_pauzeverzoek_decided_by")),
        sa.ForeignKeyConstraint(["gemeente_code"], ["gemeente.code"], name=op.f("fk_pauzeverzoek_gemeente_code")),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_pauzeverzoek_organisatie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pauzeverzoek")),
        sa.UniqueConstraint("kenmerk", name=op.f("uq_pauzeverzoek_kenmerk")),
    )
    op.create_index(op.f("ix_pauzeverzoek_behandelaar_id"), "pauzeverzoek", ["behandelaar_id"], unique=False)
    op.create_index(
        "ix_pauzeverzoek_concept",
        "pauzeverzoek",
        ["changed_at"],
        unique=False,
        postgresql_where=sa.text("status = 'concept'"),
    )
    op.create_index(
        "ix_pauzeverzoek_eind_on",
        "pauzeverzoek",
        ["eind_on"],
        unique=False,
        postgresql_where=sa.text("status = 'goedgekeurd'"),
    )
    op.create_index("ix_pauzeverzoek_email_index", "pauzeverzoek", ["email_index"], unique=False)
    op.create_index("ix_pauzeverzoek_geboorte_index", "pauzeverzoek", ["geboorte_index"], unique=False)
    op.create_index("ix_pauzeverzoek_naam_index", "pauzeverzoek", ["naam_index"], unique=False)
    op.create_index(
        "ix_pauzeverzoek_werkvoorraad",
        "pauzeverzoek",
        ["organisatie_id", "status", sa.literal_column("dreigend DESC"), "eerste_gesprek_voor", "id"],
        unique=False,
        postgresql_where=sa.text("status <> 'concept'"),
    )
    op.create_table(
        "aanvulling",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("vraag_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("reactie_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["medewerker.id"], name=op.f("fk_aanvulling_asked_by")),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_aanvulling_verzoek_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aanvulling")),
    )
    op.create_index(op.f("ix_aanvulling_verzoek_id"), "aanvulling", ["verzoek_id"], unique=False)
    op.create_table(
        "bericht",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum(
                "toegangslink",
                "ontvangen",
                "aanvulling_gevraagd",
                "goedgekeurd",
                "niet_goedgekeurd",
                "ingetrokken",
                "beeindigd",
                "afgelopen",
                name="berichtsoort",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kanaal",
            sa.Enum("email", "portaal", name="berichtkanaal", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "klaar",
                "aangeboden",
                "niet_bezorgd",
                "vervallen",
                name="verzendstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
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
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_bericht_verzoek_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bericht")),
        sa.UniqueConstraint("envelope_token", name=op.f("uq_bericht_envelope_token")),
        sa.UniqueConstraint("message_id", name=op.f("uq_bericht_message_id")),
    )
    op.create_index(op.f("ix_bericht_verzoek_id"), "bericht", ["verzoek_id"], unique=False)
    op.create_table(
        "kennisgeving",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("organisatie_id", sa.Uuid(), nullable=False),
        sa.Column("schuldeiser_id", sa.Uuid(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum(
                "kennisgeving",
                "verlenging",
                "correctie",
                "beeindiging",
                "herinnering",
                name="soort",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("nummer", sa.BigInteger(), nullable=False),
        sa.Column(
            "kanaal",
            sa.Enum("email", "brief", name="kanaal", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "antwoord",
            sa.Enum(
                "geen_reactie",
                "bevestigd",
                "geen_medewerking",
                "overgedragen",
                name="antwoord",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "moment",
            sa.Enum(
                "bij_aanmelding",
                "na_toelating",
                name="moment",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "grondslag",
            sa.Enum("convenant", "verzoek", name="grondslag", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("eind_on", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("feiten_sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "klaar",
                "aangeboden",
                "niet_bezorgd",
                "vervallen",
                name="verzendstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
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
        sa.CheckConstraint("eind_on > start_on OR soort = 'beeindiging'", name=op.f("ck_kennisgeving_duur")),
        sa.ForeignKeyConstraint(["issued_by"], ["medewerker.id"], name=op.f("fk_kennisgeving_issued_by")),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_kennisgeving_organisatie_id")),
        sa.ForeignKeyConstraint(["schuldeiser_id"], ["schuldeiser.id"], name=op.f("fk_kennisgeving_schuldeiser_id")),
        sa.ForeignKeyConstraint(["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_kennisgeving_verzoek_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kennisgeving")),
        sa.UniqueConstraint("envelope_token", name=op.f("uq_kennisgeving_envelope_token")),
        sa.UniqueConstraint("message_id", name=op.f("uq_kennisgeving_message_id")),
        sa.UniqueConstraint(
            "verzoek_id",
            "schuldeiser_id",
            "soort",
            "nummer",
            name=op.f("uq_kennisgeving_verzoek_id_schuldeiser_id_soort_nummer"),
        ),
    )
    op.create_index("ix_kennisgeving_schuldeiser_id", "kennisgeving", ["schuldeiser_id"], unique=False)
    op.create_index(
        "ix_kennisgeving_werk",
        "kennisgeving",
        ["organisatie_id", "kanaal", "status"],
        unique=False,
        postgresql_where=sa.text("status <> 'aangeboden'"),
    )
    op.create_table(
        "schuld",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.BigInteger(), nullable=False),
        sa.Column("gegevens_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_schuld_verzoek_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schuld")),
        sa.UniqueConstraint("verzoek_id", "volgnummer", name=op.f("uq_schuld_verzoek_id_volgnummer")),
    )
    op.create_table(
        "sessie",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column(
            "soort",
            sa.Enum(
                "medewerker",
                "hulpvrager",
                name="sessiesoort",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("medewerker_id", sa.Uuid(), nullable=True),
        sa.Column("verzoek_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["medewerker_id"], ["medewerker.id"], name=op.f("fk_sessie_medewerker_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_sessie_verzoek_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessie")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessie_token_hash")),
    )
    op.create_index("ix_sessie_expires_at", "sessie", ["expires_at"], unique=False)
    op.create_index(op.f("ix_sessie_medewerker_id"), "sessie", ["medewerker_id"], unique=False)
    op.create_index(op.f("ix_sessie_verzoek_id"), "sessie", ["verzoek_id"], unique=False)
    op.create_table(
        "toegangslink",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_toegangslink_verzoek_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_toegangslink")),
    )
    op.create_index(op.f("ix_toegangslink_verzoek_id"), "toegangslink", ["verzoek_id"], unique=False)
    op.create_table(
        "toestemming",
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column("versie", sa.Text(), nullable=False),
        sa.Column("tekst_sha256", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f("fk_toestemming_verzoek_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_toestemming")),
    )
    op.create_index(op.f("ix_toestemming_verzoek_id"), "toestemming", ["verzoek_id"], unique=False)
    op.create_index(
        "uq_toestemming_in_force",
        "toestemming",
        ["verzoek_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "poging",
        sa.Column("kennisgeving_id", sa.Uuid(), nullable=True),
        sa.Column("bericht_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "resultaat",
            sa.Enum(
                "aangeboden",
                "tijdelijk",
                "geweigerd",
                name="pogingresultaat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.BigInteger(), nullable=True),
        sa.Column("antwoord", sa.Text(), nullable=False),
        sa.Column("tls", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("num_nonnulls(kennisgeving_id, bericht_id) = 1", name=op.f("ck_poging_een_bericht")),
        sa.ForeignKeyConstraint(["bericht_id"], ["bericht.id"], name=op.f("fk_poging_bericht_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["kennisgeving_id"],
            ["kennisgeving.id"],
            name=op.f("fk_poging_kennisgeving_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poging")),
    )
    op.create_index(
        "ix_poging_bericht_id",
        "poging",
        ["bericht_id"],
        unique=False,
        postgresql_where=sa.text("bericht_id IS NOT NULL"),
    )
    op.create_index(
        "ix_poging_kennisgeving_id",
        "poging",
        ["kennisgeving_id"],
        unique=False,
        postgresql_where=sa.text("kennisgeving_id IS NOT NULL"),
    )
    op.create_table(
        "schuldpartij",
        sa.Column("schuld_id", sa.Uuid(), nullable=False),
        sa.Column("schuldeiser_id", sa.Uuid(), nullable=False),
        sa.Column("referentie_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["schuld_id"], ["schuld.id"], name=op.f("fk_schuldpartij_schuld_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["schuldeiser_id"], ["schuldeiser.id"], name=op.f("fk_schuldpartij_schuldeiser_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schuldpartij")),
        sa.UniqueConstraint("schuld_id", "schuldeiser_id", name=op.f("uq_schuldpartij_schuld_id_schuldeiser_id")),
    )
    op.create_index(op.f("ix_schuldpartij_schuldeiser_id"), "schuldpartij", ["schuldeiser_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_schuldpartij_schuldeiser_id"), table_name="schuldpartij")
    op.drop_table("schuldpartij")
    op.drop_index(
        "ix_poging_kennisgeving_id",
        table_name="poging",
        postgresql_where=sa.text("kennisgeving_id IS NOT NULL"),
    )
    op.drop_index("ix_poging_bericht_id", table_name="poging", postgresql_where=sa.text("bericht_id IS NOT NULL"))
    op.drop_table("poging")
    op.drop_index("uq_toestemming_in_force", table_name="toestemming", postgresql_where=sa.text("revoked_at IS NULL"))
    op.drop_index(op.f("ix_toestemming_verzoek_id"), table_name="toestemming")
    op.drop_table("toestemming")
    op.drop_index(op.f("ix_toegangslink_verzoek_id"), table_name="toegangslink")
    op.drop_table("toegangslink")
    op.drop_index(op.f("ix_sessie_verzoek_id"), table_name="sessie")
    op.drop_index(op.f("ix_sessie_medewerker_id"), table_name="sessie")
    op.drop_index("ix_sessie_expires_at", table_name="sessie")
    op.drop_table("sessie")
    op.drop_table("schuld")
    op.drop_index("ix_kennisgeving_werk", table_name="kennisgeving", postgresql_where=sa.text("status <> 'aangeboden'"))
    op.drop_index("ix_kennisgeving_schuldeiser_id", table_name="kennisgeving")
    op.drop_table("kennisgeving")
    op.drop_index(op.f("ix_bericht_verzoek_id"), table_name="bericht")
    op.drop_table("bericht")
    op.drop_index(op.f("ix_aanvulling_verzoek_id"), table_name="aanvulling")
    op.drop_table("aanvulling")
    op.drop_index(
        "ix_pauzeverzoek_werkvoorraad",
        table_name="pauzeverzoek",
        postgresql_where=sa.text("status <> 'concept'"),
    )
    op.drop_index("ix_pauzeverzoek_naam_index", table_name="pauzeverzoek")
    op.drop_index("ix_pauzeverzoek_geboorte_index", table_name="pauzeverzoek")
    op.drop_index("ix_pauzeverzoek_email_index", table_name="pauzeverzoek")
    op.drop_index(
        "ix_pauzeverzoek_eind_on",
        table_name="pauzeverzoek",
        postgresql_where=sa.text("status = 'goedgekeurd'"),
    )
    op.drop_index("ix_pauzeverzoek_concept", table_name="pauzeverzoek", postgresql_where=sa.text("status = 'concept'"))
    op.drop_index(op.f("ix_pauzeverzoek_behandelaar_id"), table_name="pauzeverzoek")
    op.drop_table("pauzeverzoek")
    op.drop_index(
        "ix_schuldeiser_zoektekst",
        table_name="schuldeiser",
        postgresql_using="gin",
        postgresql_ops={"zoektekst": "gin_trgm_ops"},
    )
    op.drop_index(op.f("ix_schuldeiser_organisatie_id"), table_name="schuldeiser")
    op.drop_table("schuldeiser")
    op.drop_index(op.f("ix_medewerker_organisatie_id"), table_name="medewerker")
    op.drop_table("medewerker")
    op.drop_index(op.f("ix_deelname_organisatie_id"), table_name="deelname")
    op.drop_table("deelname")
    op.drop_index("ix_teller_window_start", table_name="teller")
    op.drop_table("teller")
    op.drop_table("organisatie")
    op.drop_table("gemeente")
    op.drop_table("audit")
