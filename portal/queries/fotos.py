"""The photos of letters of one case."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from portal.domain.brieflezen.partijen import without_legal_form
from portal.domain.errors import NotFound
from portal.domain.foto import MAX_FOTOS
from portal.domain.voorstel import Voorstel, newest_of
from portal.models import Foto
from portal.models.sealed import fold


def of_case(session: Session, verzoek_id: UUID) -> Sequence[Foto]:
    """All of them without their pages, in the order of sending."""
    return session.scalars(
        select(Foto).where(Foto.verzoek_id == verzoek_id).order_by(Foto.made_at, Foto.id).limit(MAX_FOTOS)
    ).all()


def by_onderwerp(session: Session, verzoek_id: UUID) -> Mapping[UUID, Sequence[Foto]]:
    """The photos of each schuld, question and report, by its id; without their pages."""
    found: dict[UUID, list[Foto]] = defaultdict(list)
    for foto in of_case(session, verzoek_id):
        found[foto.bij].append(foto)
    return found


def sent_with(session: Session, verzoek_id: UUID, melding_id: UUID) -> Sequence[Foto]:
    """The photos that came with a report, also when they belong to a schuld since; without their pages."""
    return [foto for foto in of_case(session, verzoek_id) if foto.came_with(melding_id)]


def read_on(found: Sequence[Foto]) -> Voorstel:
    """What the computer read on the newest of these photos."""
    return newest_of([foto.gelezen for foto in found])


def is_of_another(voorstel: Voorstel, told: Mapping[str, Any]) -> bool:
    """Whether another sender was read than was told: perhaps of another letter, so the rest may be another's too."""
    names = [fold(without_legal_form(name)) for name in (voorstel.afzender, told.get("afzender") or "")]
    return all(names) and names[0] != names[1]


def left_on(voorstel: Voorstel, told: Mapping[str, Any]) -> dict[str, Any]:
    """What was read and is not told; of another sender with all that differs, so that it is seen whose it is."""
    missing = voorstel.missing_in(told)
    if missing and is_of_another(voorstel, told):
        return {name: value for name, value in voorstel.velden.items() if value != told.get(name)}
    return missing


def of_schuld(session: Session, verzoek_id: UUID, foto_id: UUID) -> tuple[UUID, Foto]:
    """A photo of a schuld without its pages, and that schuld. Raises NotFound, also for the photo of another case."""
    found = next((foto for foto in of_case(session, verzoek_id) if foto.id == foto_id), None)
    if found is None or found.schuld_id is None:
        raise NotFound(f"foto {foto_id}")
    return found.schuld_id, found


def pagina(session: Session, verzoek_id: UUID, foto_id: UUID, number: int) -> bytes:
    """One page as JPEG, counted from 1. Raises NotFound, also for the photo of another case."""
    found = session.scalars(
        select(Foto).where(Foto.verzoek_id == verzoek_id, Foto.id == foto_id).options(undefer(Foto.beeld_sealed))
    ).first()
    if found is None or not 1 <= number <= found.paginas:
        raise NotFound(f"foto {foto_id} page {number}")
    return found.pagina(number)
