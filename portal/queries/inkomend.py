"""What a received mail is about, and the received mails of a case or of nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from portal.domain.errors import NotFound
from portal.domain.inkomend import VAN_INVLOED, Gelezen, Mailband, Mailgevolg, Mailsoort, gevolg_of
from portal.domain.kennisgeving import Kanaal
from portal.domain.status import Pogingresultaat, Status, Verzendstatus
from portal.models import Bericht, BerichtKanaal, Dagoverzicht, Inkomend, Kennisgeving, Pauzeverzoek, Poging

Verzonden: TypeAlias = Kennisgeving | Bericht | Dagoverzicht

PAGE = 50
"""Rows of a list."""

MAX_OF_CASE = 200
"""Received mails that a case page shows at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoor:
    """What a mail is about: the message that was sent, the case, and what ties it to them. For a receipt there are two
    messages: itself, and the Kennisgeving that was answered. A digest has no case.
    """

    band: Mailband
    verzoek_id: UUID | None = None
    organisatie_id: UUID | None = None
    kennisgeving_id: UUID | None = None
    bericht_id: UUID | None = None
    dagoverzicht_id: UUID | None = None


def find(session: Session, gelezen: Gelezen) -> Spoor:
    """The strongest tie that leads anywhere: the delivery token, a message id, the kenmerk. A reply to a daily digest
    that names one case is about that case.
    """
    for band, column, values in (
        (Mailband.TOKEN, "envelope_token", gelezen.tokens),
        (Mailband.MESSAGE_ID, "message_id", gelezen.message_ids),
    ):
        message = _sent(session, column, values)
        if isinstance(message, Dagoverzicht):
            case = None if band is Mailband.TOKEN else _by_kenmerk(session, gelezen)
            return case or Spoor(band=band, dagoverzicht_id=message.id)
        if message is not None:
            return _spoor_of(session, band, message)
    return _by_kenmerk(session, gelezen) or Spoor(band=Mailband.GEEN)


def _sent(session: Session, column: str, values: Sequence[str]) -> Verzonden | None:
    """The message with one of these values, the first value that there is."""
    found: dict[str, Verzonden] = {}
    for model in (Bericht, Kennisgeving, Dagoverzicht):
        if values:
            rows = session.scalars(select(model).where(getattr(model, column).in_(values))).all()
            found |= {getattr(row, column): row for row in rows}
    return next((found[value] for value in values if value in found), None)


def _spoor_of(session: Session, band: Mailband, message: Kennisgeving | Bericht) -> Spoor:
    if isinstance(message, Kennisgeving):
        return Spoor(
            band=band,
            verzoek_id=message.verzoek_id,
            organisatie_id=message.organisatie_id,
            kennisgeving_id=message.id,
        )
    organisatie_id = session.scalar(select(Pauzeverzoek.organisatie_id).where(Pauzeverzoek.id == message.verzoek_id))
    return Spoor(
        band=band,
        verzoek_id=message.verzoek_id,
        organisatie_id=organisatie_id,
        kennisgeving_id=message.bevestigt_id,
        bericht_id=message.id,
    )


def _by_kenmerk(session: Session, gelezen: Gelezen) -> Spoor | None:
    """The one case that a mail names. A mail that names several is for somebody to look at: it may tell one
    organisatie about the case of another.
    """
    if len(gelezen.kenmerken) != 1:
        return None
    case = by_kenmerk(session, gelezen.kenmerken[0])
    if case is None:
        return None
    messages = session.scalars(
        select(Kennisgeving)
        .where(Kennisgeving.verzoek_id == case.verzoek_id, Kennisgeving.kanaal == Kanaal.EMAIL)
        .order_by(Kennisgeving.issued_at.desc(), Kennisgeving.id)
        .limit(MAX_OF_CASE)
    )
    of_sender = (each.id for each in messages if gelezen.afzender and (each.aan or "").lower() == gelezen.afzender)
    return Spoor(
        band=Mailband.KENMERK,
        verzoek_id=case.verzoek_id,
        organisatie_id=case.organisatie_id,
        kennisgeving_id=next(of_sender, None),
    )


def by_kenmerk(session: Session, kenmerk: str) -> Spoor | None:
    """The filed case with this kenmerk."""
    row = session.execute(
        select(Pauzeverzoek.id, Pauzeverzoek.organisatie_id).where(
            Pauzeverzoek.kenmerk == kenmerk, Pauzeverzoek.status != Status.CONCEPT
        )
    ).first()
    return Spoor(band=Mailband.KENMERK, verzoek_id=row.id, organisatie_id=row.organisatie_id) if row else None


