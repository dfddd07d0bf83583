"""The photo of a letter goes with its schuld, answer or report, and leaves with it."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import undefer

from portal.actions.work import Work
from portal.domain.errors import TeVeelFotos
from portal.domain.foto import MAX_FOTOS, Beeld
from portal.models import Foto, Schuld
from portal.models.foto import Onderwerp, foto_id
from portal.queries import fotos


def keep(work: Work, bij: Onderwerp, beeld: Beeld) -> None:
    """Within an act: keep the photo. The same one sent twice is one. Raises TeVeelFotos."""
    earlier = {foto.id for foto in fotos.of_case(work.session, bij.verzoek_id)}
    if foto_id(bij.id, beeld.sha256) in earlier:
        return
    if len(earlier) >= MAX_FOTOS:
        raise TeVeelFotos(str(MAX_FOTOS))
    foto = Foto.keep(bij, beeld, work.now)
    work.add(foto)
    work.record(foto.added())


def move(work: Work, melding_id: UUID, schuld: Schuld) -> None:
    """Within an act: the photos of a report of the same case go on with the schuld that was made of it."""
    for foto in _whole(work, Foto.verzoek_id == schuld.verzoek_id, Foto.melding_id == melding_id):
        work.record(foto.go_to(schuld))


def drop(work: Work, schuld: Schuld) -> None:
    """Within an act: the photos of a schuld that leaves the list."""
    for foto in whole(work, schuld):
        work.session.delete(foto)
    work.session.flush()


def whole(work: Work, schuld: Schuld) -> list[Foto]:
    """Within an act: the photos of a schuld with their pages, in the order of sending."""
    return _whole(work, Foto.schuld_id == schuld.id)


def _whole(work: Work, *which: ColumnElement[bool]) -> list[Foto]:
    """With their pages: the trail proves those too."""
    found = select(Foto).where(*which).order_by(Foto.made_at, Foto.id).options(undefer(Foto.beeld_sealed))
    return list(work.session.scalars(found))
