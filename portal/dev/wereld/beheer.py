"""What beheerders left behind in the demonstration world: text blocks, a koppeling, a question for a second key."""

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from sqlalchemy import select

from portal.actions import akkoord, akkoord_soorten, api_toegang
from portal.actions.work import Work
from portal.db.engine import Database, ScopedSession
from portal.dev.wereld.dossierwerk import ANSWERED_WITHIN
from portal.domain.errors import BestaatAl
from portal.domain.roles import Actor
from portal.models import Bloksoort, Medewerker, Organisatie, Schuldeiser, Tekstblok

BLOKKEN = (
    (
        Bloksoort.VRAAG,
        "Brief van een deurwaarder",
        "Van welke deurwaarder is de brief? Wilt u de naam en het nummer van de brief aan ons doorgeven?",
    ),
    (
        Bloksoort.NIET_GOEDKEUREN,
        "Alleen een hypotheek",
        "U hebt alleen een hypotheek bij de bank. Een pauze helpt daar niet bij. Wij kijken samen wat wel helpt.",
    ),
)

MET_KOPPELING, MET_NIEUW_ADRES = "Rabobank", "Evides"
ASKS = "hanna@landelijk.example"


def add_tekstblokken(work: Work, organisaties: Mapping[str, Organisatie]) -> None:
    """The same few for every organisatie."""
    for organisatie in organisaties.values():
        for soort, titel, tekst in BLOKKEN:
            blok = Tekstblok(organisatie_id=organisatie.id, soort=soort)
            happened = blok.write(titel, tekst, work.now)
            work.add(blok)
            work.record(happened)


def add_beheer(database: Database) -> None:
    """A schuldeiser with a koppeling, and one of which the address would change. Again does nothing."""
    with database.session(Actor.systeem()) as session:
        api_toegang.ensure_client(session, _entry(session, MET_KOPPELING), "demonstratie")
        asks = session.scalars(select(Medewerker).where(Medewerker.email == ASKS)).one().as_actor()
        entry = _entry(session, MET_NIEUW_ADRES)
    wens = akkoord_soorten.change_email(entry, "kennisgevingen@evides.example")
    with database.session(asks) as session, suppress(BestaatAl):
        akkoord.ask(session, asks, wens, "De afdeling incasso heeft een ander adres.", ANSWERED_WITHIN)


def _entry(session: ScopedSession, naam: str) -> UUID:
    return session.scalars(select(Schuldeiser.id).where(Schuldeiser.naam == naam)).one()
