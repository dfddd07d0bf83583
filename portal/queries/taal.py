"""The language of a hulpvrager."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.taal import Taal
from portal.models import Pauzeverzoek


def chosen_for(session: Session, verzoek_id: UUID) -> Taal | None:
    """The language that was chosen for this pauzeverzoek; None without a choice."""
    return session.scalar(select(Pauzeverzoek.taal).where(Pauzeverzoek.id == verzoek_id))
