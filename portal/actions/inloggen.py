"""Signing in as a member of staff: password, and a code from an app as second factor.

Whoever knocks is unknown, so these acts look up as the portal itself (systeem) and answer every failure alike.
Attempts are limited by the caller (`portal.db.limits`) before these acts are tried.
"""

import hmac
import secrets
import string
from functools import cache
from uuid import UUID

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select, update

from portal.actions.toegang import add_session, end_sessions
from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import OngeldigeToegang
from portal.domain.event import LANDELIJK
from portal.domain.kenmerk import normalise_code
from portal.domain.roles import Actor
from portal.models import Herstelcode, Medewerker, SessieSoort
from portal.models.sealed import keyring

TOTP_STEP_SECONDS = 30
TOTP_WINDOW = 1
"""Steps before and after now that are accepted: a slow typist, a clock that is off by half a minute."""

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2id hash of a password."""
    return _hasher.hash(password)


def unknown_password() -> str:
    """A hash whose password nobody knows: such an account is opened by its mailed link first."""
    return _hasher.hash(secrets.token_hex(16))


@cache
def _nobody_hash() -> str:
    """The hash that an unknown address is checked against, so that it takes as long as a known one."""
    return unknown_password()


def check_password(session: ScopedSession, email: str, password: str) -> UUID:
    """The medewerker with this address and password. Raises OngeldigeToegang, after the same work for unknown
    addresses.
    """
    with session.acting_as(Actor.systeem()):
        found = select(Medewerker.id, Medewerker.wachtwoord_hash, Medewerker.actief)
        row = session.execute(found.where(Medewerker.email == email.strip().casefold())).first()
    try:
        _hasher.verify(row.wachtwoord_hash if row else _nobody_hash(), password)
    except VerificationError as error:
        raise OngeldigeToegang("password") from error
    if row is None or not row.actief:
        raise OngeldigeToegang("password")
    id: UUID = row.id
    return id


def change_password(session: ScopedSession, actor: Actor, old: str, new: str) -> None:
    """Choose a password of one's own; every session ends, this one too. Raises OngeldigeToegang when `old` is wrong."""
    with unit_of_work(session, actor) as work:
        medewerker = work.load_for_update(Medewerker, actor.id or LANDELIJK)
        check_own_password(medewerker, old)
        medewerker.wachtwoord_hash = hash_password(new)
        end_sessions(work, medewerker.id)
        work.record(events.WachtwoordChanged(keten=medewerker.organisatie_id or LANDELIJK, medewerker_id=medewerker.id))


def check_own_password(medewerker: Medewerker, password: str) -> None:
    """Raises OngeldigeToegang unless this is the password of now."""
    try:
        _hasher.verify(medewerker.wachtwoord_hash, password)
    except VerificationError as error:
        raise OngeldigeToegang("password") from error


def begin_enrolment(session: ScopedSession, medewerker_id: UUID) -> str:
    """The secret for a new authenticator app; the same one until it is confirmed. Raises OngeldigeToegang when
    enrolled.
    """
    with unit_of_work(session, Actor.systeem()) as work:
        medewerker = work.load_for_update(Medewerker, medewerker_id)
        if medewerker.enrolled_at is not None:
            raise OngeldigeToegang("enrolled already")
        if medewerker.totp is None:
            medewerker.totp = pyotp.random_base32()
        secret: str = medewerker.totp
        return secret


def sign_in(
    session: ScopedSession, medewerker_id: UUID, code: str, lifetime_seconds: int, apparaat: str | None = None
) -> str:
    """Check the second factor, enrol at first use, and open a session; returns its token. Raises OngeldigeToegang.

    A code is accepted once: its time step must be later than the last one.
    """
    with unit_of_work(session, Actor.systeem()) as work:
        medewerker = work.load_for_update(Medewerker, medewerker_id)
        step = _matching_step(medewerker, code, int(work.now.timestamp()))
        if step is None or not medewerker.actief:
            raise OngeldigeToegang("second factor")
        medewerker.totp_teller = step
        if medewerker.enrolled_at is None:
            medewerker.enrolled_at = work.now
            keten = medewerker.organisatie_id or LANDELIJK
            work.record(events.MedewerkerEnrolled(keten=keten, medewerker_id=medewerker.id))
        return _open(work, medewerker, lifetime_seconds, apparaat)


def sign_in_with_recovery(
    session: ScopedSession, medewerker_id: UUID, code: str, lifetime_seconds: int, apparaat: str | None = None
) -> str:
    """The same with a code of the set for a lost phone, which is spent. Raises OngeldigeToegang."""
    hashed = recovery_hash(medewerker_id, code)
    with unit_of_work(session, Actor.systeem()) as work:
        medewerker = work.load_for_update(Medewerker, medewerker_id)
        spent = session.execute(
            update(Herstelcode)
            .where(
                Herstelcode.medewerker_id == medewerker_id,
                Herstelcode.code_hash == hashed,
                Herstelcode.used_at.is_(None),
            )
            .values(used_at=work.now)
            .returning(Herstelcode.id)
        ).first()
        if spent is None or not medewerker.actief:
            raise OngeldigeToegang("recovery code")
        keten = medewerker.organisatie_id or LANDELIJK
        work.record(events.HerstelcodeUsed(keten=keten, medewerker_id=medewerker.id))
        return _open(work, medewerker, lifetime_seconds, apparaat, "herstelcode")


def recovery_hash(medewerker_id: UUID, code: str) -> bytes:
    """What is kept of a code for a lost phone."""
    return keyring().index("herstelcode", f"{medewerker_id}:{normalise_code(code)}")


def _open(
    work: Work, medewerker: Medewerker, lifetime_seconds: int, apparaat: str | None, middel: str | None = None
) -> str:
    keten = medewerker.organisatie_id or LANDELIJK
    work.record(events.MedewerkerSignedIn(keten=keten, medewerker_id=medewerker.id))
    return add_session(
        work,
        SessieSoort.MEDEWERKER,
        lifetime_seconds,
        medewerker_id=medewerker.id,
        apparaat=apparaat,
        middel=middel,
    )


def _matching_step(medewerker: Medewerker, code: str, at_seconds: int) -> int | None:
    """The time step whose code this is, if it was not used before."""
    if medewerker.totp is None:
        return None
    totp = pyotp.TOTP(medewerker.totp, interval=TOTP_STEP_SECONDS)
    digits = "".join(sign for sign in code if sign in string.digits)
    present = at_seconds // TOTP_STEP_SECONDS
    for step in range(present - TOTP_WINDOW, present + TOTP_WINDOW + 1):
        fresh = medewerker.totp_teller is None or step > medewerker.totp_teller
        if fresh and hmac.compare_digest(totp.generate_otp(step), digits):
            return step
    return None