def message(session: Session, spoor: Spoor) -> Verzonden | None:
    """The message that a mail is about, if it is about one."""
    if spoor.bericht_id is not None:
        return session.get(Bericht, spoor.bericht_id)
    if spoor.dagoverzicht_id is not None:
        return session.get(Dagoverzicht, spoor.dagoverzicht_id)
    return session.get(Kennisgeving, spoor.kennisgeving_id) if spoor.kennisgeving_id is not None else None


def decide(session: Session, gelezen: Gelezen, spoor: Spoor, message: Verzonden | None, waits: int) -> Mailgevolg:
    """What follows from a mail now, as its message stands. `waits` is how often a full mailbox is tried again."""
    wanted = gevolg_of(gelezen.soort, spoor.band)
    if wanted is Mailgevolg.LEZEN and spoor.dagoverzicht_id is not None:
        return Mailgevolg.UITZOEKEN  # by the landelijk beheerder: it may be about any of its cases
    if wanted not in VAN_INVLOED or message is None:
        return wanted
    if not _is_news(session, gelezen, message):
        return Mailgevolg.NIETS
    if isinstance(message, Bericht):
        return Mailgevolg.NIET_BEZORGD
    if wanted is Mailgevolg.LATER_OPNIEUW and times_full(session, message) >= waits:
        return Mailgevolg.NIET_BEZORGD
    return wanted


def _is_news(session: Session, gelezen: Gelezen, message: Verzonden) -> bool:
    """Whether this report is about how the message stands. A late one about an earlier address is not."""
    if message.kanaal not in {Kanaal.EMAIL, BerichtKanaal.EMAIL} or not message.may_come_back:
        return False
    refused = select(Poging.id).where(_attempt_of(message), Poging.resultaat == Pogingresultaat.GEWEIGERD).exists()
    if not session.scalar(select(refused)):
        return True
    unsaid = message.status is Verzendstatus.AANGEBODEN and not gelezen.ontvanger
    return unsaid or gelezen.ontvanger == (message.aan or "").lower()


def _attempt_of(message: Verzonden) -> ColumnElement[bool]:
    if isinstance(message, Kennisgeving):
        return Poging.kennisgeving_id == message.id
    return (Poging.dagoverzicht_id if isinstance(message, Dagoverzicht) else Poging.bericht_id) == message.id


def times_full(session: Session, message: Verzonden) -> int:
    """How often a message was sent again because the mailbox of its recipient was full; of a digest, how often that
    mailbox was while something in it went along.
    """
    if isinstance(message, Dagoverzicht):
        return _digests_before(session, message)
    found = select(func.count()).where(
        Inkomend.kennisgeving_id == message.id,
        Inkomend.soort == Mailsoort.POSTVAK_VOL,
        Inkomend.gevolg == Mailgevolg.LATER_OPNIEUW,
    )
    return session.scalar(found) or 0


def _digests_before(session: Session, digest: Dagoverzicht) -> int:
    """How often what went along longest was handed over before this digest."""
    handed_over = (
        select(func.count())
        .select_from(Poging)
        .join(Kennisgeving, Kennisgeving.id == Poging.kennisgeving_id)
        .where(
            Kennisgeving.dagoverzicht_id == digest.id,
            Poging.resultaat == Pogingresultaat.AANGEBODEN,
            Poging.at < digest.issued_at,
        )
        .group_by(Kennisgeving.id)
        .order_by(func.count().desc())
        .limit(1)
    )
    return session.scalar(handed_over) or 0


# --- what is there --------------------------------------------------------------------------------


def is_kept(session: Session, sha256: str) -> bool:
    """Whether the very same mail came before."""
    return bool(session.scalar(select(exists().where(Inkomend.sha256 == sha256))))


def of_case(session: Session, verzoek_id: UUID) -> Sequence[Inkomend]:
    """The mails received about a case, newest first."""
    return session.scalars(
        select(Inkomend)
        .where(Inkomend.verzoek_id == verzoek_id)
        .order_by(Inkomend.received_at.desc(), Inkomend.id)
        .limit(MAX_OF_CASE)
    ).all()


def one(session: Session, inkomend_id: UUID, verzoek_id: UUID | None) -> Inkomend:
    """One mail of this case, or of no case. Raises NotFound."""
    found = session.get(Inkomend, inkomend_id)
    if found is None or found.verzoek_id != verzoek_id:
        raise NotFound(f"inkomend {inkomend_id}")
    return found


def unknown(session: Session, limit: int = PAGE + 1) -> Sequence[Inkomend]:
    """Mails that belong to no case: those that nobody looked at first, oldest first, then the others, newest first."""
    waiting = Inkomend.handled_at.is_(None) & (Inkomend.gevolg == Mailgevolg.UITZOEKEN)
    order = (waiting.desc(), Inkomend.received_at.desc(), Inkomend.id)
    return session.scalars(select(Inkomend).where(Inkomend.verzoek_id.is_(None)).order_by(*order).limit(limit)).all()
