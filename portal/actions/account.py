"""What a member of staff does with the own account: codes for a lost phone, another app, sessions elsewhere."""

from uuid import UUID

from sqlalchemy import delete

from portal.actions.inloggen import check_own_password, recovery_hash
from portal.actions.toegang import end_sessions
from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import NotFound
from portal.domain.event import LANDELIJK
from portal.domain.kenmerk import new_toegangscode
from portal.domain.roles import Actor
from portal.models import Herstelcode, Medewerker, Sessie

HERSTELCODES = 10
"""Codes in a set. Assumption: enough for years, few enough to keep on a sheet."""


def make_recovery_codes(session: ScopedSession, actor: Actor, password: str) -> list[str]:
    """A new set, to be shown once; an earlier one no longer works. Raises OngeldigeToegang for a wrong password."""
    codes = [new_toegangscode() for _ in range(HERSTELCODES)]
    with unit_of_work(session, actor) as work:
        medewerker = work.load_for_update(Medewerker, actor.id or LANDELIJK)
        check_own_password(medewerker, password)
        session.execute(delete(Herstelcode).where(Herstelcode.medewerker_id == medewerker.id))
        for code in codes:
            hashed = recovery_hash(medewerker.id, code)
            work.add(Herstelcode(medewerker_id=medewerker.id, code_hash=hashed, created_at=work.now))
        work.record(events.HerstelcodesMade(keten=_keten(medewerker), medewerker_id=medewerker.id, aantal=len(codes)))
    return codes


def take_off_app(session: ScopedSession, actor: Actor, password: str) -> None:
    """Another phone: the app is connected anew at the next sign-in. Every session ends, this one too.

    Raises OngeldigeToegang for a wrong password.
    """
    with unit_of_work(session, actor) as work:
        medewerker = work.load_for_update(Medewerker, actor.id or LANDELIJK)
        check_own_password(medewerker, password)
        medewerker.totp = medewerker.totp_teller = medewerker.enrolled_at = None
        closed = end_sessions(work, medewerker.id)
        work.record(events.AppTakenOff(keten=_keten(medewerker), medewerker_id=medewerker.id, sessies=closed))


def end_session(session: ScopedSession, actor: Actor, sessie_id: UUID) -> None:
    """Sign oneself out in one browser. Raises NotFound, also for the session of a colleague."""
    with unit_of_work(session, actor) as work:
        sessie = work.load_for_update(Sessie, sessie_id)
        if sessie.medewerker_id is None or sessie.medewerker_id != actor.id:
            raise NotFound(f"session {sessie_id}")
        if sessie.revoked_at is None:
            sessie.revoked_at = work.now
            keten = actor.organisatie_id or LANDELIJK
            work.record(events.SessiesRevoked(keten=keten, medewerker_id=sessie.medewerker_id, aantal=1))


def _keten(medewerker: Medewerker) -> UUID:
    return medewerker.organisatie_id or LANDELIJK
