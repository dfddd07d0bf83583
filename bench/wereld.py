"""A database as large as wanted, for the benches: one organisatie holds all of it, so that no page can hide behind a
small share of the country.

Filler rows are loaded past the acts; what opens on a page (initials, a case that is looked at) is real.
"""

import base64
import json
import os
import random
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import select

from config.settings import Settings
from portal import clock
from portal.actions import hulpvrager, organisatie, review
from portal.actions.inloggen import hash_password
from portal.actions.work import unit_of_work
from portal.db.embedded import EmbeddedPostgres
from portal.db.engine import Database
from portal.db.migrate import migrate
from portal.domain import termijn
from portal.domain.kenmerk import new_kenmerk
from portal.domain.roles import Actor, Role
from portal.domain.status import Status
from portal.models import Categorie, Medewerker, PartijRol, Pauzeverzoek, Schuldeiser, Schuldsoort
from portal.models.sealed import keyring
from portal.models.zoekindex import search_index
from portal.queries import dossier, voorbeeld

GEMEENTEN = ("GM0344", "GM0307", "GM0402")
STAFF = 40
PARTIES = 60
SHARES = {
    Status.INGEDIEND: 0.007,
    Status.IN_BEHANDELING: 0.01,
    Status.AANVULLING_GEVRAAGD: 0.003,
    Status.GOEDGEKEURD: 0.16,
    Status.NIET_GOEDGEKEURD: 0.10,
    Status.INGETROKKEN: 0.12,
    Status.BEEINDIGD: 0.20,
    Status.AFGELOPEN: 0.40,
}
"""Statuses in a database of a few years, at 120,000 requests a year and 80,000 running pauses. Assumption."""

OPEN = (Status.INGEDIEND, Status.IN_BEHANDELING, Status.AANVULLING_GEVRAAGD)
PAUSED = (Status.GOEDGEKEURD, Status.BEEINDIGD, Status.AFGELOPEN)
NAMES = ("Jansen", "de Vries", "Özdemir", "van der Meer", "Bakker", "El Amrani", "Kowalska", "Visser", "Smit", "Yilmaz")


