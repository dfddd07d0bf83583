"""A hulpvrager reports something after filing; a hulpverlener looks at it and answers."""

from typing import Any
from uuid import UUID

from portal.actions import fotos
from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.errors import MoveNotAllowed, NotAllowed, NotFound
from portal.domain.foto import Beeld
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor
from portal.domain.status import OPEN, Status
from portal.models import Melding, Pauzeverzoek
from portal.queries import dossier

RUNNING = frozenset({Status.GOEDGEKEURD})
MAY_REPORT = {
    Meldingsoort.POST: RUNNING,
    Meldingsoort.SCHULD: RUNNING,
    Meldingsoort.GEGEVENS: RUNNING | OPEN,
}
"""In which status each kind may be reported. Before the decision a forgotten schuld goes on the list."""

MAX_OPEN = 40
"""Reports of one case that wait. Assumption: as many as a case has schuldeisers at most (NVVK)."""


def report(
    session: ScopedSession,
    actor: Actor,
    soort: Meldingsoort,
    gegevens: dict[str, Any],
    *,
    id: UUID,
    kennisgeving_id: UUID | None = None,
    beeld: Beeld | None = None,
) -> None:
    """Keep what the hulpvrager reports, with the photo of the letter. With the same `id` it is one report.

    Raises MoveNotAllowed when the case does not take it (any more) or has too many, NotFound for the message of
    another case, TeVeelFotos.
    """
    if actor.id is None:
        raise NotFound("no pauzeverzoek without a hulpvrager")
    with unit_of_work(session, actor) as work:
        verzoek = work.load_for_update(Pauzeverzoek, actor.id)
        earlier = dossier.meldingen(session, verzoek.id)
        if id in {melding.id for melding in earlier}:
            return
        waiting = [melding for melding in earlier if melding.handled_at is None]
        if verzoek.status not in MAY_REPORT[soort] or len(waiting) >= MAX_OPEN:
            raise MoveNotAllowed(f"report {soort} in {verzoek.status} with {len(waiting)} waiting")
        if kennisgeving_id is not None:
            dossier.kennisgeving(session, verzoek.id, kennisgeving_id)
        melding = Melding(
            id=id,
            verzoek_id=verzoek.id,
            soort=soort,
            made_at=work.now,
            kennisgeving_id=kennisgeving_id,
            gegevens=gegevens,
        )
        work.add(melding)
        work.record(melding.make())
        if beeld is not None:
            fotos.keep(work, melding, beeld)


def handle(session: ScopedSession, actor: Actor, melding_id: UUID, reactie: str) -> None:
    """A hulpverlener looked at it; the hulpvrager reads the `reactie`. Raises NotAllowed, NotFound, MoveNotAllowed."""
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider handles a melding")
    with unit_of_work(session, actor) as work:
        melding = work.load_for_update(Melding, melding_id)
        work.record(melding.handle(work.now, actor.id, reactie))
