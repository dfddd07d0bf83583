"""The sandbox: an organisatie of its own with fixed cases about nobody, for whoever builds against the API.

It stands in the ordinary tables and behind the ordinary rules, in production too: a sandbox client sees its own sandbox
entry only, no gemeente leads there, no staff works there, and nothing is mailed. A case has the status of one that was
withdrawn before anybody was told, so no term runs on it and it is deleted after a year.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal import clock
from portal.actions import api_toegang, beantwoorden, berichten
from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.duur import eind_on
from portal.domain.kenmerk import new_kenmerk
from portal.domain.kennisgeving import (
    Dossierverwijzing,
    Grondslag,
    KennisgevingFeiten,
    Levering,
    Moment,
    Soort,
    Wijziging,
    follow_up,
)
from portal.domain.roles import Actor
from portal.domain.status import Antwoord, Status, Verzendstatus
from portal.domain.zandbak import AFZENDER, GEVALLEN, MAANDEN, NIEMAND, ORGANISATIE, Geval
from portal.models import Categorie, Kennisgeving, Organisatie, PartijRol, Pauzeverzoek, Schuldeiser, Schuldsoort
from portal.models.kennisgeving import kennisgeving_id
from portal.models.ontvanger import Ontvanger


def refresh(session: ScopedSession, naam: str) -> tuple[UUID, str | None]:
    """A fresh set of cases for the sandbox of one schuldeiser, which is made when it is not there yet.

    Returns the id of its client, and the secret when the client is new. What was not acknowledged before is gone.
    """
    schuldeiser_id = _sandbox_of(session, naam)
    _clear(session, schuldeiser_id)
    for geval in GEVALLEN:
        _make(session, schuldeiser_id, geval)
    return api_toegang.ensure_client(session, schuldeiser_id, "zandbak")


def _sandbox_of(session: ScopedSession, naam: str) -> UUID:
    with unit_of_work(session, Actor.systeem()) as work:
        own = f"Zandbak van {naam}"
        found = session.scalars(
            select(Schuldeiser.id).join(Organisatie).where(Organisatie.naam == ORGANISATIE, Schuldeiser.naam == own)
        ).first()
        return found or _new_entry(work, own)


def _new_entry(work: Work, naam: str) -> UUID:
    organisatie = work.session.scalars(select(Organisatie).where(Organisatie.naam == ORGANISATIE)).first()
    if organisatie is None:
        organisatie = Organisatie(
            naam=ORGANISATIE, telefoon=AFZENDER.telefoon, email=AFZENDER.email, postadres=AFZENDER.postadres
        )
        work.add(organisatie)
        work.record(events.OrganisatieAdded(keten=organisatie.id, naam=ORGANISATIE))
    entry = Schuldeiser(
        organisatie_id=organisatie.id,
        naam=naam,
        rol=PartijRol.SCHULDEISER,
        categorie=Categorie.OVERIG,
        schuldsoort=Schuldsoort.OVERIG,
        levering=Levering.API,
    )
    work.add(entry)
    work.record(events.SchuldeiserProposed(keten=organisatie.id, schuldeiser_id=entry.id))
    return entry.id


def _clear(session: ScopedSession, schuldeiser_id: UUID) -> None:
    with unit_of_work(session, Actor.systeem()) as work:
        waiting: Iterable[Kennisgeving] = session.scalars(
            select(Kennisgeving).where(
                Kennisgeving.schuldeiser_id == schuldeiser_id,
                Kennisgeving.status.in_((Verzendstatus.KLAAR, Verzendstatus.NIET_BEZORGD)),
            )
        ).all()
        berichten.lapse_unsent(work, waiting)


def _make(session: ScopedSession, schuldeiser_id: UUID, geval: Geval) -> None:
    """Each message in a unit of its own: one that follows is later than the one that it follows."""
    with unit_of_work(session, Actor.systeem()) as work:
        verzoek = _verzoek(work, schuldeiser_id)
        first = _feiten(verzoek, session.get_one(Schuldeiser, schuldeiser_id), geval)
        work.record(events.ZandbakgevalMade(keten=verzoek.id, soort=geval.naam))
        berichten.issue_kennisgeving(work, verzoek, Ontvanger(session.get_one(Schuldeiser, schuldeiser_id), ()), first)
    if geval.daarna is not None:
        _follow(session, verzoek.id, schuldeiser_id, first, geval.daarna)
    if geval.beantwoord:
        said = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD)
        beantwoorden.answer(session, Actor.systeem(), first.bericht_id, said, via=Antwoordweg.HULPVERLENER)


def _verzoek(work: Work, schuldeiser_id: UUID) -> Pauzeverzoek:
    entry = work.session.get_one(Schuldeiser, schuldeiser_id)
    verzoek = Pauzeverzoek(
        kenmerk=new_kenmerk(),
        status=Status.INGETROKKEN,
        organisatie_id=entry.organisatie_id,
        meldingsdatum=clock.dutch_date(work.now),
        created_at=work.now,
        changed_at=work.now,
        antwoorden={},
    )
    work.add(verzoek)
    work.session.flush()
    return verzoek


def _feiten(verzoek: Pauzeverzoek, entry: Schuldeiser, geval: Geval) -> KennisgevingFeiten:
    start = clock.today() - timedelta(days=geval.begonnen_days_ago)
    return KennisgevingFeiten(
        bericht_id=kennisgeving_id(verzoek.id, (entry.id, None), Soort.KENNISGEVING),
        soort=Soort.KENNISGEVING,
        kenmerk=verzoek.kenmerk,
        ontvanger=entry.naam,
        ontvanger_postadres=None,
        betrokkene=geval.betrokkene,
        verwijzingen=geval.verwijzingen or (Dossierverwijzing(referentie=geval.naam, namens=None),),
        afzender=AFZENDER,
        moment=Moment.BIJ_AANMELDING,
        grondslag=Grondslag.CONVENANT if geval.convenant else Grondslag.VERZOEK,
        convenant=geval.convenant,
        dated_on=start,
        start_on=start,
        eind_on=eind_on(start, MAANDEN),
    )


def _follow(
    session: ScopedSession, verzoek_id: UUID, schuldeiser_id: UUID, first: KennisgevingFeiten, soort: Soort
) -> None:
    changes: dict[Soort, dict[str, Any]] = {
        Soort.VERLENGING: {"eind_on": eind_on(first.start_on, MAANDEN + 2)},
        Soort.CORRECTIE: {"gewijzigd": (Wijziging.NAAM,), "betrokkene": replace(NIEMAND, voorletters="V.B.")},
        Soort.BEEINDIGING: {"eind_on": clock.today()},
    }
    id = kennisgeving_id(verzoek_id, (schuldeiser_id, None), soort)
    feiten = follow_up(first, soort, id, clock.today(), **changes.get(soort, {}))
    with unit_of_work(session, Actor.systeem()) as work:
        verzoek, entry = session.get_one(Pauzeverzoek, verzoek_id), session.get_one(Schuldeiser, schuldeiser_id)
        berichten.issue_kennisgeving(work, verzoek, Ontvanger(entry, ()), feiten)
