"""Whose case it is: handed to a colleague, put back among the new ones, given out by a teamleider."""

from collections.abc import Mapping
from uuid import UUID

from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.errors import AlreadyDecided, MoveNotAllowed, NotAllowed, NotFound
from portal.domain.roles import REVIEWERS, Actor, Role
from portal.domain.status import MOVES, Move
from portal.models import Medewerker, Pauzeverzoek


def hand_over(session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int, naar: UUID) -> None:
    """Give a case to a colleague who decides on cases of this organisatie.

    Raises AlreadyDecided, NotFound for anybody else, MoveNotAllowed when he has it already.
    """
    _check_may_assign(actor)
    with unit_of_work(session, actor) as work:
        expect_reviewer(work, naar)
        verzoek = work.load_for_update(Pauzeverzoek, verzoek_id)
        verzoek.expect_version(versie)
        _give(work, verzoek, naar)


def release(session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int) -> None:
    """Put a case back among the new ones. Raises AlreadyDecided, MoveNotAllowed."""
    _check_may_assign(actor)
    with unit_of_work(session, actor) as work:
        verzoek = work.load_for_update(Pauzeverzoek, verzoek_id)
        verzoek.expect_version(versie)
        work.record(verzoek.release(work.now))


def assign_many(session: ScopedSession, actor: Actor, versies: Mapping[UUID, int], naar: UUID) -> list[str]:
    """A teamleider gives many cases to one colleague: those that are as they were read (id → version).

    Returns the kenmerken of the others, which stay where they are. Raises NotAllowed, NotFound for who decides on no
    cases here.
    """
    if Role.TEAMLEIDER not in actor.roles:
        raise NotAllowed("only a teamleider gives out cases")
    left = []
    with unit_of_work(session, actor) as work:
        expect_reviewer(work, naar)
        for id in sorted(versies):  # always in the same order: two teamleiders at once do not wait for each other
            verzoek = work.load_for_update(Pauzeverzoek, id)
            try:
                verzoek.expect_version(versies[id])
                _give(work, verzoek, naar)
            except (AlreadyDecided, MoveNotAllowed):
                left.append(verzoek.kenmerk)
    return left


def _check_may_assign(actor: Actor) -> None:
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider gives a case to somebody")


def _give(work: Work, verzoek: Pauzeverzoek, naar: UUID) -> None:
    if verzoek.behandelaar_id == naar or verzoek.status not in MOVES[Move.ASSIGN]:
        raise MoveNotAllowed(f"hand over in {verzoek.status}")
    work.record(verzoek.assign(naar, work.now))


def expect_reviewer(work: Work, medewerker_id: UUID) -> None:
    """Raises NotFound unless he decides on cases here. Row-level security hides the staff of other organisaties."""
    medewerker = work.session.get(Medewerker, medewerker_id)
    here = medewerker is not None and medewerker.organisatie_id == work.actor.organisatie_id
    if medewerker is None or not (here and medewerker.actief and medewerker.roles & REVIEWERS):
        raise NotFound(f"reviewer {medewerker_id}")
