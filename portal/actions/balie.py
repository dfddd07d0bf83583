"""Take down an aanmelding for somebody at the desk or on the telephone: the same questions, the same rules."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text

from portal.actions.hulpvrager import give, take_back
from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.antwoorden import JA, Bron
from portal.domain.errors import GemeenteDoetNietMee, MoveNotAllowed, NietCompleet, NotAllowed
from portal.domain.kenmerk import new_kenmerk
from portal.domain.roles import Actor
from portal.domain.stappen import CONTROLE, Omgeving, first_open
from portal.domain.taal import Taal
from portal.models import Pauzeverzoek
from portal.queries import dossier, gemeenten
from portal.queries.gemeenten import Route

Secties = Mapping[str, dict[str, Any]]

_CLOSE_WAYS_IN = text("SELECT close_ways_in(:case_id, :at)")


def register_aanmelding(
    session: ScopedSession, actor: Actor, id: UUID, bron: Bron, secties: Secties, taal: Taal
) -> None:
    """File it at once, for a gemeente of the own organisatie; the meldingsdatum is today. The same `id` is one request.
    `taal`: in which language the hulpvrager is written to.

    Raises NotAllowed, NietCompleet, GemeenteDoetNietMee.
    """
    _expect_reviewer(actor)
    with unit_of_work(session, actor) as work:
        work.lock(id)
        if session.get(Pauzeverzoek, id) is not None:
            return
        route = gemeenten.route(session, secties["gemeente"]["code"], dutch_date(work.now))
        if route is None or route.organisatie is None or route.organisatie.id != actor.organisatie_id:
            raise GemeenteDoetNietMee(str(id))
        verzoek = Pauzeverzoek.start(id, new_kenmerk(), work.now)
        verzoek.bron, verzoek.schulden, verzoek.toestemmingen = bron, [], []
        _file(work, verzoek, bron, secties, taal, route)


def complete_aanmelding(
    session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int, bron: Bron, secties: Secties, taal: Taal
) -> None:
    """Answer the open questions of who asked to be called; the meldingsdatum stays, and the call is done.

    Every way in is closed: anybody may have typed this number. What DigiD vouches for stays as it is. Raises
    NotAllowed, NotFound, AlreadyDecided, NietCompleet, and MoveNotAllowed for an aanmelding that is whole or over.
    """
    _expect_reviewer(actor)
    with unit_of_work(session, actor) as work:
        verzoek = work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
        verzoek.expect_version(versie)
        if not (verzoek.onvolledig and verzoek.may_answer) or verzoek.gemeente is None:
            raise MoveNotAllowed(f"complete in {verzoek.status}")
        verzoek.toegangscode_hash = None
        session.execute(_CLOSE_WAYS_IN, {"case_id": verzoek_id, "at": work.now})
        if verzoek.bellen_voor is not None:
            work.record(verzoek.reach())
        verzoek.bron = verzoek.bron or bron
        take_back(work, verzoek)
        _file(work, verzoek, bron, secties, taal, Route(verzoek.gemeente, verzoek.organisatie))


def note_toestemming(session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int) -> None:
    """The hulpvrager said yes, by telephone or at the desk, after the text was read out.

    Raises NotAllowed, NotFound, AlreadyDecided, and MoveNotAllowed once decided, when there is a toestemming, and while
    questions are open.
    """
    _expect_reviewer(actor)
    with unit_of_work(session, actor) as work:
        verzoek = work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
        verzoek.expect_version(versie)
        if not verzoek.wants_toestemming:
            raise MoveNotAllowed(f"give toestemming in {verzoek.status}")
        give(work, verzoek)
        verzoek.touch(work.now)


def _file(work: Work, verzoek: Pauzeverzoek, bron: Bron, secties: Secties, taal: Taal, route: Route) -> None:
    """Write the answers down and file them. `route` has an organisatie."""
    if route.organisatie is None:
        raise GemeenteDoetNietMee(str(verzoek.id))
    for stap, sectie in secties.items():
        verzoek.answer(stap, sectie, work.now)
    opened = first_open(verzoek.antwoorden, Omgeving(dutch_date(work.now), gemeente_doet_mee=True))
    if opened != CONTROLE:
        raise NietCompleet(opened)
    submitted = verzoek.submit(work.now, route.gemeente, route.organisatie)
    work.add(verzoek)
    work.record(events.AanmeldingTakenDown(keten=verzoek.id, bron=bron))
    if verzoek.reads is not taal:
        work.record(verzoek.choose(taal))
    if secties["toestemming"]["keuze"] == JA:
        give(work, verzoek)
    work.record(submitted)


def _expect_reviewer(actor: Actor) -> None:
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider takes down what somebody says")
