"""A page of a lane of the queue, and the search: by default threatened first, then by legal deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.orm import Session, joinedload

from portal.domain.baan import Baan
from portal.domain.kenmerk import normalise_kenmerk
from portal.domain.roles import Actor
from portal.domain.status import Status
from portal.models import Partner, Pauzeverzoek
from portal.models.zoekindex import search_index
from portal.queries.banen import ALLES, Keuze, in_baan

PAGE = 25
"""Rows on one page of the queue."""

MAX_WORDS = 8
"""Words of a typed name that are looked at."""


class Volgorde(StrEnum):
    """The orders in which a lane can be read."""

    TERMIJN = "termijn"
    LANGST = "langst"
    NIEUWST = "nieuwst"
    BELLEN = "bellen"
    EINDE = "einde"
    GESLOTEN = "gesloten"


VOLGORDEN: dict[Baan, tuple[Volgorde, ...]] = {
    Baan.TERUGBELLEN: (Volgorde.BELLEN,),
    Baan.NIET_INGELICHT: (Volgorde.EINDE,),
    Baan.BIJNA_AFGELOPEN: (Volgorde.EINDE, Volgorde.LANGST, Volgorde.NIEUWST),
    Baan.SCHULDHULP: (Volgorde.TERMIJN,),
    Baan.LOPEND: (Volgorde.EINDE, Volgorde.LANGST, Volgorde.NIEUWST),
    Baan.KLAAR: (Volgorde.GESLOTEN,),
}
"""The orders of a lane that has its own, the usual one first. Each is one that an index can follow."""

_USUAL = (Volgorde.TERMIJN, Volgorde.LANGST, Volgorde.NIEUWST)

Plek: TypeAlias = tuple[Any, ...]
"""Where a page of a lane ends: the values that its order looks at, and the id."""


@dataclass(frozen=True, slots=True)
class _Sleutel:
    """What an order looks at before the id: attributes with their types, and whether it goes down."""

    parts: tuple[tuple[str, type], ...]
    down: bool = False

    @property
    def columns(self) -> tuple[ColumnElement[Any], ...]:
        return (*(getattr(Pauzeverzoek, name) for name, _ in self.parts), Pauzeverzoek.id)


_SLEUTELS = {
    Volgorde.TERMIJN: _Sleutel((("is_kalm", bool), ("termijn_voor", date))),
    Volgorde.LANGST: _Sleutel((("meldingsdatum", date),)),
    Volgorde.NIEUWST: _Sleutel((("meldingsdatum", date),), down=True),
    Volgorde.BELLEN: _Sleutel((("bellen_voor", date),)),
    Volgorde.EINDE: _Sleutel((("eind_on", date),)),
    Volgorde.GESLOTEN: _Sleutel((("changed_at", datetime),), down=True),
}


def orders(baan: Baan) -> tuple[Volgorde, ...]:
    """The orders in which this lane can be read, the usual one first."""
    return VOLGORDEN.get(baan, _USUAL)


def lane(
    session: Session,
    actor: Actor,
    baan: Baan,
    after: Plek | None = None,
    *,
    keuze: Keuze = ALLES,
    volgorde: Volgorde | None = None,
) -> Sequence[Pauzeverzoek]:
    """One page of a lane (PAGE + 1 rows at most: one more says that there is a next page).

    Keyset paging: a page deep in the lane costs what the first one costs.
    """
    sleutel = _SLEUTELS[volgorde or orders(baan)[0]]
    columns = sleutel.columns
    statement = (
        select(Pauzeverzoek)
        .where(in_baan(baan, actor, keuze))
        .options(joinedload(Pauzeverzoek.gemeente), joinedload(Pauzeverzoek.behandelaar))
        .order_by(*(column.desc() for column in columns) if sleutel.down else columns)
        .limit(PAGE + 1)
    )
    if after is not None:
        here, there = tuple_(*columns), tuple_(*after)
        statement = statement.where(here < there if sleutel.down else here > there)
    return session.scalars(statement).all()


def place(verzoek: Pauzeverzoek, volgorde: Volgorde) -> str:
    """Where a page that ends with this case ends, as text."""
    values = [getattr(verzoek, name) for name, _ in _SLEUTELS[volgorde].parts]
    return (
        "_".join(str(int(each)) if isinstance(each, bool) else each.isoformat() for each in values) + f"_{verzoek.id}"
    )


def read_place(text: str, volgorde: Volgorde) -> Plek:
    """The other way round. Raises ValueError when it is not such a text."""
    types = [kind for _, kind in _SLEUTELS[volgorde].parts]
    return tuple(_READ[kind](part) for kind, part in zip([*types, UUID], text.split("_"), strict=True))


_READ: dict[type, Any] = {
    bool: lambda text: bool(("0", "1").index(text)),
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    UUID: UUID,
}


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
    born = search_index("geboren", typed)
    of_partner = select(Partner.verzoek_id).where(Partner.naam_index.in_(names) | (Partner.geboorte_index == born))
    return Pauzeverzoek.naam_index.in_(names) | (Pauzeverzoek.geboorte_index == born) | Pauzeverzoek.id.in_(of_partner)


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
