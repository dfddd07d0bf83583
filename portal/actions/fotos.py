"""The photo of a letter goes with its schuld, and leaves with it."""

from uuid import uuid5

from sqlalchemy import select
from sqlalchemy.orm import undefer

from portal.actions.work import Work
from portal.domain.errors import TeVeelFotos
from portal.domain.foto import MAX_FOTOS, Beeld
from portal.models import Foto, Schuld
from portal.queries import fotos


def keep(work: Work, schuld: Schuld, beeld: Beeld) -> None:
    """Within an act: keep the photo. The same one sent twice is one. Raises TeVeelFotos."""
    id = uuid5(schuld.id, beeld.sha256)
    earlier = {foto.id for foto in fotos.of_case(work.session, schuld.verzoek_id)}
    if id in earlier:
        return
    if len(earlier) >= MAX_FOTOS:
        raise TeVeelFotos(str(MAX_FOTOS))
    foto = Foto.keep(id, schuld.verzoek_id, schuld.id, beeld, work.now)
    work.add(foto)
    work.record(foto.added())


def drop(work: Work, schuld: Schuld) -> None:
    """Within an act: the photos of a schuld that leaves the list."""
    found = select(Foto).where(Foto.schuld_id == schuld.id).options(undefer(Foto.beeld_sealed))
    for foto in work.session.scalars(found).all():
        work.session.delete(foto)
    work.session.flush()
