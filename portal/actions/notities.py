"""Write something down for colleagues: a note, and what a register said."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.errors import NotAllowed
from portal.domain.roles import Actor
from portal.models import Notitie, Pauzeverzoek, Register, Registercontrole, Registeruitkomst


def write_notitie(session: ScopedSession, actor: Actor, verzoek_id: UUID, tekst: str, *, id: UUID) -> None:
    """A note, also about a case that is closed. With the same `id` it is one note. Raises NotAllowed, NotFound."""
    with _case(session, actor, verzoek_id) as work:
        if session.get(Notitie, id) is not None:
            return
        note = Notitie(id=id, verzoek_id=verzoek_id, written_at=work.now, written_by=actor.id, tekst=tekst)
        work.add(note)
        work.record(note.written())


def check_register(
    session: ScopedSession,
    actor: Actor,
    verzoek_id: UUID,
    register: Register,
    uitkomst: Registeruitkomst,
    toelichting: str,
    *,
    id: UUID,
) -> None:
    """Somebody looked the person up, and this is what it said. The same `id` is one check.

    Raises NotAllowed, NotFound.
    """
    with _case(session, actor, verzoek_id) as work:
        if session.get(Registercontrole, id) is not None:
            return
        check = Registercontrole(
            id=id,
            verzoek_id=verzoek_id,
            register=register,
            uitkomst=uitkomst,
            checked_at=work.now,
            checked_by=actor.id,
            toelichting=toelichting or None,
        )
        work.add(check)
        work.record(check.checked())


@contextmanager
def _case(session: ScopedSession, actor: Actor, verzoek_id: UUID) -> Iterator[Work]:
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider writes in a case")
    with unit_of_work(session, actor) as work:
        work.load_for_update(Pauzeverzoek, verzoek_id)
        yield work