@contextmanager
def server() -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL of its own in a temporary folder, migrated."""
    with tempfile.TemporaryDirectory() as folder:
        started = EmbeddedPostgres(Path(folder) / "data")
        started.start()
        try:
            migrate(started.owner_url, started.app_url)
            yield started
        finally:
            started.stop()


def environ(app_url: str, **changes: str) -> dict[str, str]:
    """An environment as in production, with keys of this run."""
    key = base64.b64encode(os.urandom(32)).decode()
    whole = {
        "PORTAL_ENV": "production",
        "SECRET_KEY": base64.b64encode(os.urandom(32)).decode(),
        "ENCRYPTION_KEYS": f"1:{key}",
        "INDEX_KEY": key,
        "DATABASE_URL": app_url,
        "BASE_URL": "https://pauzeknop.example",
        "MAIL_SERVER": "localhost",
        "MAIL_FROM": "portaal@pauzeknop.example",
        "MAIL_ENVELOPE_DOMAIN": "bounce.pauzeknop.example",
        "TRUSTED_PROXIES": "0",
    }
    return whole | changes


def settings(app_url: str, **changes: str) -> Settings:
    """The same as settings."""
    return Settings.from_environ(environ(app_url, **changes))


@dataclass(frozen=True)
class Wereld:
    """One organisatie with its staff, and the parties of the directory that can be mailed."""

    database: Database
    owner_url: str
    organisatie_id: UUID
    staff: list[Actor]
    parties: list[UUID]
    kenmerken: set[str] = field(default_factory=set)

    @classmethod
    def begin(cls, database: Database, owner_url: str) -> "Wereld":
        with database.session(Actor.systeem()) as session:
            facts = {
                "telefoon": "030 1234567",
                "email": "team@stadsbank.example",
                "postadres": "Postbus 1\n3500 AA Utrecht",
            }
            id = organisatie.add_organisatie(session, naam="Stadsbank Bench", **facts)
            for code in GEMEENTEN:
                organisatie.start_deelname(
                    session, organisatie="Stadsbank Bench", gemeente=code, vanaf=date(2020, 1, 1)
                )
        return cls(database, owner_url, id, _staff(database, id), _parties(database))

    # --- real cases -------------------------------------------------------------------------------

    def ready(self, creditors: int) -> UUID:
        """A case with this many schulden, taken and tied to as many parties: one click from approval."""
        with self.database.session(Actor.bezoeker()) as session:
            id = hulpvrager.start_pauzeverzoek(session)
            person = Actor.hulpvrager(id)
            hulpvrager.save_answers(session, person, _answers(random.choice(NAMES)))
            for number in range(creditors):
                hulpvrager.add_schuld(session, person, id, {"afzender": f"Schuldeiser {number}"})
            hulpvrager.submit(session, person)
        actor = self.staff[0]
        with self.database.session(actor) as session:
            review.assign_to_self(session, actor, id, _version(session, id))
            schulden = [schuld.id for schuld in dossier.load(session, id).schulden]
            matches = {
                schuld: {party: f"KL-{schuld.hex[:6]}"} for schuld, party in zip(schulden, self.parties, strict=False)
            }
            review.match_schulden(session, actor, id, matches)
        return id

    def approve(self, id: UUID) -> None:
        actor = self.staff[0]
        with self.database.session(actor) as session:
            case = dossier.load(session, id)
            naam = session.get_one(Medewerker, actor.id).naam
            gezien = voorbeeld.fingerprint(case, naam, clock.today())
            besluit = review.Besluit(versie=case.versie, gezien=gezien, start_on=clock.today(), maanden={})
            review.approve_pauzeverzoek(session, actor, id, besluit)

    # --- filler -----------------------------------------------------------------------------------

    def fill(self, count: int, shares: Mapping[Status, float] = SHARES) -> None:
        """Load this many requests, in these shares, with their schulden, messages, received mail and trail, and let
        PostgreSQL count.
        """
        with psycopg.connect(self.owner_url.replace("+psycopg", "", 1), autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            with connection.cursor().copy(f"COPY pauzeverzoek ({', '.join(COLUMNS)}) FROM STDIN") as copy:
                for row in self._rows(count, shares):
                    copy.write_row(row)
            connection.execute("CREATE TEMP TABLE nieuw AS SELECT * FROM pauzeverzoek WHERE bron = 'nieuw'")
            connection.execute("UPDATE pauzeverzoek SET bron = NULL WHERE bron = 'nieuw'")
            connection.execute("ANALYZE nieuw")
            for statement in FILLER:
                connection.execute(statement, {"parties": self.parties})
            connection.execute("DROP TABLE nieuw")
            connection.execute("VACUUM ANALYZE")

    def _rows(self, count: int, shares: Mapping[Status, float]) -> Iterator[tuple[Any, ...]]:
        today = clock.today()
        chosen = random.choices(list(shares), list(shares.values()), k=count)
        for status in chosen:
            while (kenmerk := new_kenmerk()) in self.kenmerken:
                pass
            self.kenmerken.add(kenmerk)
            yield self._row(status, kenmerk, today - timedelta(days=_age(status)), today)

    def _row(self, status: Status, kenmerk: str, filed: date, today: date) -> tuple[Any, ...]:
        id, name, urgent = uuid4(), random.choice(NAMES), random.random() < 0.05
        sealed = keyring().seal(json.dumps(_answers(name)).encode(), f"pauzeverzoek:antwoorden:{id}")
        at = clock.day_end(filed) - timedelta(hours=10)
        begin = filed + timedelta(days=9) if status in PAUSED else None
        talk = None if status in OPEN or random.random() < 0.02 else filed + timedelta(days=8)
        decree = talk + timedelta(days=30) if talk and talk + timedelta(days=30) < today else None
        behandelaar = None if status is Status.INGEDIEND else random.choice(self.staff).id
        return (
            id, kenmerk, status, 5, at, at, sealed, "nieuw", search_index("naam", name.split()[-1]),
            os.urandom(32), random.choices(GEMEENTEN, (90, 9, 1))[0], self.organisatie_id, behandelaar, filed, at,
            urgent, termijn.eerste_gesprek_voor(filed, dreigend=urgent), begin, begin and begin + timedelta(days=120),
            talk, talk and termijn.beschikking_voor(talk), decree, decree and True, False,
        )  # fmt: skip


COLUMNS = (
    "id", "kenmerk", "status", "versie", "created_at", "changed_at", "antwoorden_sealed", "bron", "naam_index",
    "geboorte_index", "gemeente_code", "organisatie_id", "behandelaar_id", "meldingsdatum", "submitted_at", "dreigend",
    "eerste_gesprek_voor", "start_on", "eind_on", "eerste_gesprek_on", "beschikking_voor", "beschikking_on",
    "toegelaten", "onvolledig",
)  # fmt: skip

SEALED = "decode(repeat('00', 300), 'hex')"
FILLER = (
    f"""
    INSERT INTO schuld (id, verzoek_id, volgnummer, gegevens_sealed)
    SELECT gen_random_uuid(), id, n, {SEALED} FROM nieuw, generate_series(1, 3) n""",
    f"""
    INSERT INTO bericht (id, verzoek_id, soort, kanaal, status, onderwerp_sealed, tekst_sealed, html_sealed, sha256,
        sjabloon, message_id, envelope_token, afzender_naam, antwoord_aan, issued_at, met_bewijs)
    SELECT gen_random_uuid(), id, 'ontvangen', 'email',
        CASE WHEN status = 'goedgekeurd' AND random() < 0.005 THEN 'niet_bezorgd' ELSE 'aangeboden' END,
        {SEALED}, {SEALED}, {SEALED}, 'x', 'v1', gen_random_uuid(), gen_random_uuid(), '', '', submitted_at, false
    FROM nieuw""",
    f"""
    INSERT INTO kennisgeving (id, verzoek_id, organisatie_id, schuldeiser_id, soort, nummer, kanaal, antwoord, moment,
        grondslag, start_on, eind_on, feiten_sealed, antwoord_unread, status, onderwerp_sealed, tekst_sealed,
        html_sealed, sha256, sjabloon, message_id, envelope_token, afzender_naam, antwoord_aan, issued_at, gebundeld)
    SELECT gen_random_uuid(), id, organisatie_id, (%(parties)s::uuid[])[n], 'kennisgeving', 1,
        CASE WHEN k < 0.1 THEN 'brief' ELSE 'email' END, 'geen_reactie', 'bij_aanmelding', 'verzoek', start_on, eind_on,
        {SEALED}, status = 'goedgekeurd' AND random() < 0.005,
        CASE WHEN status <> 'goedgekeurd' THEN 'aangeboden' WHEN k < 0.005 THEN 'klaar'
            WHEN k > 0.998 THEN 'niet_bezorgd' ELSE 'aangeboden' END,
        {SEALED}, {SEALED}, {SEALED}, 'x', 'v1', gen_random_uuid(), gen_random_uuid(), '', '', submitted_at, false
    FROM (SELECT *, random() k FROM nieuw, generate_series(1, 3) n WHERE start_on IS NOT NULL) v""",
    f"""
    INSERT INTO inkomend (id, sha256, received_at, soort, code, band, gevolg, afgekapt, verzoek_id, organisatie_id,
        handled_at, ruw_sealed, envelop_sealed, afzender_sealed, onderwerp_sealed, tekst_sealed, diagnose_sealed,
        bijlagen_sealed)
    SELECT gen_random_uuid(), gen_random_uuid(), submitted_at, 'antwoord', '', 'kenmerk', 'lezen', false, id,
        organisatie_id, CASE WHEN status <> 'goedgekeurd' OR random() < 0.9 THEN submitted_at END,
        {SEALED}, {SEALED}, {SEALED}, {SEALED},
        {SEALED}, {SEALED}, {SEALED}
    FROM nieuw WHERE random() < 0.05""",
    f"""
    INSERT INTO melding (id, verzoek_id, soort, made_at, gegevens_sealed, handled_at)
    SELECT gen_random_uuid(), id, CASE WHEN random() < 0.5 THEN 'post' ELSE 'schuld' END, submitted_at, {SEALED},
        CASE WHEN status <> 'goedgekeurd' OR random() < 0.9 THEN submitted_at END
    FROM nieuw WHERE random() < 0.05""",
    """
    INSERT INTO audit (keten, volgnummer, at, gebeurtenis, actor_kind, feiten, vorige_hash, hash)
    SELECT id, n, submitted_at, 'AntwoordSaved', 'hulpvrager', '{"stap": "naam"}', repeat('0', 64), repeat('0', 64)
    FROM nieuw, generate_series(1, 5) n""",
)


def _age(status: Status) -> int:
    """Days since filing: what is open is fresh, what is over may be old."""
    if status in OPEN:
        return random.randint(0, 30)
    return random.randint(10, 110) if status is Status.GOEDGEKEURD else random.randint(30, 1500)


def _staff(database: Database, organisatie_id: UUID) -> list[Actor]:
    password = hash_password("een wachtwoord dat niemand gebruikt")
    rows = [
        Medewerker(
            organisatie_id=organisatie_id, naam=f"Medewerker {number}", email=f"m{number}@stadsbank.example",
            wachtwoord_hash=password, rollen=[Role.TEAMLEIDER if number == 0 else Role.HULPVERLENER],
            enrolled_at=clock.now(), created_at=clock.now(),
        )
        for number in range(STAFF)
    ]  # fmt: skip
    _add(database, rows)
    return [row.as_actor() for row in rows]


def _parties(database: Database) -> list[UUID]:
    rows = [
        Schuldeiser(
            naam=f"Partij {number}", rol=PartijRol.SCHULDEISER, categorie=Categorie.OVERIG,
            schuldsoort=Schuldsoort.OVERIG, postadres="Postbus 9\n1000 AA Amsterdam",
        )
        for number in range(PARTIES)
    ]  # fmt: skip
    for row in rows:
        row.verify_email(f"pauze-{row.id.hex[:8]}@schuldeiser.example", by="Bench", on=clock.today())
    _add(database, rows)
    return [row.id for row in rows]


def _add(database: Database, rows: list[Any]) -> None:
    with database.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        for row in rows:
            work.add(row)


def _version(session: Any, id: UUID) -> int:
    versie: int = session.scalars(select(Pauzeverzoek.versie).where(Pauzeverzoek.id == id)).one()
    return versie


def _answers(name: str) -> dict[str, dict[str, Any]]:
    before, _, last = name.rpartition(" ")
    return {
        "dreiging": {"ontruiming": "nee", "afsluiting": "nee", "zorgverzekering": "weet_niet"},
        "gemeente": {"code": GEMEENTEN[0]},
        "naam": {"voorletters": "F.", "voorvoegsel": before, "achternaam": last},
        "geboortedatum": {"geboren_on": f"19{random.randint(50, 99)}-05-14"},
        "adres": {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "", "geheim": False},
        "contact": {"telefoon": "06 12345678", "email": "", "meelezen": False, "moment": "avond"},
        "hulp": {"soort": "niemand"},
        "bedrijf": {"eigen_bedrijf": "nee"},
        "schulden": {"klaar": True},
        "toestemming": {"keuze": "ja"},
    }  # fmt: skip
