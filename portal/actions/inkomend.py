"""Keep a received mail, whatever it is, and do what follows from it. Kept and done in one transaction, once."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import delete, select, text

from portal import clock
from portal.actions import dagoverzicht, verzending
from portal.actions.verzending import Uitslag
from portal.actions.work import Work, unit_of_work
from portal.actions.zending import Message, Model
from portal.db.engine import Database, ScopedSession
from portal.domain import events
from portal.domain.errors import NotAllowed, NotFound
from portal.domain.event import LANDELIJK
from portal.domain.inkomend import VAN_INVLOED, Gelezen, Mailgevolg
from portal.domain.roles import Actor, Role
from portal.domain.status import Pogingresultaat
from portal.models import Bericht, Dagoverzicht, Inkomend, Kennisgeving
from portal.queries import inkomend as received
from portal.queries.inkomend import Spoor

Found = TypeVar("Found", bound=Spoor | None)

PER_ROUND = 500
"""Unknown mails deleted in one round of the worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontvangen:
    """A mail as it came: its bytes, the addresses of its envelope, and the hash of both.

    `afgekapt`: it was longer than is kept.
    """

    ruw: bytes
    sha256: str
    ontvanger: str
    afzender: str
    afgekapt: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Begrepen:
    """What a mail is about and what follows. `is_nieuw` is False when the very same mail was kept before."""

    spoor: Spoor
    gevolg: Mailgevolg
    is_nieuw: bool


def explain(session: ScopedSession, ontvangen: Ontvangen, gelezen: Gelezen, waits: Sequence[int]) -> Begrepen:
    """What `keep` would do. Changes nothing."""
    spoor = received.find(session, gelezen)
    gevolg = received.decide(session, gelezen, spoor, received.message(session, spoor), len(waits))
    return Begrepen(spoor=spoor, gevolg=gevolg, is_nieuw=not received.is_kept(session, ontvangen.sha256))


def keep(session: ScopedSession, ontvangen: Ontvangen, gelezen: Gelezen, waits: Sequence[int]) -> Begrepen:
    """Keep the mail and do what follows. `waits`: seconds before a message to a full mailbox goes again, each time."""
    with unit_of_work(session, Actor.systeem()) as work:
        _one_at_a_time(work, ontvangen.sha256)
        if received.is_kept(session, ontvangen.sha256):
            return explain(session, ontvangen, gelezen, waits)
        spoor = _settled(work, lambda: received.find(session, gelezen))
        kind, id = _message(spoor)
        message = work.load_for_update(kind, id) if id else None
        gevolg = received.decide(session, gelezen, spoor, message, len(waits))
        again = waits[received.times_full(session, message)] if message and _goes_again(gevolg) else None
        row = _row(work, ontvangen, gelezen, spoor, gevolg)
        work.add(row)
        work.record(_received(row))
        if message is not None and gevolg in VAN_INVLOED:
            _take_back(work, message, _uitslag(gelezen, gevolg), again)
        return Begrepen(spoor=spoor, gevolg=gevolg, is_nieuw=True)


def handle(session: ScopedSession, actor: Actor, inkomend_id: UUID, *, answers: UUID | None = None) -> None:
    """Somebody read it and did what it asks for; `answers`: the Kennisgeving of the same case that it turned out to
    answer. Raises NotAllowed, NotFound, MoveNotAllowed.
    """
    if not (actor.is_reviewer or Role.LANDELIJK_BEHEERDER in actor.roles):
        raise NotAllowed("handle a received mail")
    with unit_of_work(session, actor) as work:
        message = work.load_for_update(Kennisgeving, answers) if answers else None
        row = work.load_for_update(Inkomend, inkomend_id)
        if message and message.verzoek_id != row.verzoek_id:
            raise NotFound("kennisgeving of another case")
        work.record(row.handle(work.now, actor.id, answers))


def tie(session: ScopedSession, actor: Actor, inkomend_id: UUID, kenmerk: str) -> None:
    """The landelijk beheerder saw which case a mail is about: it goes to whoever works on that, and the landelijk
    beheerder no longer sees it. Raises NotAllowed, NotFound, MoveNotAllowed.

    Done as the portal itself: the landelijk beheerder sees no cases.
    """
    if Role.LANDELIJK_BEHEERDER not in actor.roles or actor.id is None:
        raise NotAllowed("tie a received mail")
    with unit_of_work(session, Actor.systeem()) as work:
        case = _settled(work, lambda: received.by_kenmerk(session, kenmerk))
        if case is None or case.verzoek_id is None or case.organisatie_id is None:
            raise NotFound("pauzeverzoek with this kenmerk")
        row = work.load_for_update(Inkomend, inkomend_id)
        work.record(row.tie(case.verzoek_id, case.organisatie_id, actor.id))


