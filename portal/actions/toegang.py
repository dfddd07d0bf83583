"""Getting in, for hulpvragers and staff: sessions, codes, links, passwords and second factors.

Whoever knocks is unknown, so these acts look up as the portal itself (systeem) and answer every failure alike.
Attempts are limited by the caller (`portal.db.limits`) before these acts are tried.
"""

import hashlib
import hmac
import secrets
import string
from datetime import timedelta
from functools import cache
from uuid import UUID

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select, update

from portal.actions.work import Work, unit_of_work
from portal.db import jobs
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import NotAllowed, NotFound, OngeldigeToegang
from portal.domain.kenmerk import new_toegangscode, normalise_code, normalise_kenmerk
from portal.domain.roles import BEHEERDERS, Actor
from portal.domain.status import Status
from portal.models import Medewerker, Pauzeverzoek, Sessie, SessieSoort, Toegangslink, links
from portal.models.pauzeverzoek import email_index
from portal.models.sealed import keyring

TOTP_STEP_SECONDS = 30
TOTP_WINDOW = 1
"""Steps before and after now that are accepted: a slow typist, a clock that is off by half a minute."""

LINKS_PER_ADDRESS = 3
"""Cases that one mail address gets a link to, newest first, what was filed before concepts: anybody can begin concepts
with somebody else's address, and they must not crowd out the case that counts.
"""

_hasher = PasswordHasher()
LANDELIJK = UUID(int=0)
"""The audit chain of staff without an organisatie."""


# --- sessions -------------------------------------------------------------------------------------


def token_hash(token: str) -> bytes:
    """What is stored of a session token."""
    return hashlib.sha256(token.encode()).digest()


def open_hulpvrager_session(session: ScopedSession, verzoek_id: UUID, lifetime_seconds: int, middel: str) -> str:
    """Sign this browser in to one pauzeverzoek; returns the token for its cookie."""
    with unit_of_work(session, Actor.hulpvrager(verzoek_id)) as work:
        work.record(events.ToegangOpened(keten=verzoek_id, middel=middel))
        return _add_session(work, SessieSoort.HULPVRAGER, lifetime_seconds, verzoek_id=verzoek_id)


def extend_session(session: ScopedSession, sessie_id: UUID, lifetime_seconds: int) -> None:
    """Somebody is at work in it: it lasts a whole lifetime again from now."""
    with unit_of_work(session, Actor.systeem()) as work:
        work.load_for_update(Sessie, sessie_id).expires_at = work.now + timedelta(seconds=lifetime_seconds)


def close_session(session: ScopedSession, sessie_id: UUID) -> None:
    """Sign one browser out."""
    with unit_of_work(session, Actor.systeem()) as work:
        work.load_for_update(Sessie, sessie_id).revoked_at = work.now


def revoke_sessions(session: ScopedSession, actor: Actor, medewerker_id: UUID) -> int:
    """Sign a member of staff out everywhere: oneself, or as beheerder a colleague. Returns the number of sessions.

    Raises NotAllowed, NotFound.
    """
    if actor.id != medewerker_id and not actor.roles & BEHEERDERS:
        raise NotAllowed("sign out somebody else")
    with unit_of_work(session, actor) as work:
        work.load_for_update(Medewerker, medewerker_id)
        closed = end_sessions(work, medewerker_id)
        work.record(
            events.SessiesRevoked(keten=actor.organisatie_id or LANDELIJK, medewerker_id=medewerker_id, aantal=closed)
        )
        return closed


def end_sessions(work: Work, medewerker_id: UUID) -> int:
    """Within an act: revoke every session of a member of staff. Returns how many there were."""
    live = update(Sessie).where(Sessie.medewerker_id == medewerker_id, Sessie.revoked_at.is_(None))
    return len(work.session.execute(live.values(revoked_at=work.now).returning(Sessie.id)).all())


def _add_session(
    work: Work,
    soort: SessieSoort,
    lifetime_seconds: int,
    *,
    medewerker_id: UUID | None = None,
    verzoek_id: UUID | None = None,
) -> str:
    token = secrets.token_urlsafe(32)
    work.add(
        Sessie(
            token_hash=token_hash(token),
            soort=soort,
            medewerker_id=medewerker_id,
            verzoek_id=verzoek_id,
            created_at=work.now,
            expires_at=work.now + timedelta(seconds=lifetime_seconds),
        )
    )
    return token


# --- the hulpvrager -------------------------------------------------------------------------------


def make_toegangscode(session: ScopedSession, actor: Actor) -> str:
    """A new access code, to be shown once; an earlier one no longer works."""
    code = new_toegangscode()
    with unit_of_work(session, actor) as work:
        verzoek = _own(work)
        verzoek.toegangscode_hash = _code_hash(verzoek.id, code)
        work.record(events.ToegangscodeMade(keten=verzoek.id))
    return code


