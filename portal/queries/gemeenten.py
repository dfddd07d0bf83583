"""Which gemeente, and who works for it on a given day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.models import Deelname, Gemeente, Organisatie
from portal.models.sealed import fold

MAX_CHOICES = 8
"""Names offered when a typed name fits more than one gemeente."""

ALIKE = 0.65
"""Likeness (0..1, difflib) from which a name is offered for one that is spelled otherwise: 'Utreg' for Utrecht.

Lower, the name of a village brings gemeenten at the other end of the country.
"""

SPREEKNAMEN = {"Den Haag": "GM0518", "Den Bosch": "GM0796"}
"""What everybody calls a gemeente whose official name is another."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a request goes on a day: the gemeente that exists then, and its organisatie, or None when it takes no
    part.
    """

    gemeente: Gemeente
    organisatie: Organisatie | None

    @property
    def doet_mee(self) -> bool:
        return self.organisatie is not None


def all_gemeenten(session: Session) -> Sequence[Gemeente]:
    """Every gemeente that a person may name, by name: also one that was merged, because people keep using its name."""
    return session.scalars(select(Gemeente).order_by(Gemeente.naam).limit(500)).all()


def route(session: Session, code: str | None, day: date) -> Route | None:
    """Follow mergers to the gemeente that exists on a day, and find who works for it. None for an unknown code."""
    gemeente = session.get(Gemeente, code) if code else None
    while gemeente is not None and not gemeente.exists_on(day):
        gemeente = session.get(Gemeente, gemeente.opvolger) if gemeente.opvolger else None
    return Route(gemeente, _organisatie(session, gemeente.code, day)) if gemeente else None


def taking_part(session: Session, day: date) -> Sequence[Gemeente]:
    """The gemeenten that exist on a day and have an organisatie then, by name."""
    found = session.scalars(
        select(Gemeente)
        .join(Deelname)
        .where(Deelname.geldig_vanaf <= day, or_(Deelname.geldig_tot.is_(None), Deelname.geldig_tot > day))
        .order_by(Gemeente.naam)
        .distinct()
        .limit(500)
    )
    return [gemeente for gemeente in found if gemeente.exists_on(day)]


def names_of(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """The names of these gemeenten by their codes. No statement for none."""
    wanted = set(codes)
    if not wanted:
        return {}
    rows = session.execute(select(Gemeente.code, Gemeente.naam).where(Gemeente.code.in_(wanted)))
    return {row.code: row.naam for row in rows}


def _organisatie(session: Session, code: str, day: date) -> Organisatie | None:
    return session.scalars(
        select(Organisatie)
        .join(Deelname)
        .where(
            Deelname.gemeente_code == code,
            Deelname.geldig_vanaf <= day,
            or_(Deelname.geldig_tot.is_(None), Deelname.geldig_tot > day),
        )
        .order_by(Deelname.geldig_vanaf.desc())
        .limit(1)
    ).first()


def search(session: Session, typed: str) -> list[Gemeente]:
    """The gemeenten that a typed name may mean: the exact one alone, else those that contain it, else look-alikes."""
    gemeenten = all_gemeenten(session)
    by_code = {gemeente.code: gemeente for gemeente in gemeenten}
    by_name = {fold(gemeente.naam): gemeente for gemeente in gemeenten}
    by_name |= {fold(naam): by_code[code] for naam, code in SPREEKNAMEN.items() if code in by_code}
    wanted = fold(typed)
    if not wanted:
        return []
    if wanted in by_name:
        return [by_name[wanted]]
    names = [name for name in by_name if wanted in name] or get_close_matches(wanted, by_name, MAX_CHOICES, ALIKE)
    return list(dict.fromkeys(by_name[name] for name in names))[:MAX_CHOICES]


def is_name_of(gemeente: Gemeente, typed: str) -> bool:
    """Whether a typed text is a whole name of this gemeente, official or spoken."""
    return fold(typed) in _names_of(gemeente)


def is_in_name_of(gemeente: Gemeente, typed: str) -> bool:
    """Whether a typed text is a part of a name of this gemeente, and does not only look like it."""
    return any(fold(typed) in naam for naam in _names_of(gemeente))


def _names_of(gemeente: Gemeente) -> set[str]:
    """Folded, official and spoken."""
    spoken = [naam for naam, code in SPREEKNAMEN.items() if code == gemeente.code]
    return {fold(naam) for naam in (gemeente.naam, *spoken)}


def names(session: Session) -> list[str]:
    """Every name to offer while somebody types, official and spoken, in alphabetical order."""
    return sorted([*(gemeente.naam for gemeente in all_gemeenten(session)), *SPREEKNAMEN], key=fold)