def forget_unknown(database: Database, days: int) -> int:
    """Delete mails that belong to no case and came more than `days` days ago. Returns how many."""
    before = clock.now() - timedelta(days=days)
    some = (
        select(Inkomend.id)
        .where(Inkomend.verzoek_id.is_(None), Inkomend.received_at < before)
        .order_by(Inkomend.received_at)
        .limit(PER_ROUND)
        .with_for_update(skip_locked=True)
    )
    with database.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        ids = session.scalars(some).all()
        if ids:
            session.execute(delete(Inkomend).where(Inkomend.id.in_(ids)))
            work.record(events.InkomendExpired(keten=LANDELIJK, aantal=len(ids)))
        return len(ids)


# --------------------------------------------------------------------------------------------------


def _one_at_a_time(work: Work, sha256: str) -> None:
    """A mail server that hands the same mail over twice at once finds it kept the second time."""
    work.session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:sha256, 0))"), {"sha256": sha256})


def _settled(work: Work, look: Callable[[], Found]) -> Found:
    """What a mail is about, with the chain of that case locked: whoever gives the case away did so, or waits."""
    spoor = look()
    if spoor is None or spoor.verzoek_id is None:
        return spoor
    work.lock(spoor.verzoek_id)
    return look()


def _message(spoor: Spoor) -> tuple[Model, UUID | None]:
    if spoor.dagoverzicht_id:
        return Dagoverzicht, spoor.dagoverzicht_id
    return (Bericht, spoor.bericht_id) if spoor.bericht_id else (Kennisgeving, spoor.kennisgeving_id)


def _take_back(work: Work, message: Message, uitslag: Uitslag, again_seconds: int | None) -> None:
    if isinstance(message, Dagoverzicht):
        dagoverzicht.take_back(work, message, uitslag, again_seconds=again_seconds)
    else:
        verzending.take_back(work, message, uitslag, again_seconds=again_seconds)


def _goes_again(gevolg: Mailgevolg) -> bool:
    return gevolg is Mailgevolg.LATER_OPNIEUW


def _row(work: Work, ontvangen: Ontvangen, gelezen: Gelezen, spoor: Spoor, gevolg: Mailgevolg) -> Inkomend:
    return Inkomend(
        id=uuid4(),
        sha256=ontvangen.sha256,
        received_at=work.now,
        soort=gelezen.soort,
        code=gelezen.code,
        band=spoor.band,
        gevolg=gevolg,
        afgekapt=ontvangen.afgekapt,
        kennisgeving_id=spoor.kennisgeving_id,
        bericht_id=spoor.bericht_id,
        dagoverzicht_id=spoor.dagoverzicht_id,
        verzoek_id=spoor.verzoek_id,
        organisatie_id=spoor.organisatie_id,
        ruw=base64.b64encode(ontvangen.ruw).decode("ascii"),
        envelop={"ontvanger": ontvangen.ontvanger, "afzender": ontvangen.afzender},
        afzender=gelezen.afzender,
        onderwerp=gelezen.onderwerp,
        tekst=gelezen.tekst,
        diagnose=gelezen.diagnose,
        bijlagen=[asdict(bijlage) for bijlage in gelezen.bijlagen],
    )


def _received(row: Inkomend) -> events.InkomendReceived:
    return events.InkomendReceived(
        keten=row.keten,
        inkomend_id=row.id,
        kennisgeving_id=row.kennisgeving_id,
        bericht_id=row.bericht_id,
        dagoverzicht_id=row.dagoverzicht_id,
        soort=row.soort,
        code=row.code,
        band=row.band,
        gevolg=row.gevolg,
    )


def _uitslag(gelezen: Gelezen, gevolg: Mailgevolg) -> Uitslag:
    """A report as the outcome of an attempt. Whether TLS was used further on is not known."""
    again = _goes_again(gevolg)
    said = " ".join(part for part in (gelezen.code, gelezen.diagnose) if part)
    return Uitslag(
        resultaat=Pogingresultaat.TIJDELIJK if again else Pogingresultaat.GEWEIGERD,
        code=gelezen.smtp,
        antwoord=said or "De e-mail kwam terug.",
        tls=False,
    )
