"""How a frozen message leaves the house: each attempt and its outcome, recorded in short transactions.

The hand-over itself happens between these acts, never inside one of their transactions.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from portal.actions.work import Work, unit_of_work
from portal.actions.zending import Bijlage, Message, Model, Zending, bijlagen, stuk_of, zending
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain.beantwoording import Geldigheid
from portal.domain.errors import MoveNotAllowed, NotAllowed, NotFound, RuleBroken
from portal.domain.kennisgeving import CLOSING, Kanaal
from portal.domain.roles import Actor
from portal.domain.status import Pogingresultaat, Status, Verzendstatus
from portal.models import Bericht, BerichtKanaal, Kennisgeving, Pauzeverzoek, Poging
from portal.queries import antwoord as answers
from portal.texts.veilig import single_line

MAX_ANTWOORD = 300
"""Signs kept of what a mail server said."""


class GeenGeverifieerdAdres(RuleBroken):
    """The directory has no e-mail address of this party that somebody verified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uitslag:
    """How one attempt ended: the reply code and words of the mail server, None and our own words without a reply.

    `sha256` is that of the mail as it was made, before a signature.
    """

    resultaat: Pogingresultaat
    code: int | None
    antwoord: str
    tls: bool
    sha256: str | None = None


def begin_attempt(session: ScopedSession, model: Model, id: UUID) -> Zending | None:
    """What is to be handed over now; None when there is nothing (any more). From here on it may have arrived.

    A message whose words or letter no longer have their hash is refused, never sent. Raises NietOpgemaakt.
    """
    with unit_of_work(session, Actor.systeem()) as work:
        row = waiting(work, model, id)
        if row is None:
            return None
        stuk = stuk_of(session, row)
        if not row.is_intact or (stuk and not stuk.is_intact):
            refuse_changed(work, row)
            return None
        return begin(work, row, bijlagen(row, stuk))


def record_handover(session: ScopedSession, model: Model, id: UUID, uitslag: Uitslag) -> None:
    """The mail server took it. Recorded too when it lapsed meanwhile; after a repeat only the attempt is kept."""
    with unit_of_work(session, Actor.systeem()) as work:
        row = work.load_for_update(model, id)
        poging = _keep(work, row, uitslag)
        if row.status in {Verzendstatus.KLAAR, Verzendstatus.VERVALLEN}:
            work.record(row.hand_over(poging, uitslag.sha256))
        else:
            work.record(poging.kept(row.keten))


def record_temporary(session: ScopedSession, model: Model, id: UUID, uitslag: Uitslag) -> None:
    """It did not work out this time. The status stays, the attempt is kept."""
    with unit_of_work(session, Actor.systeem()) as work:
        row = work.load_for_update(model, id)
        work.record(_keep(work, row, uitslag).kept(row.keten))


def record_refusal(session: ScopedSession, model: Model, id: UUID, uitslag: Uitslag) -> None:
    """It cannot be delivered: from now on it is work for the hulpverlener.

    After temporary trouble too the portal has given up: sent again, the message gets all its waits again.
    """
    final = replace(uitslag, resultaat=Pogingresultaat.GEWEIGERD)
    with unit_of_work(session, Actor.systeem()) as work:
        _refuse(work, work.load_for_update(model, id), final)


def take_back(work: Work, row: Message, uitslag: Uitslag, *, again_seconds: int | None = None) -> None:
    """A mail server gave back what it had taken: as a refusal at the door.

    With `again_seconds` a Kennisgeving is tried again by itself after that wait. One about a pause that is over lapses.
    """
    poging = _keep(work, row, uitslag)
    work.record(row.refuse(poging, _attempts(work, row)))
    if isinstance(row, Kennisgeving):
        if not may_go_again(work, row):
            work.record(row.lapse())
        elif again_seconds is not None:
            work.record(row.retry(Kanaal.EMAIL, row.aan, again_seconds, gebundeld=row.gebundeld))


def mark_posted(session: ScopedSession, actor: Actor, kennisgeving_id: UUID) -> None:
    """A hulpverlener put the letter in the post. Raises NotAllowed, NotFound, MoveNotAllowed, NietOpgemaakt."""
    _expect_reviewer(actor)
    with unit_of_work(session, actor) as work:
        kennisgeving = work.load_for_update(Kennisgeving, kennisgeving_id)
        if kennisgeving.kanaal is not Kanaal.BRIEF or kennisgeving.status is not Verzendstatus.KLAAR:
            raise MoveNotAllowed(f"post from {kennisgeving.kanaal} {kennisgeving.status}")
        _expect_wanted(work, kennisgeving)
        stuk_of(session, kennisgeving)
        work.record(kennisgeving.post(work.now))


