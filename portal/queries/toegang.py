"""Who is behind a session cookie."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from portal.db.engine import ScopedSession
from portal.domain.roles import Actor, ActorKind
from portal.models import Medewerker, Sessie, SessieSoort, Werksessie
from portal.models.sealed import keyring
from portal.queries.akkoord import number_to_decide


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session: of a medewerker, or of the hulpvrager of one pauzeverzoek.

    `checked_at`: when the identity provider of a medewerker last vouched for him, where that opened the session.
    `akkoorden`: how many questions for a second person wait for him.
    """

    sessie_id: UUID
    actor: Actor
    medewerker: Medewerker | None
    expires_at: datetime
    checked_at: datetime | None = None
    akkoorden: int = 0


def find(session: ScopedSession, token_hash: bytes, soort: SessieSoort, now: datetime) -> SignedIn | None:
    """The live session with this token. None when unknown, expired, revoked, or its medewerker is not active."""
    with session.acting_as(Actor.systeem()):
        row = session.execute(
            select(Sessie, Medewerker, Werksessie.checked_at, number_to_decide(now).label("akkoorden"))
            .outerjoin(Medewerker, Sessie.medewerker_id == Medewerker.id)
            .outerjoin(Werksessie, Werksessie.id == Sessie.id)
            .options(joinedload(Medewerker.organisatie))
            .where(
                Sessie.token_hash == token_hash,
                Sessie.soort == soort,
                Sessie.revoked_at.is_(None),
                Sessie.expires_at > now,
                or_(Medewerker.id.is_(None), Medewerker.actief),
            )
        ).first()
        if row is None:
            return None
        sessie, medewerker, checked_at, akkoorden = row
        actor = medewerker.as_actor() if medewerker else Actor(kind=ActorKind.HULPVRAGER, id=sessie.verzoek_id)
        session.expunge_all()
        return SignedIn(sessie.id, actor, medewerker, sessie.expires_at, checked_at, akkoorden)


def sign_in_mark(session: ScopedSession, medewerker_id: UUID) -> str:
    """Another one as soon as this person has another password or another app: what rests on an older one is over."""
    with session.acting_as(Actor.systeem()):
        found = select(Medewerker.wachtwoord_hash, Medewerker.enrolled_at).where(Medewerker.id == medewerker_id)
        row = session.execute(found).first()
    return keyring().index("tussenstap", f"{row.wachtwoord_hash} {row.enrolled_at}" if row else "").hex()


@dataclass(frozen=True, slots=True)
class Aanmelding:
    """A medewerker who has no authenticator app yet, and the secret that is ready for it."""

    email: str
    geheim: str


def open_enrolment(session: ScopedSession, medewerker_id: UUID) -> Aanmelding | None:
    """None when an app was connected before. Only for who gave the password in this browser."""
    with session.acting_as(Actor.systeem()):
        medewerker = session.get(Medewerker, medewerker_id)
        if medewerker is None or medewerker.enrolled_at is not None or medewerker.totp is None:
            return None
        return Aanmelding(medewerker.email, medewerker.totp)
