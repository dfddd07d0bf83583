"""The hulpvrager chooses a language."""

from portal.actions.hulpvrager import own
from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.roles import Actor
from portal.domain.taal import Taal


def choose_taal(session: ScopedSession, actor: Actor, taal: Taal) -> None:
    """Write to this hulpvrager in this language from now on. The button of the language of now is no act."""
    with unit_of_work(session, actor) as work:
        verzoek = own(work)
        if verzoek.reads is not taal:
            work.record(verzoek.choose(taal))
