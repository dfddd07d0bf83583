"""The daily digest of a schuldeiser that wants its mail so: made once a day, carried like any message.

Making it and recording how it went are short transactions of their own; each Kennisgeving in it keeps its own attempts,
events and status (`portal.actions.verzending`).
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby
from uuid import UUID, uuid4

from sqlalchemy import Exists, delete, exists, func, select, text
from sqlalchemy.orm import InstrumentedAttribute

from portal import clock
from portal.actions import verzending
from portal.actions.verzending import Uitslag
from portal.actions.work import Work, unit_of_work
from portal.actions.zending import Bijlage, Zending
from portal.clock import dutch_date
from portal.db.engine import Database, ScopedSession
from portal.domain.dagoverzicht import DagoverzichtFeiten, parts
from portal.domain.kennisgeving import Kanaal, from_json
from portal.domain.roles import Actor
from portal.domain.status import Verzendstatus
from portal.models import Brief, Dagoverzicht, Kennisgeving, Poging, Schuldeiser
from portal.models.links import INFORMATIE
from portal.queries import volgorde
from portal.texts import dagoverzicht as words

MOST = 5000
"""Kennisgevingen in the digest of one day; the rest goes the next day. Assumption: the largest gets a few hundred."""

GROWTH = 1.37
"""A file grows by so much in a mail (base64, in lines)."""

PER_MESSAGE_BYTES = 2000
"""What one Kennisgeving adds to a mail beside its files: lines of the index and of the zip."""

KEEP = timedelta(days=30)
"""A digest is kept so long after it was made, for bounces and questions. Assumption. The trail keeps its hash."""

_WAITS = (
    Kennisgeving.gebundeld,
    Kennisgeving.kanaal == Kanaal.EMAIL,
    Kennisgeving.status == Verzendstatus.KLAAR,
    Kennisgeving.dagoverzicht_id.is_(None),
)
"""What waits for a digest."""

AFZENDER = "Landelijke Pauzeknop"

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('dagoverzicht:' || :id, 0))")


@dataclass(frozen=True, slots=True)
class Gebundeld:
    """One Kennisgeving in a digest, with its letter."""

    kennisgeving: Kennisgeving
    brief: Brief


def due(session: ScopedSession, at: time) -> Sequence[UUID]:
    """The schuldeisers whose digest of today is to be made: after the hour `at` in the Netherlands, once a day."""
    now = clock.now()
    if now.astimezone(clock.NEDERLAND).time() < at:
        return []
    waiting = select(Kennisgeving.schuldeiser_id).where(
        *_WAITS, ~_is_made(Kennisgeving.schuldeiser_id, dutch_date(now))
    )
    return session.scalars(waiting.distinct().order_by(Kennisgeving.schuldeiser_id)).all()


def without_letter(session: ScopedSession, schuldeiser_id: UUID) -> Sequence[UUID]:
    """What waits for the digest and was not made yet: its job comes later, or went wrong."""
    letter = exists().where(Brief.id == Kennisgeving.id)
    waiting = select(Kennisgeving.id).where(*_WAITS, Kennisgeving.schuldeiser_id == schuldeiser_id, ~letter)
    return session.scalars(waiting.order_by(Kennisgeving.issued_at, Kennisgeving.id).limit(MOST)).all()


def make(session: ScopedSession, schuldeiser_id: UUID, most_bytes: int, end_delay: timedelta = volgorde.NOW) -> int:
    """Freeze the digest of today: one mail, or more where one would be larger than `most_bytes`. Returns how many.

    Nothing when it was made already: two workers at once make one. That a pause ends goes along once the hulpvrager was
    told, `end_delay` before.
    """
    with unit_of_work(session, Actor.systeem()) as work:
        today = _alone(work, schuldeiser_id)
        if session.scalar(select(_is_made(schuldeiser_id, today))):
            return 0
        waiting = [each for each in _waiting(session, schuldeiser_id) if _is_its_turn(work, each, end_delay)]
        mails = [
            (bundle, deel, len(bundles))
            for bundles in _per_address(waiting, most_bytes)
            for deel, bundle in enumerate(bundles, start=1)
        ]
        for bundle, deel, delen in mails:
            _issue(work, bundle, today, deel, delen)
        return len(mails)


def begin_attempt(session: ScopedSession, id: UUID) -> Zending | None:
    """What is to be handed over now; None when there is nothing (any more). From here on it may have arrived.

    When something in it lapsed, or is not what was frozen, another digest is made of the rest.
    """
    with unit_of_work(session, Actor.systeem()) as work:
        row = verzending.waiting(work, Dagoverzicht, id)
        if not isinstance(row, Dagoverzicht):
            return None
        bundle = _bundle(work, id)
        kept = [each for each in bundle if _may_leave(work, each)]
        if len(kept) < len(bundle) or not row.is_intact:
            _replace(work, row, kept)
            return None
        for each in bundle:
            each.kennisgeving.attempt_started_at = each.kennisgeving.attempt_started_at or work.now
        return verzending.begin(work, row, (_attachment(work, row, bundle),))


def outcome(session: ScopedSession, id: UUID) -> tuple[Uitslag | None, Sequence[UUID]]:
    """How the last attempt went, and the Kennisgevingen that do not know it yet."""
    last = session.scalars(
        select(Poging).where(Poging.dagoverzicht_id == id).order_by(Poging.at.desc()).limit(1)
    ).first()
    if last is None:
        return None, []
    told = exists().where(Poging.kennisgeving_id == Kennisgeving.id, Poging.at >= last.at)
    ids = select(Kennisgeving.id).where(Kennisgeving.dagoverzicht_id == id, ~told).order_by(Kennisgeving.id).limit(MOST)
    uitslag = Uitslag(resultaat=last.resultaat, code=last.code, antwoord=last.antwoord, tls=last.tls)
    return uitslag, session.scalars(ids).all()


def take_back(work: Work, row: Dagoverzicht, uitslag: Uitslag, *, again_seconds: int | None = None) -> None:
    """A mail server gave the digest back: each Kennisgeving in it as well. With `again_seconds` they go along with the
    next one, whatever the number is.
    """
    bundle = _bundle(work, row.id)
    verzending.take_back(work, row, uitslag)
    for each in bundle:
        if each.kennisgeving.may_come_back:
            verzending.take_back(work, each.kennisgeving, uitslag, again_seconds=again_seconds)


def forget(database: Database) -> int:
    """Delete digests that are done with: they name many people, each with a term of its own. Returns how many."""
    with database.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        done = (Dagoverzicht.issued_at < work.now - KEEP, Dagoverzicht.status != Verzendstatus.KLAAR)
        return len(session.execute(delete(Dagoverzicht).where(*done).returning(Dagoverzicht.id)).all())


# --------------------------------------------------------------------------------------------------


def _alone(work: Work, schuldeiser_id: UUID) -> date:
    """The day, with everybody else kept out who makes a digest of this schuldeiser."""
    work.session.execute(_ONE_AT_A_TIME, {"id": str(schuldeiser_id)})
    return dutch_date(work.now)


def _is_made(schuldeiser_id: InstrumentedAttribute[UUID] | UUID, day: date) -> Exists:
    """Whether there is a digest of that day. One that lapsed and has none in its place does not count."""
    made = (Dagoverzicht.schuldeiser_id == schuldeiser_id, Dagoverzicht.dag == day)
    return exists().where(*made, Dagoverzicht.status != Verzendstatus.VERVALLEN)


def _waiting(session: ScopedSession, schuldeiser_id: UUID) -> list[Gebundeld]:
    """What goes along, oldest first, locked: nothing of it can lapse meanwhile."""
    rows = session.execute(
        select(Kennisgeving, Brief)
        .join(Brief, Brief.id == Kennisgeving.id)
        .where(*_WAITS, Kennisgeving.schuldeiser_id == schuldeiser_id)
        .order_by(Kennisgeving.issued_at, Kennisgeving.id)
        .limit(MOST)
        .with_for_update(of=Kennisgeving)
    )
    return [Gebundeld(kennisgeving, brief) for kennisgeving, brief in rows]


def _bundle(work: Work, id: UUID) -> list[Gebundeld]:
    """What is in a digest, locked: first the chains of its cases, as every act does, each time in the same order."""
    ketens = select(Kennisgeving.verzoek_id).where(Kennisgeving.dagoverzicht_id == id).distinct()
    for keten in work.session.scalars(ketens.order_by(Kennisgeving.verzoek_id)).all():
        work.lock(keten)
    rows = work.session.execute(
        select(Kennisgeving, Brief)
        .join(Brief, Brief.id == Kennisgeving.id)
        .where(Kennisgeving.dagoverzicht_id == id)
        .order_by(Kennisgeving.issued_at, Kennisgeving.id)
        .with_for_update(of=Kennisgeving)
    )
    return [Gebundeld(kennisgeving, brief) for kennisgeving, brief in rows]


def _is_its_turn(work: Work, each: Gebundeld, end_delay: timedelta) -> bool:
    late = verzending.is_too_late(work, each.kennisgeving)
    return not late and not volgorde.wait_for_hulpvrager(work.session, each.kennisgeving.id, end_delay)


def _per_address(waiting: Iterable[Gebundeld], most_bytes: int) -> list[list[Sequence[Gebundeld]]]:
    """The mails for each address: that of a schuldeiser may have changed since the first was issued."""
    ordered = sorted(waiting, key=_address)  # stable: oldest first within an address
    groups = (list(group) for _, group in groupby(ordered, _address))
    return [list(parts(((each, _size(each)) for each in group), most_bytes)) for group in groups]


def _address(each: Gebundeld) -> str:
    return str(each.kennisgeving.aan)


def _size(each: Gebundeld) -> int:
    """Bytes in a mail, a little more rather than less."""
    sealed = len(each.brief.pdf_sealed) + len(each.brief.gegevens_sealed)
    return int(sealed * GROWTH) + PER_MESSAGE_BYTES


def _issue(work: Work, bundle: Sequence[Gebundeld], dag: date, deel: int, delen: int) -> None:
    """Freeze one mail. Its consequence defers its job."""
    first, adressen, id = bundle[0].kennisgeving, work.session.adressen, uuid4()
    schuldeiser = work.session.get_one(Schuldeiser, first.schuldeiser_id)
    last = select(func.max(Dagoverzicht.nummer)).where(
        Dagoverzicht.schuldeiser_id == schuldeiser.id, Dagoverzicht.dag == dag
    )
    row = Dagoverzicht(
        id=id,
        schuldeiser_id=schuldeiser.id,
        dag=dag,
        nummer=(work.session.scalar(last) or 0) + 1,
        deel=deel,
        delen=delen,
        aan=first.aan,
        sjabloon=words.SJABLOON,
        afzender_naam=AFZENDER,
        antwoord_aan="",
        status=Verzendstatus.KLAAR,
        message_id=f"<{id}@{adressen.mail_domain}>",
        envelope_token=secrets.token_hex(16),
        issued_at=work.now,
    )
    woorden = words.render(_feiten(row, schuldeiser.naam, bundle), adressen.base_url + INFORMATIE)
    row.freeze(woorden.onderwerp, woorden.tekst, woorden.html)
    work.add(row)
    work.session.flush()
    for each in bundle:
        each.kennisgeving.dagoverzicht_id = id
    work.record(row.issue(tuple(each.kennisgeving.id for each in bundle)))


def _feiten(row: Dagoverzicht, ontvanger: str, bundle: Sequence[Gebundeld]) -> DagoverzichtFeiten:
    return DagoverzichtFeiten(
        ontvanger=ontvanger,
        dag=row.dag,
        deel=row.deel,
        delen=row.delen,
        regels=tuple(
            words.regel(from_json(each.kennisgeving.feiten), nummer, each.brief.pdf_sha256, each.brief.gegevens_sha256)
            for nummer, each in enumerate(bundle, start=1)
        ),
    )


def _attachment(work: Work, row: Dagoverzicht, bundle: Sequence[Gebundeld]) -> Bijlage:
    """Every letter and the facts of each, in one file."""
    schuldeiser = work.session.get_one(Schuldeiser, row.schuldeiser_id)
    feiten = _feiten(row, schuldeiser.naam, bundle)
    files = [
        (name, content)
        for regel, each in zip(feiten.regels, bundle, strict=True)
        for name, content in zip(regel.bestanden, (each.brief.pdf, each.brief.gegevens), strict=True)
    ]
    return Bijlage(words.file_name(feiten), "application/zip", words.bundle(feiten, files))


def _may_leave(work: Work, each: Gebundeld) -> bool:
    """Still wanted, and still what was frozen. What was changed is refused: work for its hulpverlener."""
    kennisgeving = each.kennisgeving
    if kennisgeving.status is not Verzendstatus.KLAAR or verzending.is_too_late(work, kennisgeving):
        return False
    if kennisgeving.is_intact and each.brief.is_intact:
        return True
    verzending.refuse_changed(work, kennisgeving)
    return False


def _replace(work: Work, row: Dagoverzicht, kept: Sequence[Gebundeld]) -> None:
    """The same mail without what must not leave, as a message of its own."""
    _alone(work, row.schuldeiser_id)
    work.record(row.lapse())
    if kept:
        _issue(work, kept, row.dag, row.deel, row.delen)
