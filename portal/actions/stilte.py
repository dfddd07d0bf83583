"""The watch over silence: a reminder, then a task to telephone, then a place on the list for the NVVK.

Silence is not a refusal, so nothing changes about the pause. An answer ends it, however late.
"""

from datetime import date
from uuid import UUID

from portal import clock
from portal.actions import berichten
from portal.actions.ronde import PER_ROUND, one_by_one
from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import Database, ScopedSession
from portal.domain.bewaking import Geduld, Stilte
from portal.domain.errors import MoveNotAllowed, NotAllowed
from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor
from portal.domain.status import Antwoord
from portal.models import Kennisgeving, Stilzwijgen
from portal.models.briefwisseling import briefwisselingen
from portal.models.ontvanger import ontvangers
from portal.queries import bewaking, dossier, stilte


def watch_silence(database: Database, geduld: Geduld) -> int:
    """One round: each silence goes one step on at most. Returns how many did."""
    today = clock.today()
    with database.session(Actor.systeem()) as session:
        silent = stilte.to_list(session, today, geduld.bellen_werkdagen, PER_ROUND)
        done = one_by_one(session, silent, _list)
        silent = stilte.to_telephone(session, today, geduld.herinnering_werkdagen, PER_ROUND)
        done += one_by_one(session, silent, _ask_to_telephone)
        silent = stilte.to_remind(session, today, geduld.antwoord_werkdagen, PER_ROUND)
        return done + one_by_one(session, silent, _remind)


def note_call(session: ScopedSession, actor: Actor, kennisgeving_id: UUID) -> None:
    """A hulpverlener telephoned and has no answer yet: the schuldeiser goes on the list.

    Raises NotAllowed, NotFound, and MoveNotAllowed when nobody was to telephone (any more).
    """
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider telephones a schuldeiser")
    with unit_of_work(session, actor) as work:
        _move_on(work, kennisgeving_id, Stilte.BELLEN, Stilte.GEMELD)


# --------------------------------------------------------------------------------------------------


def _remind(work: Work, kennisgeving_id: UUID) -> None:
    first = work.load_for_update(Kennisgeving, kennisgeving_id)
    verzoek = dossier.load(work.session, first.verzoek_id)
    today = dutch_date(work.now)
    last_word = _last_word(work, first, today)
    private = {each.sleutel for each in ontvangers(verzoek) if each.is_particulier}
    if first.sleutel in private or work.session.get(Stilzwijgen, first.id) is not None:
        raise MoveNotAllowed("remind a private person, or a second time")
    row = Stilzwijgen.of(first, today)
    work.add(row)
    work.record(row.noticed())
    berichten.issue_herinnering(work, verzoek, last_word, nummer=_next_reminder(work, first))


def _last_word(work: Work, first: Kennisgeving, today: date) -> Kennisgeving:
    """The message to the same recipient that holds now. Raises MoveNotAllowed when none does."""
    messages = dossier.kennisgevingen(work.session, first.verzoek_id)
    since = [each for each in messages if each.sleutel == first.sleutel and each.issued_at >= first.issued_at]
    running = bewaking.in_force(since, today)
    if not running or any(each.antwoord is not Antwoord.GEEN_REACTIE for each in since):
        raise MoveNotAllowed("remind of a pause that does not run, or of one that was answered")
    return running[-1]


def _next_reminder(work: Work, first: Kennisgeving) -> int:
    """One, unless the pair was reminded before an end and was asked anew."""
    messages = dossier.kennisgevingen(work.session, first.verzoek_id)
    (to_same,) = briefwisselingen(each for each in messages if each.sleutel == first.sleutel)
    return to_same.next_number(Soort.HERINNERING)


def _ask_to_telephone(work: Work, kennisgeving_id: UUID) -> None:
    _move_on(work, kennisgeving_id, Stilte.HERINNERD, Stilte.BELLEN)


def _list(work: Work, kennisgeving_id: UUID) -> None:
    _move_on(work, kennisgeving_id, Stilte.BELLEN, Stilte.GEMELD)


def _move_on(work: Work, kennisgeving_id: UUID, was: Stilte, stand: Stilte) -> None:
    work.load_for_update(Kennisgeving, kennisgeving_id)
    row = work.session.get(Stilzwijgen, kennisgeving_id, populate_existing=True)
    if row is None or row.stand is not was:
        raise MoveNotAllowed(f"{stand} of a silence that is not {was}")
    work.record(row.move_on(stand, dutch_date(work.now)))
