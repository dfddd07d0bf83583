"""Two entries of the directory that are one party: the one goes, the other stays.

What was sent stays with the entry that it was sent to: its words, its answer links, its answers. What is not decided
yet goes along, so that the next message goes to the one that stays.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import selectinload

from portal.actions.contact import may_decide
from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import HeeftKoppeling, MoveNotAllowed, NotAllowed
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor, Role
from portal.domain.status import OPEN
from portal.models import ApiClient, Gemachtigde, Lijstvoorstel, Pauzeverzoek, Schuld, Schuldeiser, Schuldpartij


def merge_entries(session: ScopedSession, actor: Actor, weg_id: UUID, blijft_id: UUID) -> None:
    """Merge `weg` into `blijft`. Done as the portal itself, because it reaches into cases; the event names who did it.

    Raises NotFound, NotAllowed, MoveNotAllowed when one of them cannot be merged, HeeftKoppeling when the machine of
    `weg` fetches its messages.
    """
    with session.acting_as(actor):
        seen = session.scalars(select(Schuldeiser.id).where(Schuldeiser.id.in_((weg_id, blijft_id)))).all()
    if actor.id is None or len(seen) < 2:
        raise NotAllowed("merge entries that are not both seen")
    with unit_of_work(session, Actor.systeem()) as work:
        cases = _open_cases(work, weg_id)
        locked = {id: work.load_for_update(Schuldeiser, id) for id in sorted({weg_id, blijft_id})}
        weg, blijft = locked[weg_id], locked[blijft_id]
        _expect_mergeable(work, actor, weg, blijft)
        moved = _move_matches(work, cases, weg, blijft)
        _move_collectors(work, weg, blijft, keeps=may_decide(actor, blijft))
        work.session.execute(
            update(Schuldeiser).where(Schuldeiser.samengevoegd_met_id == weg.id).values(samengevoegd_met_id=blijft.id)
        )
        weg.merge_into(blijft)
        for keten in {LANDELIJK if each.organisatie_id is None else each.organisatie_id for each in (weg, blijft)}:
            work.record(
                events.SchuldeisersMerged(
                    keten=keten, schuldeiser_id=blijft.id, weg_id=weg.id, medewerker_id=actor.id, schulden=moved
                )
            )


def may_merge(actor: Actor, weg: Schuldeiser) -> bool:
    """Whoever keeps the entry; the landelijk beheerder also one that is proposed to him."""
    proposed = weg.voorstel is Lijstvoorstel.OPEN and Role.LANDELIJK_BEHEERDER in actor.roles
    return not weg.is_particulier and weg.samengevoegd_met_id is None and (proposed or may_decide(actor, weg))


def _expect_mergeable(work: Work, actor: Actor, weg: Schuldeiser, blijft: Schuldeiser) -> None:
    if not may_merge(actor, weg):
        raise NotAllowed("merge this entry")
    kept_here = blijft.organisatie_id in (None, weg.organisatie_id)
    if weg.id == blijft.id or not blijft.actief or blijft.is_particulier or not kept_here:
        raise MoveNotAllowed("merge with this entry")
    client = select(ApiClient.id).where(ApiClient.schuldeiser_id == weg.id, ApiClient.revoked_at.is_(None))
    if work.session.scalars(client.limit(1)).first():
        raise HeeftKoppeling(str(weg.id))


def _open_cases(work: Work, weg_id: UUID) -> list[UUID]:
    """The undecided cases with a schuld tied to it. Their chains are locked before the entries, as other acts do."""
    ids = work.session.scalars(
        select(Pauzeverzoek.id)
        .where(
            Pauzeverzoek.status.in_(OPEN),
            Pauzeverzoek.id.in_(select(Schuld.verzoek_id).join(Schuld.partijen).where(_tied_to(weg_id))),
        )
        .order_by(Pauzeverzoek.id)
    ).all()
    for id in ids:
        work.lock(id)
    return list(ids)


def _move_matches(work: Work, cases: list[UUID], weg: Schuldeiser, blijft: Schuldeiser) -> int:
    """Tie what is undecided to the entry that stays. Each case counts a change: a decision on an older page fails."""
    moved = 0
    for id in cases:
        verzoek = work.load_for_update(Pauzeverzoek, id)
        if not verzoek.is_open:
            continue
        tied = select(Schuld).join(Schuld.partijen).where(Schuld.verzoek_id == id, _tied_to(weg.id))
        for schuld in work.session.scalars(tied.options(selectinload(Schuld.partijen))).all():
            work.record(schuld.swap_party(weg.id, blijft.id))
            moved += 1
        verzoek.touch(work.now)
    return moved


def _tied_to(id: UUID) -> ColumnElement[bool]:
    return Schuldpartij.schuldeiser_id == id


def _move_collectors(work: Work, weg: Schuldeiser, blijft: Schuldeiser, *, keeps: bool) -> None:
    """Who collects for the one collects for the other, if the actor keeps that one: an organisatie does not say who
    collects for an entry of the landelijke list.
    """
    either = (Gemachtigde.schuldeiser_id == weg.id) | (Gemachtigde.gemachtigde_id == weg.id)
    pairs = work.session.execute(select(Gemachtigde.schuldeiser_id, Gemachtigde.gemachtigde_id).where(either)).all()
    work.session.execute(delete(Gemachtigde).where(either))
    swap = {weg.id: blijft.id}
    wanted = {(swap.get(row[0], row[0]), swap.get(row[1], row[1])) for row in pairs if keeps or row[0] != weg.id}
    known = {tuple(row) for row in work.session.execute(select(Gemachtigde.schuldeiser_id, Gemachtigde.gemachtigde_id))}
    for schuldeiser_id, gemachtigde_id in sorted(wanted - known):
        if schuldeiser_id != gemachtigde_id:
            work.add(Gemachtigde(schuldeiser_id=schuldeiser_id, gemachtigde_id=gemachtigde_id))
