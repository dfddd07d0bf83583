"""Set up an organisatie: itself, the gemeenten it works for, its staff. Done by the portal's own operator."""

import secrets
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select, update

from portal.actions.inloggen import hash_password
from portal.actions.toegang import end_sessions
from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import BestaatAl, NotAllowed, NotFound
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor, ActorKind, Role
from portal.models import Deelname, Gemeente, Herstelcode, Medewerker, Organisatie, Passkey, Uitnodiging


def add_organisatie(session: ScopedSession, *, naam: str, telefoon: str, email: str, postadres: str) -> UUID:
    """A new uitvoerder; its contact data go into every letter. Raises BestaatAl."""
    with unit_of_work(session, Actor.systeem()) as work:
        if _find(session, naam) is not None:
            raise BestaatAl("organisatie")
        organisatie = Organisatie(naam=naam, telefoon=telefoon, email=email, postadres=postadres)
        work.add(organisatie)
        work.record(events.OrganisatieAdded(keten=organisatie.id, naam=naam))
        return organisatie.id


def start_deelname(session: ScopedSession, *, organisatie: str, gemeente: str, vanaf: date) -> None:
    """From this day the organisatie takes the requests of a gemeente (CBS code). Raises NotFound, BestaatAl."""
    with unit_of_work(session, Actor.systeem()) as work:
        found = _organisatie(session, organisatie)
        if session.get(Gemeente, gemeente) is None:
            raise NotFound(f"gemeente {gemeente}")
        running = session.scalars(
            select(Deelname).where(Deelname.gemeente_code == gemeente, Deelname.geldig_tot.is_(None))
        ).first()
        if running is not None:
            if running.geldig_vanaf >= vanaf:
                raise BestaatAl("deelname")
            running.geldig_tot = vanaf
            session.flush()
        work.add(Deelname(gemeente_code=gemeente, organisatie_id=found.id, geldig_vanaf=vanaf))
        work.record(events.DeelnameStarted(keten=found.id, gemeente=gemeente, vanaf=vanaf))


def add_medewerker(
    session: ScopedSession, *, organisatie: str | None, naam: str, email: str, roles: frozenset[Role]
) -> str:
    """A new member of staff; returns the first password. The second factor is set up at the first sign-in.

    Without an organisatie only a landelijk beheerder. Raises NotFound, BestaatAl.
    """
    password = _first_password()
    with unit_of_work(session, Actor.systeem()) as work:
        if (organisatie is None) != (roles == {Role.LANDELIJK_BEHEERDER}):
            raise NotFound("organisatie")
        organisatie_id = _organisatie(session, organisatie).id if organisatie else None
        address = email.strip().casefold()
        if session.scalars(select(Medewerker.id).where(Medewerker.email == address)).first() is not None:
            raise BestaatAl("medewerker")
        medewerker = Medewerker(
            organisatie_id=organisatie_id,
            naam=naam,
            email=address,
            wachtwoord_hash=hash_password(password),
            rollen=sorted(roles),
            created_at=work.now,
        )
        work.add(medewerker)
        work.record(
            events.MedewerkerAdded(
                keten=organisatie_id or LANDELIJK, medewerker_id=medewerker.id, rollen=tuple(sorted(roles))
            )
        )
    return password


def restore_access(session: ScopedSession, medewerker_id: UUID) -> str:
    """Let somebody in who lost the password or the phone; returns a new first password. For the operator.

    An app is connected again at the next sign-in. Who was put out is back in. Raises NotFound.
    """
    password = _first_password()
    with unit_of_work(session, Actor.systeem()) as work:
        reset_access(work, work.load_for_update(Medewerker, medewerker_id), hash_password(password))
    return password


def reset_access(work: Work, medewerker: Medewerker, wachtwoord_hash: str) -> None:
    """Within an act: whatever let this person in does not any more; the account itself is open (again)."""
    was_actief, medewerker.actief = medewerker.actief, True
    medewerker.wachtwoord_hash = wachtwoord_hash
    forget_factors(work, medewerker)
    closed = _close(work, medewerker.id)
    work.record(
        events.MedewerkerRestored(
            keten=_keten(medewerker), medewerker_id=medewerker.id, was_actief=was_actief, sessies=closed
        )
    )


def forget_factors(work: Work, medewerker: Medewerker) -> None:
    """Within an act: app, passkeys and codes of this person let nobody in any more."""
    medewerker.totp = medewerker.totp_teller = medewerker.enrolled_at = None
    for factor in (Herstelcode, Passkey):
        work.session.execute(delete(factor).where(factor.medewerker_id == medewerker.id))


def deactivate(session: ScopedSession, actor: Actor, medewerker_id: UUID) -> None:
    """Somebody left: no more signing in, and every session ends. What he did stays his.

    For the operator, and for a beheerder about a colleague. Raises NotAllowed, NotFound.
    """
    check_may_manage(actor, medewerker_id)
    with unit_of_work(session, actor) as work:
        medewerker = work.load_for_update(Medewerker, medewerker_id)
        medewerker.actief = False
        closed = _close(work, medewerker_id)
        work.record(events.MedewerkerDeactivated(keten=_keten(medewerker), medewerker_id=medewerker_id, sessies=closed))


def check_may_manage(actor: Actor, medewerker_id: UUID) -> None:
    """Raises NotAllowed unless this actor looks after that account: never his own, that would be a way past himself.

    Row-level security hides the staff of other organisaties from a beheerder: those are not found.
    """
    beheerder = actor.kind is ActorKind.MEDEWERKER and Role.BEHEERDER in actor.roles
    if actor.kind is not ActorKind.SYSTEEM and (not beheerder or actor.id == medewerker_id):
        raise NotAllowed("look after this account")


def _close(work: Work, medewerker_id: UUID) -> int:
    """End every session and every mailed link. Returns how many sessions there were."""
    waiting = update(Uitnodiging).where(
        Uitnodiging.medewerker_id == medewerker_id, Uitnodiging.used_at.is_(None), Uitnodiging.revoked_at.is_(None)
    )
    work.session.execute(waiting.values(revoked_at=work.now))
    return end_sessions(work, medewerker_id)


def _keten(medewerker: Medewerker) -> UUID:
    return medewerker.organisatie_id or LANDELIJK


def _first_password() -> str:
    return secrets.token_urlsafe(12)


def _find(session: ScopedSession, naam: str) -> Organisatie | None:
    return session.scalars(select(Organisatie).where(Organisatie.naam == naam)).first()


def _organisatie(session: ScopedSession, naam: str) -> Organisatie:
    found = _find(session, naam)
    if found is None:
        raise NotFound(f"organisatie {naam}")
    return found
