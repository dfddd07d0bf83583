"""Who may call the API: clients of a schuldeiser, kept by the landelijk beheerder or the operator, and their tokens.

A secret is 256 bits of chance, so its plain SHA-256 is enough: there is nothing to guess (unlike a password).
"""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, delete, select, update

from portal.actions.work import Work, unit_of_work
from portal.db.engine import Database, ScopedSession
from portal.domain import events
from portal.domain.errors import BestaatAl, NotAllowed, NotFound
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor, ActorKind, Role
from portal.models import ApiClient, ApiToken, Schuldeiser, Webhook


def sha256(secret: str) -> bytes:
    """What is stored of a secret or a token."""
    return hashlib.sha256(secret.encode()).digest()


def add_client(session: ScopedSession, actor: Actor, schuldeiser_id: UUID, naam: str) -> tuple[UUID, str]:
    """A new client of an active landelijke entry; returns its id and its secret, to be shown once. Raises NotFound,
    NotAllowed, and BestaatAl when the entry has a live client of this name.
    """
    _expect_may_keep(actor)
    with unit_of_work(session, actor) as work:
        entry = work.load_for_update(Schuldeiser, schuldeiser_id)
        if entry.organisatie_id is not None or not entry.actief:
            raise NotFound(f"landelijke schuldeiser {schuldeiser_id}")
        if session.scalars(_live(schuldeiser_id).where(ApiClient.naam == naam)).first() is not None:
            raise BestaatAl(f"client {naam}")
        return _new_client(work, schuldeiser_id, naam)


def _expect_may_keep(actor: Actor) -> None:
    landelijk = Role.LANDELIJK_BEHEERDER in actor.roles and actor.organisatie_id is None
    if actor.kind is not ActorKind.SYSTEEM and not landelijk:
        raise NotAllowed("keep clients of the API")


def _live(schuldeiser_id: UUID) -> Select[UUID]:
    return select(ApiClient.id).where(ApiClient.schuldeiser_id == schuldeiser_id, ApiClient.revoked_at.is_(None))


def ensure_client(session: ScopedSession, schuldeiser_id: UUID, naam: str) -> tuple[UUID, str | None]:
    """The live client of an entry; with its secret when it had none and one was made."""
    with unit_of_work(session, Actor.systeem()) as work:
        found = session.scalars(_live(schuldeiser_id).order_by(ApiClient.created_at)).first()
        return (found, None) if found else _new_client(work, schuldeiser_id, naam)


def _new_client(work: Work, schuldeiser_id: UUID, naam: str) -> tuple[UUID, str]:
    geheim = secrets.token_urlsafe(32)
    client = ApiClient(schuldeiser_id=schuldeiser_id, naam=naam, geheim_sha256=sha256(geheim), created_at=work.now)
    work.add(client)
    work.record(events.ApiClientAdded(keten=LANDELIJK, client_id=client.id, schuldeiser_id=schuldeiser_id))
    return client.id, geheim


def revoke_client(session: ScopedSession, actor: Actor, client_id: UUID) -> None:
    """From now on neither secret nor tokens of this client work, and it is not called. Raises NotFound, NotAllowed."""
    _expect_may_keep(actor)
    with unit_of_work(session, actor) as work:
        client = work.load_for_update(ApiClient, client_id)
        if client.revoked_at is not None:
            raise NotFound(f"client {client_id} in use")
        client.revoked_at = work.now
        session.execute(delete(Webhook).where(Webhook.id == client_id))
        work.record(events.ApiClientRevoked(keten=LANDELIJK, client_id=client.id, schuldeiser_id=client.schuldeiser_id))


def open_token(session: ScopedSession, client_id: UUID, token: str, lifetime_seconds: int) -> None:
    """Let this token speak for a client. Like a session it leaves no event; the client's acts do."""
    with unit_of_work(session, Actor.systeem()) as work:
        expires_at = work.now + timedelta(seconds=lifetime_seconds)
        work.add(ApiToken(client_id=client_id, token_sha256=sha256(token), expires_at=expires_at))
        session.execute(update(ApiClient).where(ApiClient.id == client_id).values(last_used_at=work.now))


def forget_tokens(database: Database) -> None:
    """Delete the tokens that ran out."""
    with database.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        session.execute(delete(ApiToken).where(ApiToken.expires_at < work.now))
