"""Whether a document is genuine, and what it is worth today. Nothing personal comes out of here.

The codes are derived from the ids of the documents, so there is no table of codes to steal or to guess in.
"""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain.beantwoording import Geldigheid
from portal.domain.controle import DocumentSoort
from portal.domain.kenmerk import normalise_code
from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor
from portal.domain.status import Status
from portal.models import Kennisgeving, Pauzeverzoek
from portal.models.links import controlecode, document_id

_ENDED = (Status.INGETROKKEN, Status.BEEINDIGD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Controle:
    """What may be told of a genuine document. `dated_on` is its day, `eind_on` the last of the pause, if any."""

    soort: Soort | DocumentSoort
    stand: Geldigheid
    gemeente: str
    dated_on: date | None
    eind_on: date | None


def check(session: ScopedSession, kenmerk: str, code: str, today: date) -> Controle | None:
    """The document with this code in this case. None for every other pair, after the same two statements."""
    with session.acting_as(Actor.systeem()):
        verzoek = session.scalars(
            select(Pauzeverzoek)
            .where(Pauzeverzoek.kenmerk == kenmerk, Pauzeverzoek.status != Status.CONCEPT)
            .options(joinedload(Pauzeverzoek.gemeente))
        ).first()
        issued = session.scalars(
            select(Kennisgeving)
            .where(Kennisgeving.verzoek_id == (verzoek.id if verzoek else None))
            .order_by(Kennisgeving.issued_at, Kennisgeving.id)
        ).all()
        return _genuine(verzoek, issued, normalise_code(code), today) if verzoek else None


def _genuine(verzoek: Pauzeverzoek, issued: Sequence[Kennisgeving], code: str, today: date) -> Controle | None:
    gemeente = verzoek.gemeente.naam if verzoek.gemeente else ""
    for message in issued:
        if _is_code_of(message.id, code):
            same = [each for each in issued if each.sleutel == message.sleutel]
            return Controle(
                soort=message.soort,
                stand=message.geldigheid(same, today),
                gemeente=gemeente,
                dated_on=dutch_date(message.issued_at),
                eind_on=message.eind_on,
            )
    return next(_papers(verzoek, gemeente, code, today), None)


def _papers(verzoek: Pauzeverzoek, gemeente: str, code: str, today: date) -> Iterator[Controle]:
    """The documents of the hulpvrager. A Bewijs van aanmelding has no last day; a pauzekaart needs a pause."""
    ended = verzoek.status in _ENDED
    if _is_code_of(document_id(verzoek.id, DocumentSoort.BEWIJS_VAN_AANMELDING), code):
        yield Controle(
            soort=DocumentSoort.BEWIJS_VAN_AANMELDING,
            stand=Geldigheid.INGETROKKEN if verzoek.status is Status.INGETROKKEN else Geldigheid.GELDIG,
            gemeente=gemeente,
            dated_on=verzoek.meldingsdatum,
            eind_on=None,
        )
    if verzoek.eind_on and _is_code_of(document_id(verzoek.id, DocumentSoort.PAUZEKAART), code):
        over = Geldigheid.AFGELOPEN if today > verzoek.eind_on else Geldigheid.GELDIG
        yield Controle(
            soort=DocumentSoort.PAUZEKAART,
            stand=Geldigheid.INGETROKKEN if ended else over,
            gemeente=gemeente,
            dated_on=verzoek.start_on,
            eind_on=verzoek.eind_on,
        )


def _is_code_of(id: UUID, code: str) -> bool:
    return hmac.compare_digest(normalise_code(controlecode(id)).encode(), code.encode())
