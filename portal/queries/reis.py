"""Where a hulpvrager is in the journey: what every page of it needs, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.domain import stappen
from portal.domain.antwoorden import MAX_SCHULDEN, Antwoorden
from portal.domain.errors import NotFound
from portal.domain.stappen import Omgeving
from portal.domain.status import Status
from portal.models import Pauzeverzoek, Schuld
from portal.queries import gemeenten
from portal.queries.gemeenten import Route


@dataclass(frozen=True, slots=True)
class Reis:
    """A pauzeverzoek without what hangs on it, and its gemeente: of a concept where it would go on this day, once filed
    the one that has it.
    """

    verzoek: Pauzeverzoek
    route: Route | None
    today: date

    @property
    def antwoorden(self) -> Antwoorden:
        antwoorden: Antwoorden = self.verzoek.antwoorden
        return antwoorden

    @property
    def omgeving(self) -> Omgeving:
        return Omgeving(self.today, self.route is not None and self.route.doet_mee)

    @property
    def is_concept(self) -> bool:
        return self.verzoek.status is Status.CONCEPT

    @property
    def may_answer(self) -> bool:
        return self.verzoek.may_answer

    @property
    def first_open(self) -> str:
        return stappen.first_open(self.antwoorden, self.omgeving)

    def may_open(self, slug: str) -> bool:
        return stappen.may_open(slug, self.antwoorden, self.omgeving)

    def before(self, slug: str) -> str | None:
        return stappen.before(slug, self.antwoorden, self.omgeving)


def load(session: Session, verzoek_id: UUID, today: date) -> Reis:
    """The journey of one pauzeverzoek. Raises NotFound."""
    verzoek = session.scalars(
        select(Pauzeverzoek)
        .where(Pauzeverzoek.id == verzoek_id)
        .options(joinedload(Pauzeverzoek.gemeente), joinedload(Pauzeverzoek.organisatie))
    ).first()
    if verzoek is None:
        raise NotFound(f"pauzeverzoek {verzoek_id}")
    return Reis(verzoek, route_of(session, verzoek, today), today)


def route_of(session: Session, verzoek: Pauzeverzoek, today: date) -> Route | None:
    """Where it is, or where it would go on this day. Needs the case with its gemeente and organisatie.

    A merger after filing moves nothing: the case stays with the organisatie that received it.
    """
    if verzoek.gemeente is not None:
        return Route(verzoek.gemeente, verzoek.organisatie)
    return gemeenten.route(session, verzoek.antwoorden.get("gemeente", {}).get("code"), today)


def schulden(session: Session, verzoek_id: UUID) -> Sequence[Schuld]:
    """What the person told of each schuld, in the order of telling."""
    return session.scalars(
        select(Schuld).where(Schuld.verzoek_id == verzoek_id).order_by(Schuld.volgnummer).limit(MAX_SCHULDEN)
    ).all()


def schuld(session: Session, verzoek_id: UUID, schuld_id: UUID) -> Schuld:
    """One schuld as it was told. Raises NotFound."""
    found = session.scalars(select(Schuld).where(Schuld.verzoek_id == verzoek_id, Schuld.id == schuld_id)).first()
    if found is None:
        raise NotFound(f"schuld {schuld_id}")
    return found