def retry(session: ScopedSession, actor: Actor, kennisgeving_id: UUID, kanaal: Kanaal) -> None:
    """Make an undeliverable message ready again: to the directory's present verified address, or as a letter.

    Raises NotAllowed, NotFound, MoveNotAllowed, GeenGeverifieerdAdres.
    """
    _expect_reviewer(actor)
    with unit_of_work(session, actor) as work:
        kennisgeving = work.load_for_update(Kennisgeving, kennisgeving_id, joinedload(Kennisgeving.schuldeiser))
        if not may_go_again(work, kennisgeving):
            raise MoveNotAllowed("retry of a pause that does not run")
        aan = kennisgeving.schuldeiser.verified_email if kanaal is Kanaal.EMAIL else None
        if kanaal is Kanaal.EMAIL and aan is None:
            raise GeenGeverifieerdAdres(str(kennisgeving.schuldeiser_id))
        gebundeld = kanaal is Kanaal.EMAIL and kennisgeving.schuldeiser.is_gebundeld
        work.record(kennisgeving.retry(kanaal, aan, gebundeld=gebundeld))


# --- within an act --------------------------------------------------------------------------------


def waiting(work: Work, model: Model, id: UUID) -> Message | None:
    """The message, locked, if it waits to be mailed. A concept that was forgotten took its messages along."""
    try:
        row: Message = work.load_for_update(model, id)
    except NotFound:
        return None
    by_mail = row.kanaal in {Kanaal.EMAIL, BerichtKanaal.EMAIL} and not (
        isinstance(row, Kennisgeving) and row.gebundeld
    )
    return row if by_mail and row.status is Verzendstatus.KLAAR and not is_too_late(work, row) else None


def begin(work: Work, row: Message, bijlagen: tuple[Bijlage, ...]) -> Zending:
    """What the mail server gets. From here on it may have arrived."""
    row.attempt_started_at = row.attempt_started_at or work.now
    return zending(row, bijlagen, tijdelijk=_temporary_in_a_row(work.session, row))


def refuse_changed(work: Work, row: Message) -> None:
    """Its words or its letter no longer have their hash."""
    words = "De tekst is niet meer de tekst die is vastgesteld."
    _refuse(work, row, Uitslag(resultaat=Pogingresultaat.GEWEIGERD, code=None, antwoord=words, tls=False))


def is_too_late(work: Work, row: Message) -> bool:
    """Whether it asks for a pause that is over by now."""
    return isinstance(row, Kennisgeving) and row.soort not in CLOSING and row.is_over(dutch_date(work.now))


def _expect_wanted(work: Work, kennisgeving: Kennisgeving) -> None:
    if is_too_late(work, kennisgeving):
        raise MoveNotAllowed(f"the pause ended on {kennisgeving.eind_on}")


def _refuse(work: Work, row: Message, uitslag: Uitslag) -> None:
    poging = _keep(work, row, uitslag)
    if row.status is Verzendstatus.KLAAR:
        work.record(row.refuse(poging, _attempts(work, row)))
    else:
        work.record(poging.kept(row.keten))


def _attempts(work: Work, row: Message) -> int:
    return work.session.scalar(select(func.count()).select_from(Poging).where(_of(row))) or 0


def may_go_again(work: Work, kennisgeving: Kennisgeving) -> bool:
    """Nobody is asked for a pause that does not run, nor in words that were replaced; an end may always go."""
    if kennisgeving.soort in CLOSING:
        return True
    verzoek = work.session.get_one(Pauzeverzoek, kennisgeving.verzoek_id)
    same = answers.to_same_recipient(work.session, kennisgeving)
    holds = kennisgeving.geldigheid(same, dutch_date(work.now)) is Geldigheid.GELDIG
    return verzoek.status is Status.GOEDGEKEURD and holds


def _keep(work: Work, row: Message, uitslag: Uitslag) -> Poging:
    poging = Poging(
        at=work.now,
        resultaat=uitslag.resultaat,
        code=uitslag.code,
        antwoord=single_line(uitslag.antwoord, MAX_ANTWOORD),
        tls=uitslag.tls,
    )
    setattr(poging, _link(row).key, row.id)
    work.add(poging)
    work.session.flush()
    return poging


def _link(row: Message) -> InstrumentedAttribute[UUID | None]:
    """The column of an attempt that says what was attempted."""
    if isinstance(row, Kennisgeving):
        return Poging.kennisgeving_id
    return Poging.bericht_id if isinstance(row, Bericht) else Poging.dagoverzicht_id


def _of(row: Message) -> ColumnElement[bool]:
    return _link(row) == row.id


def _temporary_in_a_row(session: ScopedSession, row: Message) -> int:
    last_other = select(func.max(Poging.at)).where(_of(row), Poging.resultaat != Pogingresultaat.TIJDELIJK)
    since = last_other.scalar_subquery()
    count = select(func.count()).select_from(Poging).where(_of(row), (Poging.at > since) | since.is_(None))
    return session.scalar(count) or 0


def _expect_reviewer(actor: Actor) -> None:
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider sends again")
