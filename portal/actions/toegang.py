"""Sessions of everybody, and the ways in of a hulpvrager: code and mailed link.

Whoever knocks is unknown, so these acts look up as the portal itself (systeem) and answer every failure alike.
Attempts are limited by the caller (`portal.db.limits`) before these acts are tried.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5

from sqlalchemy import select, update

from portal.actions.work import Work, unit_of_work
from portal.db import jobs
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import NotAllowed, NotFound, OngeldigeToegang
from portal.domain.event import LANDELIJK
from portal.domain.kenmerk import new_toegangscode, normalise_code, normalise_kenmerk
from portal.domain.roles import BEHEERDERS, Actor
from portal.domain.status import Status
from portal.models import Medewerker, Pauzeverzoek, Sessie, SessieSoort, Toegangslink, links
from portal.models.sealed import keyring
from portal.models.zoekindex import email_index

LINKS_PER_ADDRESS = 3
"""Cases that one mail address gets a link to, newest first, what was filed before concepts: anybody can begin concepts
with somebody else's address, and they must not crowd out the case that counts.
"""


# --- sessions -------------------------------------------------------------------------------------


def token_hash(token: str) -> bytes:
    """What is stored of a session token."""
    return hashlib.sha256(token.encode()).digest()


def open_hulpvrager_session(session: ScopedSession, verzoek_id: UUID, lifetime_seconds: int, middel: str) -> str:
    """Sign this browser in to one pauzeverzoek; returns the token for its cookie."""
    with unit_of_work(session, Actor.hulpvrager(verzoek_id)) as work:
        work.record(events.ToegangOpened(keten=verzoek_id, middel=middel))
        return add_session(work, SessieSoort.HULPVRAGER, lifetime_seconds, verzoek_id=verzoek_id)


def extend_session(session: ScopedSession, sessie_id: UUID, lifetime_seconds: int) -> datetime:
    """Somebody is at work in it: it lasts a whole lifetime again from now. Returns until when."""
    with unit_of_work(session, Actor.systeem()) as work:
        ends = work.now + timedelta(seconds=lifetime_seconds)
        work.load_for_update(Sessie, sessie_id).expires_at = ends
        return ends


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


def add_session(
    work: Work,
    soort: SessieSoort,
    lifetime_seconds: int,
    *,
    medewerker_id: UUID | None = None,
    verzoek_id: UUID | None = None,
    apparaat: str | None = None,
    middel: str | None = None,
) -> str:
    """Within an act: a session of somebody; returns the token for the cookie."""
    token = secrets.token_urlsafe(32)
    work.add(
        Sessie(
            token_hash=token_hash(token),
            soort=soort,
            medewerker_id=medewerker_id,
            verzoek_id=verzoek_id,
            created_at=work.now,
            expires_at=work.now + timedelta(seconds=lifetime_seconds),
            apparaat=apparaat,
            middel=middel,
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
        _issue_link(work, verzoek.id, link_seconds, uuid4())


def request_links_for_address(session: ScopedSession, email: str) -> None:
    """Have links mailed to an address, if it is known. The worker looks: here known and unknown take the same time."""
    index = email_index(email)
    if index is not None:
        with unit_of_work(session, Actor.systeem()):
            jobs.defer_lookup(session, jobs.MAIL_LINKS, index)


def issue_links(session: ScopedSession, index: bytes, link_seconds: int, request_id: UUID) -> int:
    """Mail a link to each of the newest cases of an address. Returns how many.

    The same request again, after a crash, mails no second link: that would kill the first, which may have been mailed.
    """
    with unit_of_work(session, Actor.systeem()) as work:
        ids = session.scalars(
            select(Pauzeverzoek.id)
            .where(Pauzeverzoek.email_index == index)
            .order_by(Pauzeverzoek.status == Status.CONCEPT, Pauzeverzoek.created_at.desc())
            .limit(LINKS_PER_ADDRESS)
        ).all()
        links_of = {id: uuid5(request_id, str(id)) for id in ids}
        issued = set(session.scalars(select(Toegangslink.id).where(Toegangslink.id.in_(links_of.values()))))
        wanted = {id: link_id for id, link_id in links_of.items() if link_id not in issued}
        for id, link_id in wanted.items():
            _issue_link(work, id, link_seconds, link_id)
        return len(wanted)


def revoke_links(work: Work, verzoek_id: UUID) -> None:
    """Within an act: no link that was mailed before opens this case any more."""
    work.session.execute(
        update(Toegangslink)
        .where(
            Toegangslink.verzoek_id == verzoek_id,
            Toegangslink.used_at.is_(None),
            Toegangslink.revoked_at.is_(None),
        )
        .values(revoked_at=work.now)
    )


def close_ways_in(work: Work, verzoek: Pauzeverzoek) -> None:
    """Within an act: whoever held a code, a link or a signed-in browser of this case holds nothing any more."""
    verzoek.toegangscode_hash = None
    revoke_links(work, verzoek.id)
    live = update(Sessie).where(Sessie.verzoek_id == verzoek.id, Sessie.revoked_at.is_(None))
    work.session.execute(live.values(revoked_at=work.now))


def _issue_link(work: Work, verzoek_id: UUID, link_seconds: int, link_id: UUID) -> None:
    """A new link; earlier unused ones die. First the chain, as every act: who took rows first would wait for ever."""
    work.lock(verzoek_id)
    revoke_links(work, verzoek_id)
    link = Toegangslink(
        id=link_id,
        verzoek_id=verzoek_id,
        created_at=work.now,
        expires_at=work.now + timedelta(seconds=link_seconds),
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
