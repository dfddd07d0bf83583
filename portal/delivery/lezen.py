"""Reading the photo of a letter in the worker. Without Tesseract the photo alone is kept: a hulpverlener reads it."""

from uuid import UUID

from portal.actions import lezen
from portal.beeld.lezen import reader, text_of
from portal.db.engine import Database
from portal.domain import brieflezen
from portal.domain.roles import Actor


def read_foto(database: Database, id: UUID) -> None:
    """Read one photo, once. The text is forgotten, the proposal is kept. No transaction is open meanwhile."""
    if reader() is None:
        return
    with database.session(Actor.systeem()) as session:
        work = lezen.to_read(session, id)
    if work is None:
        return
    lezing = brieflezen.read(text_of(work.paginas) or "", work.persoon)
    with database.session(Actor.systeem()) as session:
        lezen.record_read(session, id, lezing)
