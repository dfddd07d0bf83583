"""The queue of an organisatie: threatened first, then by legal deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload

from portal.domain.inkomend import TE_LEZEN
from portal.domain.kenmerk import normalise_kenmerk
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor
from portal.domain.status import OPEN, Status, Verzendstatus
from portal.models import Bericht, Inkomend, Kennisgeving, Melding, Pauzeverzoek
from portal.models.pauzeverzoek import search_index

PAGE = 25
"""Rows on one page of the queue."""

MAX_WORDS = 8
"""Words of a typed name that are looked at."""


class Baan(StrEnum):
    """The lanes of the queue."""

    DREIGEND = "dreigend"
    NIEUW = "nieuw"
    VAN_MIJ = "van_mij"
    BIJ_COLLEGAS = "bij_collegas"
    WACHT = "wacht_op_hulpvrager"
    BEZORGING_MISLUKT = "bezorging_mislukt"
    MAIL_LEZEN = "mail_lezen"
    MELDING = "melding"
    PER_POST = "per_post"
    ANTWOORD = "antwoord"
    LOPEND = "lopend"
    KLAAR = "klaar"


NOT_BY_HAND = (Kanaal.EMAIL, Kanaal.API)
"""Channels that leave by themselves, and may fail."""

_FINISHED = (Status.NIET_GOEDGEKEURD, Status.INGETROKKEN, Status.BEEINDIGD, Status.AFGELOPEN)


def _in_baan(baan: Baan, actor: Actor) -> ColumnElement[bool]:
    """What puts a case in a lane. A case can be in several."""
    v = Pauzeverzoek
    rules: dict[Baan, ColumnElement[bool]] = {
        Baan.DREIGEND: and_(v.status.in_(OPEN), v.dreigend),
        Baan.NIEUW: v.status == Status.INGEDIEND,
        Baan.VAN_MIJ: and_(v.status == Status.IN_BEHANDELING, v.behandelaar_id == actor.id),
        Baan.BIJ_COLLEGAS: and_(v.status == Status.IN_BEHANDELING, v.behandelaar_id.is_distinct_from(actor.id)),
        Baan.WACHT: v.status == Status.AANVULLING_GEVRAAGD,
        Baan.BEZORGING_MISLUKT: or_(
            v.id.in_(_with_kennisgeving(actor, Verzendstatus.NIET_BEZORGD, *NOT_BY_HAND)),
            v.id.in_(select(Bericht.verzoek_id).where(Bericht.is_untold)),
        ),
        Baan.MAIL_LEZEN: v.id.in_(_with_mail(actor)),
        Baan.MELDING: v.id.in_(select(Melding.verzoek_id).where(Melding.handled_at.is_(None))),
        Baan.PER_POST: v.id.in_(_with_kennisgeving(actor, Verzendstatus.KLAAR, Kanaal.BRIEF)),
        Baan.ANTWOORD: and_(v.status == Status.GOEDGEKEURD, v.id.in_(_with_unread_answer(actor))),
        Baan.LOPEND: v.status == Status.GOEDGEKEURD,
        Baan.KLAAR: v.status.in_(_FINISHED),
    }
    return rules[baan]


def _with_kennisgeving(actor: Actor, status: Verzendstatus, *kanalen: Kanaal) -> Select[UUID]:
    return select(Kennisgeving.verzoek_id).where(
        Kennisgeving.organisatie_id == actor.organisatie_id,
        Kennisgeving.kanaal.in_(kanalen),
        Kennisgeving.status == status,
    )


def _with_unread_answer(actor: Actor) -> Select[UUID]:
    return select(Kennisgeving.verzoek_id).where(
        Kennisgeving.organisatie_id == actor.organisatie_id, Kennisgeving.antwoord_unread
    )


def _with_mail(actor: Actor) -> Select[UUID | None]:
    """Cases with a received mail that somebody must still read."""
    return select(Inkomend.verzoek_id).where(
        Inkomend.organisatie_id == actor.organisatie_id,
        Inkomend.verzoek_id.is_not(None),
        Inkomend.handled_at.is_(None),
        Inkomend.gevolg.in_(TE_LEZEN),
    )


def counts(session: Session, actor: Actor) -> dict[Baan, int]:
    """How many cases each lane holds, in one statement."""
    columns = [func.count(case((_in_baan(baan, actor), 1))).label(baan.value) for baan in Baan]
    row = session.execute(
        select(*columns).where(
            Pauzeverzoek.organisatie_id == actor.organisatie_id, Pauzeverzoek.status != Status.CONCEPT
        )
    ).one()
    return {baan: getattr(row, baan.value) for baan in Baan}


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next page begins: behind this row."""

    kalm: bool
    voor: date
    id: UUID


