"""The own account of a member of staff."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.models import Herstelcode, Passkey, Sessie

MAX_SESSIES = 50
"""Rows at most; older ones end with all others by the button."""


def sessies(session: Session, medewerker_id: UUID, now: datetime) -> Sequence[Sessie]:
    """The browsers in which he is signed in now, the newest first."""
    live = Sessie.revoked_at.is_(None) & (Sessie.expires_at > now)
    rows = select(Sessie).where(Sessie.medewerker_id == medewerker_id, live)
    return session.scalars(rows.order_by(Sessie.created_at.desc(), Sessie.id).limit(MAX_SESSIES)).all()


def passkeys(session: Session, medewerker_id: UUID) -> Sequence[Passkey]:
    """His passkeys, the oldest first."""
    rows = select(Passkey).where(Passkey.medewerker_id == medewerker_id)
    return session.scalars(rows.order_by(Passkey.created_at, Passkey.id).limit(MAX_SESSIES)).all()


def recovery_codes_left(session: Session, medewerker_id: UUID) -> int:
    """How many codes for a lost phone still work."""
    unused = select(func.count()).where(Herstelcode.medewerker_id == medewerker_id, Herstelcode.used_at.is_(None))
    return session.scalar(unused) or 0
