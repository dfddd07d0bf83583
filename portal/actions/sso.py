"""Staff who come in through the identity provider of their organisation: what that says holds here, each time anew."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from portal.actions.inloggen import unknown_password
from portal.actions.organisatie import forget_factors
from portal.actions.toegang import add_session, end_sessions, token_hash
from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import OngeldigeToegang
from portal.domain.event import LANDELIJK
from portal.domain.roles import OF_AN_ORGANISATIE, Actor
from portal.domain.werkaccount import Werkidentiteit
from portal.models import Deelname, Medewerker, Sessie, SessieSoort, Werksessie

MIDDEL = "werkaccount"


def sign_in(
    session: ScopedSession,
    known: Werkidentiteit,
    lifetime_seconds: int,
    *,
    apparaat: str | None = None,
    sid: str | None = None,
    refresh_token: str | None = None,
) -> str:
    """Open a session for who the provider vouches for; the account is made at the first time. Returns its token.

    An account of that organisatie with the same confirmed mail address is taken over: its password and app work no
    longer. Raises OngeldigeToegang without a role or an organisatie, and for who was put out here.
    """
    with unit_of_work(session, Actor.systeem()) as work:
        organisatie_id = _organisatie(work, known)
        medewerker = _account(work, known, organisatie_id)
        _follow(work, medewerker, known, organisatie_id)
        work.record(events.MedewerkerSignedIn(keten=organisatie_id, medewerker_id=medewerker.id))
        token = add_session(
            work,
            SessieSoort.MEDEWERKER,
            lifetime_seconds,
            medewerker_id=medewerker.id,
            apparaat=apparaat,
            middel=MIDDEL,
        )
        session.flush()
        sessie_id = session.scalars(select(Sessie.id).where(Sessie.token_hash == token_hash(token))).one()
        werksessie = Werksessie(id=sessie_id, sid=sid, checked_at=work.now)
        werksessie.refresh_token = refresh_token
        work.add(werksessie)
        return token


def begin_check(session: ScopedSession, sessie_id: UUID, seen: datetime, asking: datetime) -> str | None:
    """Of many requests at once let one ask the provider again: the refresh token for it, None for the others.

    Until it is done the last answer counts as one of `asking`, which is soon too old: a check that is cut off is none.
    """
    with unit_of_work(session, Actor.systeem()):
        won = session.execute(
            update(Werksessie)
            .where(Werksessie.id == sessie_id, Werksessie.checked_at == seen)
            .values(checked_at=asking)
            .returning(Werksessie.id)
        ).first()
        token: str | None = session.get_one(Werksessie, sessie_id).refresh_token if won else None
        return token


def postpone_check(session: ScopedSession, sessie_id: UUID, seen: object) -> None:
    """The provider could not be asked: the next request tries it again."""
    with unit_of_work(session, Actor.systeem()):
        session.execute(update(Werksessie).where(Werksessie.id == sessie_id).values(checked_at=seen))


def keep(session: ScopedSession, sessie_id: UUID, known: Werkidentiteit, refresh_token: str) -> None:
    """The provider still vouches for this person: take over what it says now. Raises OngeldigeToegang when that is not
    enough (any more), or about somebody else.
    """
    with unit_of_work(session, Actor.systeem()) as work:
        sessie = work.load_for_update(Sessie, sessie_id)
        medewerker = session.get(Medewerker, sessie.medewerker_id, with_for_update=True)
        if medewerker is None or medewerker.sso_subject != known.subject:
            raise OngeldigeToegang("somebody else")
        _follow(work, medewerker, known, _organisatie(work, known))
        werksessie = session.get_one(Werksessie, sessie_id)
        werksessie.refresh_token, werksessie.checked_at = refresh_token, work.now


def end(session: ScopedSession, *, subject: str | None, sid: str | None) -> int:
    """The provider ended the session `sid`, or every session of `subject`. Returns how many ended here."""
    with unit_of_work(session, Actor.systeem()) as work:
        found = session.execute(
            select(Sessie, Medewerker)
            .join(Werksessie, Werksessie.id == Sessie.id)
            .join(Medewerker, Medewerker.id == Sessie.medewerker_id)
            .where(
                Sessie.revoked_at.is_(None),
                Werksessie.sid == sid if sid is not None else Medewerker.sso_subject == subject,
            )
        ).all()
        for sessie, medewerker in found:
            sessie.revoked_at = work.now
            keten = medewerker.organisatie_id or LANDELIJK
            work.record(events.SessiesRevoked(keten=keten, medewerker_id=medewerker.id, aantal=1))
        return len(found)


def _organisatie(work: Work, known: Werkidentiteit) -> UUID:
    """The one organisatie that works for these gemeenten today."""
    today = dutch_date(work.now)
    ids: Sequence[UUID] = work.session.scalars(
        select(Deelname.organisatie_id)
        .where(
            Deelname.gemeente_code.in_(known.gemeenten),
            Deelname.geldig_vanaf <= today,
            or_(Deelname.geldig_tot.is_(None), Deelname.geldig_tot > today),
        )
        .distinct()
    ).all()
    if len(ids) != 1:
        raise OngeldigeToegang(f"{len(ids)} organisaties")
    return ids[0]


def _account(work: Work, known: Werkidentiteit, organisatie_id: UUID) -> Medewerker:
    """Whose subject it is, whose confirmed address it is, or somebody new."""
    by_subject = select(Medewerker).where(Medewerker.sso_subject == known.subject).with_for_update()
    found = work.session.scalars(by_subject).first()
    return found or _taken_over(work, known, organisatie_id) or _added(work, known, organisatie_id)


def _taken_over(work: Work, known: Werkidentiteit, organisatie_id: UUID) -> Medewerker | None:
    by_address = select(Medewerker).where(
        Medewerker.email == known.email.casefold(),
        Medewerker.organisatie_id == organisatie_id,
        Medewerker.sso_subject.is_(None),
    )
    found = work.session.scalars(by_address.with_for_update()).first() if known.email_verified else None
    if found is not None:
        found.sso_subject = known.subject
        found.wachtwoord_hash = unknown_password()
        forget_factors(work, found)
        closed = end_sessions(work, found.id)
        work.record(events.WerkaccountTied(keten=organisatie_id, medewerker_id=found.id, sessies=closed))
    return found


def _added(work: Work, known: Werkidentiteit, organisatie_id: UUID) -> Medewerker:
    rollen = tuple(sorted(known.roles))
    added = Medewerker(
        organisatie_id=organisatie_id,
        naam=known.naam,
        email=known.email.casefold(),
        wachtwoord_hash=unknown_password(),
        rollen=list(rollen),
        sso_subject=known.subject,
        actief=True,
        created_at=work.now,
    )
    work.add(added)
    try:
        work.session.flush()
    except IntegrityError as error:
        raise OngeldigeToegang("address in use") from error
    work.record(events.MedewerkerAdded(keten=organisatie_id, medewerker_id=added.id, rollen=rollen))
    return added


def _follow(work: Work, medewerker: Medewerker, known: Werkidentiteit, organisatie_id: UUID) -> None:
    """Name and roles are what the provider says. Raises OngeldigeToegang for who may not be here."""
    if not medewerker.actief or medewerker.organisatie_id != organisatie_id:
        raise OngeldigeToegang("not active here")
    if not known.roles or not known.roles <= OF_AN_ORGANISATIE:
        raise OngeldigeToegang("no role")
    values = {"naam": known.naam, "rollen": sorted(known.roles)}
    changed = tuple(name for name, value in values.items() if getattr(medewerker, name) != value)
    for name in changed:
        setattr(medewerker, name, values[name])
    if changed:
        work.record(
            events.MedewerkerChanged(
                keten=organisatie_id,
                medewerker_id=medewerker.id,
                velden=changed,
                rollen=tuple(sorted(known.roles)),
            )
        )
