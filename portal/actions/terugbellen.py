"""'Bel mij': ask to be called, and what became of the call.

Who has no aanmelding yet has one from this moment, with a name and a number. The questions stay open: for the person,
and for the hulpverlener who calls.
"""

from uuid import UUID

from portal.actions.hulpvrager import own, take_back
from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.antwoorden import Bellen
from portal.domain.errors import GemeenteDoetNietMee, NotAllowed
from portal.domain.kenmerk import new_kenmerk
from portal.domain.roles import Actor
from portal.domain.status import Eindreden, Status
from portal.domain.taal import Taal
from portal.models import Pauzeverzoek
from portal.models.terugbellen import close, register_onvolledig
from portal.queries import dossier, gemeenten


def begin_with_call(session: ScopedSession, id: UUID, bellen: Bellen, gemeente: str, taal: Taal | None = None) -> bool:
    """Ask to be called without having begun; the visitor becomes the hulpvrager of this `id`, in the chosen language.

    False when that is there already: the same page was sent twice. Raises GemeenteDoetNietMee.
    """
    with unit_of_work(session, Actor.hulpvrager(id)) as work:
        work.lock(id)
        if session.get(Pauzeverzoek, id) is not None:
            return False
        verzoek = Pauzeverzoek.start(id, new_kenmerk(), work.now)
        verzoek.taal = taal
        work.add(verzoek)
        work.record(events.PauzeverzoekStarted(keten=id, kenmerk=verzoek.kenmerk))
        _register(work, verzoek, gemeente)
        work.record(verzoek.ask_call(work.now, bellen))
        return True


def request_call(session: ScopedSession, actor: Actor, bellen: Bellen, gemeente: str | None = None) -> None:
    """Ask to be called about the own pauzeverzoek. A concept is filed with it, and its questions stay open.

    `gemeente` answers that question in a concept without one that takes part. Raises GemeenteDoetNietMee, and
    MoveNotAllowed where no help request runs any more.
    """
    with unit_of_work(session, actor) as work:
        verzoek = own(work)
        if verzoek.status is Status.CONCEPT:
            _register(work, verzoek, gemeente)
        work.record(verzoek.ask_call(work.now, bellen))


def _register(work: Work, verzoek: Pauzeverzoek, gemeente: str | None) -> None:
    if gemeente is not None:
        work.record(verzoek.answer("gemeente", {"code": gemeente}, work.now))
    code = verzoek.antwoorden.get("gemeente", {}).get("code")
    route = gemeenten.route(work.session, code, dutch_date(work.now))
    if route is None or route.organisatie is None:
        raise GemeenteDoetNietMee(str(verzoek.id))
    work.record(register_onvolledig(verzoek, work.now, route.gemeente, route.organisatie))


# --- the hulpverlener -----------------------------------------------------------------------------


def miss_call(session: ScopedSession, actor: Actor, verzoek_id: UUID) -> None:
    """Called, and nobody answered. Raises NotAllowed, NotFound, and MoveNotAllowed when no call is owed."""
    with unit_of_work(session, actor) as work:
        work.record(_called(work, verzoek_id).miss_call())


def finish_call(session: ScopedSession, actor: Actor, verzoek_id: UUID) -> None:
    """Spoke to the person. Raises NotAllowed, NotFound, and MoveNotAllowed when no call is owed."""
    with unit_of_work(session, actor) as work:
        work.record(_called(work, verzoek_id).reach())


def close_aanmelding(session: ScopedSession, actor: Actor, verzoek_id: UUID, reden: Eindreden) -> None:
    """Nothing comes of an aanmelding with a name and a number. Raises NotAllowed, NotFound, MoveNotAllowed."""
    with unit_of_work(session, actor) as work:
        verzoek = _called(work, verzoek_id)
        work.record(close(verzoek, work.now, reden))
        take_back(work, verzoek)


def _called(work: Work, verzoek_id: UUID) -> Pauzeverzoek:
    if not work.actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider calls back")
    return work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
