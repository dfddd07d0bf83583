"""The watch over terms and last days: each warning is given once, to staff and, of an end, to the hulpvrager.

Whoever runs it and however late: what is due and was not given is given, in order, with the day on which it was due. Of
warnings that are late together only the last one mails the hulpvrager.
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from portal import clock
from portal.actions.ronde import PER_ROUND, one_by_one
from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import Database, ScopedSession
from portal.domain import events
from portal.domain.bewaking import Klok, Waarschuwing, due, end_warnings, term_warnings
from portal.domain.errors import MoveNotAllowed, NotAllowed
from portal.domain.roles import Actor
from portal.domain.status import Status
from portal.models import Pauzeverzoek, Signaal
from portal.models.signaal import signaal_id
from portal.queries import bewaking, dossier
from portal.queries.bewaking import Einde


def warn_of_terms(database: Database) -> int:
    """Warn staff of the last day for the first conversation, or for the beschikking after it, at half time and the
    working day before. Returns of how many cases.
    """
    with database.session(Actor.systeem()) as session:
        return one_by_one(session, bewaking.terms_due(session, clock.today(), PER_ROUND), _warn_of_term)


def warn_of_ends(database: Database, days: Sequence[int]) -> int:
    """Announce every last day of a pause so many `days` before it. Returns how many."""

    def announce(work: Work, einde: Einde) -> None:
        _announce_end(work, einde, days)

    with database.session(Actor.systeem()) as session:
        return one_by_one(session, bewaking.ends_due(session, clock.today(), days, PER_ROUND), announce)


def see_ends(session: ScopedSession, actor: Actor, verzoek_id: UUID, signaal_ids: Collection[UUID]) -> None:
    """A hulpverlener saw these announcements of an end. One that came meanwhile stays work.

    Raises NotAllowed, NotFound, and MoveNotAllowed when none of them is left to see.
    """
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider deals with the end of a pause")
    with unit_of_work(session, actor) as work:
        work.load_for_update(Pauzeverzoek, verzoek_id)
        seen = [each for each in bewaking.unseen(session, verzoek_id, clock.today()) if each.id in signaal_ids]
        if not seen:
            raise MoveNotAllowed("nothing is left to see")
        for signaal in seen:
            signaal.handled_at = work.now
        work.record(events.EindeSeen(keten=verzoek_id, signalen=tuple(each.id for each in seen)))


# --------------------------------------------------------------------------------------------------


def _warn_of_term(work: Work, verzoek_id: UUID) -> None:
    verzoek = work.load_for_update(Pauzeverzoek, verzoek_id)
    klok, begin, voor = verzoek.klok, verzoek.termijn_vanaf, verzoek.termijn_voor
    if klok is None or begin is None or voor is None:
        raise MoveNotAllowed(f"warn of the term in {verzoek.status}")
    for warning in _new(work, verzoek, klok, voor, term_warnings(begin, voor)):
        work.record(
            events.TermijnWarned(keten=verzoek.id, klok=klok, nummer=warning.nummer, voor=voor, due_on=warning.due_on)
        )


def _announce_end(work: Work, einde: Einde, days: Sequence[int]) -> None:
    verzoek = work.load_for_update(Pauzeverzoek, einde.verzoek_id)
    running = bewaking.in_force(dossier.kennisgevingen(work.session, verzoek.id), dutch_date(work.now))
    ending = [each for each in running if each.eind_on == einde.eind_on]
    if verzoek.status is not Status.GOEDGEKEURD or not ending:
        raise MoveNotAllowed(f"announce the end on {einde.eind_on}")
    warnings = end_warnings(min(each.start_on for each in ending), einde.eind_on, days)
    new = _new(work, verzoek, Klok.EINDE_PAUZE, einde.eind_on, warnings)
    for warning in new:
        work.record(
            events.EindeAnnounced(
                keten=verzoek.id,
                nummer=warning.nummer,
                eind_on=einde.eind_on,
                due_on=warning.due_on,
                ontvangers=len(ending),
                ingehaald=warning is not new[-1],
            )
        )


def _new(
    work: Work, verzoek: Pauzeverzoek, klok: Klok, over_on: date, warnings: Sequence[Waarschuwing]
) -> list[Waarschuwing]:
    """The warnings that are due and were not given; they are now, and earlier ones about the same day are dealt with.

    Raises MoveNotAllowed when there is none.
    """
    earlier = bewaking.given(work.session, verzoek.id, klok, over_on)
    known = {each.id for each in earlier}
    new = [
        each
        for each in due(warnings, dutch_date(work.now))
        if signaal_id(verzoek.id, klok, over_on, each.nummer) not in known
    ]
    if not new:
        raise MoveNotAllowed("no warning is due")
    rows = [Signaal.of(verzoek, klok, over_on, warning, work.now) for warning in new]
    for row in [*earlier, *rows[:-1]]:
        row.handled_at = row.handled_at or work.now
    for row in rows:
        work.add(row)
    return new
