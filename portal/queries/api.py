"""Who calls the API, and what a schuldeiser may fetch there: its own Kennisgevingen and nobody else's."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload

from portal.db.engine import ScopedSession
from portal.domain.errors import NotFound
from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor
from portal.domain.status import Verzendstatus
from portal.models import ApiClient, ApiToken, Brief, Kennisgeving, Schuldeiser, Webhook
from portal.queries.antwoord import is_followed_by

MAX_PAGE = 100
"""Kennisgevingen in one answer."""

MAX_CLIENTS = 1000

CURSOR_LENGTH = 32
"""Signs of a cursor: 24 bytes in base64. Every such text is a cursor, so none can be wrong."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MICROSECOND = 253_402_300_799_999_999  # of the year 9999, after which PostgreSQL and Python disagree


@dataclass(frozen=True, slots=True)
class Aanroeper:
    """The client behind a request, and the schuldeiser it speaks for."""

    client_id: UUID
    schuldeiser_id: UUID


@dataclass(frozen=True, slots=True)
class Pagina:
    """Some Kennisgevingen in the order of issue, and the cursor after the last when there are more."""

    rijen: Sequence[Kennisgeving]
    volgende: str | None


def find_aanroeper(session: ScopedSession, token_sha256: bytes, now: datetime) -> Aanroeper | None:
    """Whose token this is. None when unknown, expired, of a revoked client, or of a schuldeiser that is not active."""
    with session.acting_as(Actor.systeem()):
        row = session.execute(
            select(ApiClient.id, ApiClient.schuldeiser_id)
            .join(ApiToken, ApiToken.client_id == ApiClient.id)
            .join(Schuldeiser, Schuldeiser.id == ApiClient.schuldeiser_id)
            .where(
                ApiToken.token_sha256 == token_sha256,
                ApiToken.expires_at > now,
                ApiClient.revoked_at.is_(None),
                Schuldeiser.actief,
            )
        ).first()
    return Aanroeper(*row) if row else None


def geheim_of(session: ScopedSession, client_id: UUID) -> bytes | None:
    """The SHA-256 of the secret of a live client, or None."""
    with session.acting_as(Actor.systeem()):
        return session.scalars(
            select(ApiClient.geheim_sha256).where(ApiClient.id == client_id, ApiClient.revoked_at.is_(None))
        ).first()


def clients(session: ScopedSession) -> Sequence[ApiClient]:
    """Every client with its schuldeiser, by name: all for the operator, the landelijke for the landelijk beheerder."""
    return session.scalars(
        select(ApiClient)
        .join(ApiClient.schuldeiser)
        .options(contains_eager(ApiClient.schuldeiser))
        .order_by(Schuldeiser.naam, ApiClient.created_at, ApiClient.id)
        .limit(MAX_CLIENTS)
    ).all()


def client(session: ScopedSession, client_id: UUID) -> ApiClient:
    """One client with its schuldeiser. Raises NotFound."""
    found = session.get(ApiClient, client_id, options=[joinedload(ApiClient.schuldeiser)])
    if found is None:
        raise NotFound(f"client {client_id}")
    return found


def webhook(session: ScopedSession, client_id: UUID) -> Webhook | None:
    """Where this client is called, if anywhere."""
    return session.get(Webhook, client_id)


def webhooks(session: ScopedSession, client_ids: Iterable[UUID]) -> dict[UUID, Webhook]:
    """The same for many clients."""
    found = session.scalars(select(Webhook).where(Webhook.id.in_(client_ids)).order_by(Webhook.id).limit(MAX_CLIENTS))
    return {each.id: each for each in found}


def page(session: ScopedSession, *, acknowledged: bool | None, after: str | None, limit: int) -> Pagina:
    """The own Kennisgevingen after a cursor; only those that were (not) acknowledged, or with None all of them."""
    statement = select(Kennisgeving).where(_available(session))
    if acknowledged is not None:
        known = Kennisgeving.acknowledged_at
        statement = statement.where(known.is_not(None) if acknowledged else known.is_(None))
    if after is not None:
        statement = statement.where(tuple_(Kennisgeving.issued_at, Kennisgeving.id) > tuple_(*_read_cursor(after)))
    rows = session.scalars(statement.order_by(Kennisgeving.issued_at, Kennisgeving.id).limit(limit + 1)).all()
    shown = rows[:limit]
    return Pagina(shown, _cursor(shown[-1]) if len(rows) > limit else None)


def one(session: ScopedSession, kennisgeving_id: UUID) -> Kennisgeving:
    """One of the own Kennisgevingen. Raises NotFound."""
    found = session.scalars(select(Kennisgeving).where(_available(session), Kennisgeving.id == kennisgeving_id)).first()
    if found is None:
        raise NotFound(f"kennisgeving {kennisgeving_id}")
    return found


def letter(session: ScopedSession, kennisgeving_id: UUID) -> Brief | None:
    """The letter of one of the own Kennisgevingen; None as long as the worker has not made it. Raises NotFound."""
    return session.get(Brief, one(session, kennisgeving_id).id)


def _available(session: ScopedSession) -> ColumnElement[bool]:
    """What the recipient may know of: see `Kennisgeving.may_have_arrived`. A lapsed message is gone from here too, and
    so is what was called back: it went to the wrong party, who finds the intrekking only.
    """
    return and_(
        Kennisgeving.schuldeiser_id == session.actor.id,
        Kennisgeving.status != Verzendstatus.VERVALLEN,
        or_(Kennisgeving.status == Verzendstatus.AANGEBODEN, Kennisgeving.attempt_started_at.is_not(None)),
        ~is_followed_by(Soort.INTREKKING),
    )


def _cursor(row: Kennisgeving) -> str:
    micros = (row.issued_at - _EPOCH) // timedelta(microseconds=1)
    return urlsafe_b64encode(micros.to_bytes(8) + row.id.bytes).decode("ascii")


def _read_cursor(text: str) -> tuple[datetime, UUID]:
    raw = urlsafe_b64decode(text)
    micros = min(int.from_bytes(raw[:8]), _LAST_MICROSECOND)
    return _EPOCH + timedelta(microseconds=micros), UUID(bytes=raw[8:])
