"""Keep the text blocks of an organisatie: write, write anew, remove."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import BestaatAl, NotAllowed, TeVeelTekstblokken
from portal.domain.roles import Actor, Role
from portal.models import Bloksoort, Tekstblok

KEEPERS = frozenset({Role.TEAMLEIDER, Role.BEHEERDER})
"""Who keeps the text blocks of the own organisatie."""

MAX_BLOKKEN = 100
"""Text blocks of one organisatie. Assumption: more is a list in which nobody finds anything."""


def add_tekstblok(session: ScopedSession, actor: Actor, soort: Bloksoort, titel: str, tekst: str) -> UUID:
    """A new one; returns its id. Raises NotAllowed, BestaatAl for a title that is there, TeVeelTekstblokken."""
    organisatie_id = _organisatie(actor)
    with unit_of_work(session, actor) as work:
        work.lock(organisatie_id)
        if (session.scalar(select(func.count()).select_from(Tekstblok)) or 0) >= MAX_BLOKKEN:
            raise TeVeelTekstblokken(str(MAX_BLOKKEN))
        blok = Tekstblok(organisatie_id=organisatie_id, soort=soort)
        work.add(blok)
        _write(work, blok, titel, tekst)
        return blok.id


def change_tekstblok(session: ScopedSession, actor: Actor, tekstblok_id: UUID, titel: str, tekst: str) -> None:
    """Other words. What was sent before stays as it was. Raises NotAllowed, NotFound, BestaatAl."""
    _organisatie(actor)
    with unit_of_work(session, actor) as work:
        _write(work, work.load_for_update(Tekstblok, tekstblok_id), titel, tekst)


def remove_tekstblok(session: ScopedSession, actor: Actor, tekstblok_id: UUID) -> None:
    """Raises NotAllowed, NotFound."""
    _organisatie(actor)
    with unit_of_work(session, actor) as work:
        blok = work.load_for_update(Tekstblok, tekstblok_id)
        session.delete(blok)
        work.record(events.TekstblokRemoved(keten=blok.organisatie_id, tekstblok_id=blok.id, soort=blok.soort))


def _write(work: Work, blok: Tekstblok, titel: str, tekst: str) -> None:
    happened = blok.write(titel, tekst, work.now)
    try:
        work.session.flush()
    except IntegrityError:
        raise BestaatAl(titel) from None
    work.record(happened)


def _organisatie(actor: Actor) -> UUID:
    if not actor.roles & KEEPERS or actor.organisatie_id is None:
        raise NotAllowed("only a teamleider or beheerder keeps the text blocks")
    return actor.organisatie_id
