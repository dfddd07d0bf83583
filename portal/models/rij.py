"""The rows of a case that the audit trail proves: to which chain each belongs, and its fingerprint.

The fingerprint is a keyed hash over every column, so that the trail recognises what it may not tell. Keyed, because an
address or an answer is soon guessed from a plain hash. Sealed values count as what they say, whatever the key they are
sealed under.
"""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.feit import as_fact
from portal.domain.keten import canonical
from portal.models.aanmeldbewijs import Aanmeldbewijs
from portal.models.beantwoording import Beantwoording
from portal.models.bericht import Aanvulling, Bericht
from portal.models.brief import Brief
from portal.models.datalek import Datalek
from portal.models.doorsturing import Doorsturing
from portal.models.foto import Foto
from portal.models.frozen import Poging
from portal.models.inkomend import Inkomend
from portal.models.kennisgeving import Kennisgeving
from portal.models.melding import Melding
from portal.models.notitie import Notitie, Registercontrole
from portal.models.partner import Partner, Partnertoestemming
from portal.models.pauzeverzoek import Pauzeverzoek
from portal.models.schuld import Schuld, Schuldpartij
from portal.models.sealed import keyring, sealed_attributes
from portal.models.toestemming import Toestemming

ONBEWEZEN: Mapping[type[Any], frozenset[str]] = {
    # A counter and the time of the last change: the chain tells both.
    Pauzeverzoek: frozenset({"versie", "changed_at"}),
    Toestemming: frozenset(),
    Partner: frozenset(),
    Partnertoestemming: frozenset(),
    Schuld: frozenset(),
    Schuldpartij: frozenset(),
    Foto: frozenset(),
    Aanvulling: frozenset(),
    # Up to where the giver keeps the trail: known only when the last entry is stored.
    Doorsturing: frozenset({"volgnummer"}),
    Melding: frozenset(),
    Datalek: frozenset(),
    Notitie: frozenset(),
    Registercontrole: frozenset(),
    # A hand-over that was begun and has no outcome yet; the digest that it waits in.
    Kennisgeving: frozenset({"attempt_started_at", "dagoverzicht_id"}),
    # The same; whether the Bewijs van aanmelding goes along, which the hash of the mail tells.
    Bericht: frozenset({"attempt_started_at", "met_bewijs"}),
    Brief: frozenset(),
    Aanmeldbewijs: frozenset(),
    Beantwoording: frozenset(),
    Poging: frozenset(),
    # A digest is forgotten before what came back on it.
    Inkomend: frozenset({"dagoverzicht_id"}),
}
"""Table of a case → its columns that may change without a word in the trail. A test finds exactly these unnoticed."""


def keten_of(session: Session, row: Any) -> UUID | None:
    """The chain of its case; None for a row that belongs to none (yet)."""
    match row:
        case Pauzeverzoek():
            return row.id
        case Schuldpartij():
            return _keten(session.get(Schuld, row.schuld_id))
        case Brief():
            return _keten(session.get(Kennisgeving, row.id))
        case Beantwoording():
            return _keten(session.get(Kennisgeving, row.kennisgeving_id))
        case Poging():
            return _keten(
                session.get(Kennisgeving, row.kennisgeving_id)
                if row.kennisgeving_id
                else session.get(Bericht, row.bericht_id)
                if row.bericht_id
                else None
            )
        case _:
            return _keten(row)


def _keten(row: Any) -> UUID | None:
    return None if row is None else row.verzoek_id


def rij(row: Any) -> str:
    """How the trail names a row."""
    return f"{row.__tablename__}:{row.id}"


def vingerafdruk(row: Any) -> str:
    """Of all that is filled in a row, but `ONBEWEZEN`: a new column that starts as NULL or false changes nothing.

    Raises InvalidTag or KeyError when a sealed value was changed.
    """
    sealed = {attribute.column: attribute.name for attribute in sealed_attributes(type(row))}
    names = (column.key for column in row.__table__.columns if column.key not in ONBEWEZEN[type(row)])
    values = {name: _plain(getattr(row, sealed.get(name, name))) for name in names}
    filled = {name: value for name, value in values.items() if value is not None and value is not False}
    return keyring().index(f"rij:{row.__tablename__}", canonical(filled)).hex()


def _plain(value: Any) -> Any:
    match value:
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case dict() | list():
            return value
        case _:
            return as_fact(value)
