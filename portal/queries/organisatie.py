"""The own organisatie: its data, the gemeenten it works for, and its staff."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import any_, func, or_, select
from sqlalchemy.orm import Session

from portal.domain.errors import NotFound
from portal.domain.roles import REVIEWERS
from portal.models import Deelname, Gemeente, Medewerker, Organisatie, Sessie, Uitnodiging

MAX_GEMEENTEN = 400
"""Rows at most; the Netherlands have 342 gemeenten."""

MAX_MEDEWERKERS = 500
"""Rows at most. Assumption: an organisatie with more staff wants a search first."""


@dataclass(frozen=True, slots=True)
class Collega:
    """A member of staff, the number of browsers in which he is signed in now, and the mailed link that waits."""

    medewerker: Medewerker
    sessies: int
    uitnodiging: Uitnodiging | None


def load(session: Session, organisatie_id: UUID | None) -> Organisatie:
    """One organisatie. Raises NotFound."""
    organisatie = session.get(Organisatie, organisatie_id) if organisatie_id else None
    if organisatie is None:
        raise NotFound(f"organisatie {organisatie_id}")
    return organisatie


def logo_png(session: Session, sha256: str) -> bytes:
    """The logo with this hash, whosever it is: it stands on pages for everybody. Raises NotFound."""
    wanted = select(Organisatie.logo_png).where(Organisatie.logo_sha256 == sha256).order_by(Organisatie.id).limit(1)
    found = session.scalar(wanted)
    if found is None:
        raise NotFound(f"logo {sha256}")
    return found


def gemeenten(session: Session, organisatie_id: UUID) -> Sequence[tuple[Gemeente, Deelname]]:
    """The gemeenten that it works for, worked for or will work for, by name and then by date."""
    rows = session.execute(
        select(Gemeente, Deelname)
        .join(Deelname, Deelname.gemeente_code == Gemeente.code)
        .where(Deelname.organisatie_id == organisatie_id)
        .order_by(Gemeente.naam, Deelname.geldig_vanaf)
        .limit(MAX_GEMEENTEN)
    )
    return [(row.Gemeente, row.Deelname) for row in rows]


def gemeenten_now(session: Session, organisatie_id: UUID | None) -> Sequence[Gemeente]:
    """The gemeenten whose cases it may hold, each once, by name."""
    return session.scalars(
        select(Gemeente)
        .where(Gemeente.code.in_(select(Deelname.gemeente_code).where(Deelname.organisatie_id == organisatie_id)))
        .order_by(Gemeente.naam, Gemeente.code)
        .limit(MAX_GEMEENTEN)
    ).all()


def reviewers(session: Session, organisatie_id: UUID | None) -> Sequence[Medewerker]:
    """Who decides on its cases now, by name."""
    return session.scalars(
        select(Medewerker)
        .where(Medewerker.organisatie_id == organisatie_id, Medewerker.actief)
        .where(or_(*(any_(Medewerker.rollen) == str(role) for role in REVIEWERS)))
        .order_by(Medewerker.naam, Medewerker.id)
        .limit(MAX_MEDEWERKERS)
    ).all()


def medewerkers(session: Session, organisatie_id: UUID, now: datetime) -> list[Collega]:
    """Its staff by name, who can sign in first."""
    live = (
        select(Sessie.medewerker_id, func.count().label("aantal"))
        .where(Sessie.revoked_at.is_(None), Sessie.expires_at > now)
        .group_by(Sessie.medewerker_id)
        .subquery()
    )
    rows = session.execute(
        select(Medewerker, func.coalesce(live.c.aantal, 0).label("aantal"))
        .outerjoin(live, live.c.medewerker_id == Medewerker.id)
        .where(Medewerker.organisatie_id == organisatie_id)
        .order_by(Medewerker.actief.desc(), Medewerker.naam, Medewerker.id)
        .limit(MAX_MEDEWERKERS)
    )
    found = [(row.Medewerker, row.aantal) for row in rows]
    waiting = _waiting_links(session, [medewerker.id for medewerker, _ in found])
    return [Collega(medewerker, aantal, waiting.get(medewerker.id)) for medewerker, aantal in found]


def _waiting_links(session: Session, ids: list[UUID]) -> dict[UUID, Uitnodiging]:
    """The link of each that was not used yet, also when it is too old."""
    rows = session.scalars(
        select(Uitnodiging)
        .where(Uitnodiging.medewerker_id.in_(ids), Uitnodiging.used_at.is_(None), Uitnodiging.revoked_at.is_(None))
        .order_by(Uitnodiging.created_at)
    )
    return {each.medewerker_id: each for each in rows}


def collega(session: Session, medewerker_id: UUID) -> Medewerker:
    """One member of staff, as far as the actor sees him. Raises NotFound."""
    medewerker = session.get(Medewerker, medewerker_id)
    if medewerker is None:
        raise NotFound(f"medewerker {medewerker_id}")
    return medewerker


def by_email(session: Session, email: str) -> Medewerker:
    """The member of staff who signs in with this address. Raises NotFound."""
    found = session.scalars(select(Medewerker).where(Medewerker.email == email.strip().casefold())).first()
    if found is None:
        raise NotFound(f"medewerker {email}")
    return found


def names(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of members of staff, as far as the actor sees them."""
    rows = session.execute(select(Medewerker.id, Medewerker.naam).where(Medewerker.id.in_(set(ids))))
    return {row.id: row.naam for row in rows}
