"""The hulpvrager chooses a language, or tells a hulpverlener which one."""

from uuid import UUID

from portal.actions.hulpvrager import own
from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.errors import NotAllowed
from portal.domain.roles import Actor
from portal.domain.taal import Taal
from portal.models import Pauzeverzoek


def choose_taal(session: ScopedSession, actor: Actor, taal: Taal) -> None:
    """Write to this hulpvrager in this language from now on. The button of the language of now is no act."""
    with unit_of_work(session, actor) as work:
        verzoek = own(work)
        if verzoek.reads is not taal:
            work.record(verzoek.choose(taal))


def note_taal(session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int, taal: Taal) -> None:
    """The hulpvrager said it at the desk or on the telephone, in every status. The language of now is no act.

    Raises NotAllowed, NotFound, AlreadyDecided.
    """
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider writes down what somebody says")
    with unit_of_work(session, actor) as work:
        verzoek = work.load_for_update(Pauzeverzoek, verzoek_id)
        verzoek.expect_version(versie)
        if verzoek.reads is not taal:
            work.record(verzoek.choose(taal))
