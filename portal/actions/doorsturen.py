"""Give a case to another gemeente: the clock of the Wgs runs on from the same meldingsdatum."""

from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm.attributes import set_committed_value

from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain.errors import GemeenteDoetNietMee, NotAllowed
from portal.domain.roles import Actor
from portal.models import Doorsturing, Inkomend, Pauzeverzoek
from portal.queries import dossier, gemeenten
from portal.queries.gemeenten import Route

_MOVE = text("SELECT forward_case(:doorsturing_id)")
"""Row-level security lets nobody give a case away; this function of the database does, for the organisatie that has it.
"""


def forward_pauzeverzoek(
    session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int, gemeente_code: str, toelichting: str
) -> None:
    """Give an undecided case to another gemeente, with a reason that the hulpvrager reads. It is new there.

    The organisatie that had it keeps the trail up to here. Raises NotAllowed, NotFound, AlreadyDecided, MoveNotAllowed
    once decided, GemeenteDoetNietMee for a gemeente that takes no part today, or has the case already.
    """
    if not actor.is_reviewer or actor.id is None:
        raise NotAllowed("only a hulpverlener or teamleider gives a case away")
    with unit_of_work(session, actor) as work:
        verzoek = work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
        verzoek.expect_version(versie)
        route = gemeenten.route(session, gemeente_code, dutch_date(work.now))
        if route is None or route.organisatie is None or route.gemeente.code == verzoek.gemeente_code:
            raise GemeenteDoetNietMee(gemeente_code)
        happened = verzoek.forward(work.now, route.gemeente, route.organisatie)
        given = _doorsturing(work, verzoek, route, toelichting)
        _untie_own_entries(work, verzoek, route)
        work.add(given)
        work.record(happened)
        _move(work, verzoek, given)


def _move(work: Work, verzoek: Pauzeverzoek, given: Doorsturing) -> None:
    """The rows are moved by the database at the very end. Here they get the values that they will have, for their
    fingerprints.
    """
    mails = work.session.scalars(select(Inkomend).where(Inkomend.verzoek_id == verzoek.id)).all()
    set_committed_value(verzoek, "gemeente_code", given.naar_code)
    for row in (verzoek, *mails):
        set_committed_value(row, "organisatie_id", given.naar_organisatie_id)
        work.note(row)
    work.at_last(lambda: work.session.execute(_MOVE, {"doorsturing_id": given.id}))


def _doorsturing(work: Work, verzoek: Pauzeverzoek, route: Route, toelichting: str) -> Doorsturing:
    return Doorsturing(
        verzoek_id=verzoek.id,
        kenmerk=verzoek.kenmerk,
        van_code=verzoek.gemeente_code,
        naar_code=route.gemeente.code,
        van_organisatie_id=verzoek.organisatie_id,
        naar_organisatie_id=route.organisatie.id if route.organisatie else None,
        forwarded_at=work.now,
        forwarded_by=work.actor.id,
        volgnummer=0,
        toelichting=toelichting,
    )


def _untie_own_entries(work: Work, verzoek: Pauzeverzoek, route: Route) -> None:
    """Entries of the old organisatie's own part of the directory mean nothing to the new one: it matches again."""
    if route.organisatie is None or route.organisatie.id == verzoek.organisatie_id:
        return
    for schuld in verzoek.schulden:
        shared = [partij for partij in schuld.partijen if partij.schuldeiser.organisatie_id is None]
        if len(shared) < len(schuld.partijen):
            schuld.partijen = shared
            work.record(schuld.matched())
