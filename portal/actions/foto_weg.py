"""A hulpvrager takes one photo back, as long as the list can be changed."""

from uuid import UUID

from portal.actions import fotos
from portal.actions.hulpvrager import editable, line_of
from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import EnigeFoto, NotFound
from portal.domain.roles import Actor


def remove_foto(session: ScopedSession, actor: Actor, verzoek_id: UUID, schuld_id: UUID, foto_id: UUID) -> None:
    """Delete one photo of a schuld; the schuld stays. Raises NotFound, MoveNotAllowed, and EnigeFoto when the schuld
    has no other photo and nobody typed the sender.
    """
    with unit_of_work(session, actor) as work:
        verzoek = editable(work, verzoek_id)
        schuld = line_of(verzoek, schuld_id)
        kept = {foto.id: foto for foto in fotos.whole(work, schuld)}
        if foto_id not in kept:
            raise NotFound(f"foto {foto_id}")
        if len(kept) == 1 and not schuld.verteld.afzender:
            raise EnigeFoto(str(foto_id))
        work.session.delete(kept[foto_id])
        verzoek.touch(work.now)
        work.record(events.FotoRemoved(keten=verzoek.id, foto_id=foto_id, **schuld.named))
