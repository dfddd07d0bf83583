"""Let a colleague in by mail: a new account, or one whose password or phone is lost.

The beheerder never sees a password: only who reads the mail of the colleague chooses one.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from portal.actions.inloggen import hash_password, unknown_password
from portal.actions.instellingen import expect_beheerder
from portal.actions.medewerkers import expect_given
from portal.actions.organisatie import check_may_manage, reset_access
from portal.actions.toegang import end_sessions
from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import BestaatAl, NotAllowed, NotFound, OngeldigeToegang
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor, Role
from portal.models import Medewerker, Uitnodiging, links


def invite(
    session: ScopedSession, actor: Actor, *, naam: str, email: str, roles: frozenset[Role], link_seconds: int
) -> UUID:
    """A new account in the organisatie of this beheerder. Raises NotAllowed, and BestaatAl for an address in use,
    wherever it is.
    """
    expect_given(roles)
    with unit_of_work(session, expect_beheerder(actor)) as work:
        medewerker = Medewerker(
            organisatie_id=actor.organisatie_id,
            naam=naam,
            email=email.strip().casefold(),
            wachtwoord_hash=unknown_password(),
            rollen=sorted(roles),
            created_at=work.now,
        )
        work.add(medewerker)
        try:
            session.flush()
        except IntegrityError as error:
            raise BestaatAl("medewerker") from error
        rollen = tuple(sorted(roles))
        work.record(events.MedewerkerAdded(keten=_keten(medewerker), medewerker_id=medewerker.id, rollen=rollen))
        _issue(work, medewerker, link_seconds, is_herstel=False)
        return medewerker.id


def restore_by_mail(session: ScopedSession, actor: Actor, medewerker_id: UUID, link_seconds: int) -> None:
    """Nothing that let this colleague in works any more; a mailed link leads to a new password and a new app.

    Who was put out is back in. Raises NotAllowed, NotFound.
    """
    check_may_manage(expect_beheerder(actor), medewerker_id)
    with unit_of_work(session, actor) as work:
        medewerker = work.load_for_update(Medewerker, medewerker_id)
        if medewerker.sso_subject is not None:
            raise NotAllowed("a password beside the staff's own account")
        is_herstel = medewerker.enrolled_at is not None
        reset_access(work, medewerker, unknown_password())
        _issue(work, medewerker, link_seconds, is_herstel=is_herstel)


def accept(session: ScopedSession, token: str, password: str) -> UUID:
    """Spend a mailed link and choose a password; returns whose it is. Raises OngeldigeToegang, also for who came in
    through the staff's own identity provider since: a password would outlive the account there.
    """
    id = links.read_uitnodiging(token)
    with unit_of_work(session, Actor.systeem()) as work:
        try:
            uitnodiging = work.load_for_update(Uitnodiging, id)
        except NotFound as error:
            raise OngeldigeToegang("uitnodiging") from error
        medewerker = work.load_for_update(Medewerker, uitnodiging.medewerker_id)
        if not uitnodiging.is_usable(work.now) or not medewerker.actief or medewerker.sso_subject is not None:
            raise OngeldigeToegang("uitnodiging")
        uitnodiging.used_at = work.now
        medewerker.wachtwoord_hash = hash_password(password)
        end_sessions(work, medewerker.id)
        work.record(
            events.UitnodigingUsed(keten=_keten(medewerker), medewerker_id=medewerker.id, uitnodiging_id=uitnodiging.id)
        )
        return medewerker.id


def _issue(work: Work, medewerker: Medewerker, link_seconds: int, *, is_herstel: bool) -> None:
    uitnodiging = Uitnodiging(
        medewerker_id=medewerker.id,
        is_herstel=is_herstel,
        created_at=work.now,
        expires_at=work.now + timedelta(seconds=link_seconds),
    )
    work.add(uitnodiging)
    work.record(
        events.MedewerkerInvited(keten=_keten(medewerker), medewerker_id=medewerker.id, uitnodiging_id=uitnodiging.id)
    )


def _keten(medewerker: Medewerker) -> UUID:
    return medewerker.organisatie_id or LANDELIJK