def lane(session: Session, actor: Actor, baan: Baan, after: Cursor | None = None) -> Sequence[Pauzeverzoek]:
    """One page of a lane (PAGE + 1 rows at most: one more says that there is a next page).

    Threatened cases first, then by the date of the first conversation. Keyset paging: a page deep in the lane costs
    what the first one costs.
    """
    order = (~Pauzeverzoek.dreigend, Pauzeverzoek.eerste_gesprek_voor, Pauzeverzoek.id)
    statement = (
        select(Pauzeverzoek)
        .where(
            Pauzeverzoek.organisatie_id == actor.organisatie_id,
            Pauzeverzoek.status != Status.CONCEPT,
            _in_baan(baan, actor),
        )
        .options(joinedload(Pauzeverzoek.gemeente), joinedload(Pauzeverzoek.behandelaar))
        .order_by(*order)
        .limit(PAGE + 1)
    )
    if after is not None:
        statement = statement.where(tuple_(*order) > tuple_(after.kalm, after.voor, after.id))
    return session.scalars(statement).all()


def search(session: Session, actor: Actor, typed: str) -> Sequence[Pauzeverzoek]:
    """Cases by kenmerk, or by exact family name or birth date (ISO) through the keyed index. At most one page."""
    kenmerk = normalise_kenmerk(typed)
    found = Pauzeverzoek.kenmerk == kenmerk if kenmerk else _named_or_born(typed)
    if found is None:
        return []
    return session.scalars(
        select(Pauzeverzoek)
        .where(Pauzeverzoek.organisatie_id == actor.organisatie_id, Pauzeverzoek.status != Status.CONCEPT, found)
        .options(joinedload(Pauzeverzoek.gemeente), joinedload(Pauzeverzoek.behandelaar))
        .order_by(Pauzeverzoek.submitted_at.desc(), Pauzeverzoek.id)
        .limit(PAGE)
    ).all()


def _named_or_born(typed: str) -> ColumnElement[bool] | None:
    """The index holds the bare family name, so 'van der Meer' is tried as 'der Meer' and 'Meer' too. None for a
    text without a letter or digit, which would find every row without a name.
    """
    words = typed.split()[:MAX_WORDS]
    names = [index for at in range(len(words)) if (index := search_index("naam", " ".join(words[at:])))]
    if not names:
        return None
    return Pauzeverzoek.naam_index.in_(names) | (Pauzeverzoek.geboorte_index == search_index("geboren", typed))


def earlier_requests(session: Session, verzoek: Pauzeverzoek) -> Sequence[Pauzeverzoek]:
    """Other requests of somebody with the same name and birth date: shown to the reviewer, never a block."""
    if verzoek.naam_index is None or verzoek.geboorte_index is None:
        return []
    return session.scalars(
        select(Pauzeverzoek)
        .where(
            Pauzeverzoek.naam_index == verzoek.naam_index,
            Pauzeverzoek.geboorte_index == verzoek.geboorte_index,
            Pauzeverzoek.id != verzoek.id,
            Pauzeverzoek.status != Status.CONCEPT,
        )
        .order_by(Pauzeverzoek.submitted_at.desc())
        .limit(PAGE)
    ).all()