def open_with_code(session: ScopedSession, kenmerk: str, code: str, lifetime_seconds: int) -> str:
    """Get back in with kenmerk and access code; returns a session token. Raises OngeldigeToegang."""
    with session.acting_as(Actor.systeem()):
        row = session.execute(
            select(Pauzeverzoek.id, Pauzeverzoek.toegangscode_hash).where(
                Pauzeverzoek.kenmerk == normalise_kenmerk(kenmerk)
            )
        ).first()
    verzoek_id, stored = (row.id, row.toegangscode_hash or b"") if row else (LANDELIJK, b"")
    if not hmac.compare_digest(_code_hash(verzoek_id, code), stored):
        raise OngeldigeToegang("code")
    return open_hulpvrager_session(session, verzoek_id, lifetime_seconds, "toegangscode")


def _code_hash(verzoek_id: UUID, code: str) -> bytes:
    return keyring().index("toegangscode", f"{verzoek_id}:{normalise_code(code)}")


def request_link(session: ScopedSession, actor: Actor, link_seconds: int) -> None:
    """Mail a link to the pauzeverzoek that is open in this browser. Raises NotAllowed where somebody reads along."""
    with unit_of_work(session, actor) as work:
        verzoek = _own(work)
        if not verzoek.contact.link_email:
            raise NotAllowed("no mailbox that is only the hulpvrager's")
        _issue_link(work, verzoek.id, link_seconds)


def request_links_for_address(session: ScopedSession, email: str) -> None:
    """Have links mailed to an address, if it is known. The worker looks: here known and unknown take the same time."""
    index = email_index(email)
    if index is not None:
        with unit_of_work(session, Actor.systeem()):
            jobs.defer_lookup(session, index)


def issue_links(session: ScopedSession, index: bytes, link_seconds: int) -> int:
    """Mail a link to each of the newest cases of an address. Returns how many."""
    with unit_of_work(session, Actor.systeem()) as work:
        ids = session.scalars(
            select(Pauzeverzoek.id)
            .where(Pauzeverzoek.email_index == index)
            .order_by(Pauzeverzoek.status == Status.CONCEPT, Pauzeverzoek.created_at.desc())
            .limit(LINKS_PER_ADDRESS)
        ).all()
        for id in ids:
            _issue_link(work, id, link_seconds)
        return len(ids)


def _issue_link(work: Work, verzoek_id: UUID, link_seconds: int) -> None:
    """A new link; earlier unused ones die."""
    work.session.execute(
        update(Toegangslink)
        .where(
            Toegangslink.verzoek_id == verzoek_id,
            Toegangslink.used_at.is_(None),
            Toegangslink.revoked_at.is_(None),
        )
        .values(revoked_at=work.now)
    )
    link = Toegangslink(
        verzoek_id=verzoek_id, created_at=work.now, expires_at=work.now + timedelta(seconds=link_seconds)
    )
    work.add(link)
    work.record(events.ToegangslinkRequested(keten=verzoek_id, toegangslink_id=link.id))


def open_with_link(session: ScopedSession, token: str, lifetime_seconds: int) -> str:
    """Spend a mailed link; returns a session token. Raises OngeldigeToegang."""
    link_id = links.read(token)
    with unit_of_work(session, Actor.systeem()) as work:
        try:
            link = work.load_for_update(Toegangslink, link_id)
        except NotFound as error:
            raise OngeldigeToegang("link") from error
        if not link.is_usable(work.now):
            raise OngeldigeToegang("link")
        link.used_at = work.now
        verzoek_id = link.verzoek_id
    return open_hulpvrager_session(session, verzoek_id, lifetime_seconds, "link")


def _own(work: Work) -> Pauzeverzoek:
    if work.actor.id is None:
        raise NotFound("no pauzeverzoek without a hulpvrager")
    return work.load_for_update(Pauzeverzoek, work.actor.id)


# --- staff ----------------------------------------------------------------------------------------


def hash_password(password: str) -> str:
    """The argon2id hash of a password."""
    return _hasher.hash(password)


@cache
def _nobody_hash() -> str:
    """The hash that an unknown address is checked against, so that it takes as long as a known one."""
    return _hasher.hash(secrets.token_hex(16))


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


def sign_in(session: ScopedSession, medewerker_id: UUID, code: str, lifetime_seconds: int) -> str:
    """Check the second factor, enrol at first use, and open a session; returns its token. Raises OngeldigeToegang.

    A code is accepted once: its time step must be later than the last one.
    """
    with unit_of_work(session, Actor.systeem()) as work:
        medewerker = work.load_for_update(Medewerker, medewerker_id)
        step = _matching_step(medewerker, code, int(work.now.timestamp()))
        if step is None or not medewerker.actief:
            raise OngeldigeToegang("second factor")
        medewerker.totp_teller = step
        keten = medewerker.organisatie_id or LANDELIJK
        if medewerker.enrolled_at is None:
            medewerker.enrolled_at = work.now
            work.record(events.MedewerkerEnrolled(keten=keten, medewerker_id=medewerker.id))
        work.record(events.MedewerkerSignedIn(keten=keten, medewerker_id=medewerker.id))
        return _add_session(work, SessieSoort.MEDEWERKER, lifetime_seconds, medewerker_id=medewerker.id)


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
