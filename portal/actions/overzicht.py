"""The link to everything of one mailbox that waits for an answer: asked by anybody, mailed to a known mailbox only."""

from datetime import timedelta
from uuid import UUID, uuid5

from sqlalchemy import delete

from portal import clock
from portal.actions.work import Work, unit_of_work
from portal.actions.zending import Zending
from portal.db import jobs
from portal.db.engine import Database, ScopedSession
from portal.domain.roles import Actor
from portal.models import Overzichtslink, links
from portal.models.zoekindex import email_index
from portal.queries import overzicht
from portal.texts import overzicht as words

AFZENDER = "Landelijke Pauzeknop"
"""A mailbox gets messages of many gemeenten."""

KEEP_AFTER = timedelta(days=7)
"""A link that ran out can still say so for this long. Assumption."""


def request(session: ScopedSession, email: str) -> None:
    """Have a link mailed to a mailbox, if it is known. The worker looks: here known and unknown take the same time."""
    index = email_index(email)
    if index is not None:
        with unit_of_work(session, Actor.systeem()):
            jobs.defer_lookup(session, jobs.MAIL_OVERZICHT, index)


def issue(session: ScopedSession, index: bytes, life: timedelta, request_id: UUID) -> Zending | None:
    """The mail with the link for a known mailbox; None for another one, and once the link is worth nothing.

    The same request again, after a crash or a setback, gives the same mail.
    """
    with unit_of_work(session, Actor.systeem()) as work:
        adres = overzicht.mailbox(session, index)
        if adres is None:
            return None
        id = uuid5(request_id, "overzichtslink")
        link = session.get(Overzichtslink, id) or _new(work, id, adres, life)
        return _mail(session, link) if link.is_usable(work.now) else None


def revoke(session: ScopedSession, id: UUID) -> None:
    """Whoever has the link ends it, for everybody. Raises NotFound, MoveNotAllowed."""
    with unit_of_work(session, Actor.systeem()) as work:
        work.record(work.load_for_update(Overzichtslink, id).revoke(work.now))


def forget(database: Database) -> int:
    """Delete links that ran out long ago. Returns how many."""
    gone = delete(Overzichtslink).where(Overzichtslink.expires_at < clock.now() - KEEP_AFTER)
    with database.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()):
        return len(session.execute(gone.returning(Overzichtslink.id)).all())


# --------------------------------------------------------------------------------------------------


def _new(work: Work, id: UUID, adres: str, life: timedelta) -> Overzichtslink:
    link = Overzichtslink(id=id, created_at=work.now, expires_at=work.now + life)
    link.adres = adres
    work.add(link)
    work.record(link.issue())
    return link


def _mail(session: ScopedSession, link: Overzichtslink) -> Zending:
    """Made from the row each time. It has no attempts and no status of its own: who gets no mail asks again."""
    adressen = session.adressen
    url = f"{adressen.base_url}{links.OVERZICHT}/{links.sign_overzicht(link.id)}"
    tekst = words.render(url, link.expires_at.astimezone(clock.NEDERLAND))
    return Zending(
        aan=link.adres,
        onderwerp=tekst.onderwerp,
        tekst=tekst.tekst,
        html=tekst.html,
        message_id=f"<{link.id}@{adressen.mail_domain}>",
        envelope_token=link.id.hex,
        issued_at=link.created_at,
        afzender_naam=AFZENDER,
        antwoord_aan="",
        tijdelijk=0,
    )
