"""Reading the photo of a letter in the worker. Without Tesseract the photo alone is kept: a hulpverlener reads it."""

from contextlib import suppress
from uuid import UUID

from portal.actions import lezen, wachtrij
from portal.beeld.lezen import NuNietTeLezen, reader, text_of
from portal.db.engine import Database
from portal.delivery.later import TryLater
from portal.domain import brieflezen
from portal.domain.roles import Actor

WAITS = (60, 900, 10800)
"""Seconds before a photo is tried again that could not be read now; after that it waits for the night. Assumption."""


def read_foto(database: Database, id: UUID, attempts: int = 0) -> None:
    """Read one photo, once. The text is forgotten, the proposal is kept. No transaction is open meanwhile.

    Raises TryLater when it could not be read now, and this was not the last of its `attempts`.
    """
    try:
        _read(database, id)
    except NuNietTeLezen as error:
        if attempts < len(WAITS):
            raise TryLater(WAITS[attempts]) from error


def _read(database: Database, id: UUID) -> None:
    if reader() is None:
        return
    with database.session(Actor.systeem()) as session:
        work = lezen.to_read(session, id)
    text = text_of(work.paginas) if work else None
    if work is None or text is None:
        return
    lezing = brieflezen.read(text, work.persoon)
    with database.session(Actor.systeem()) as session:
        lezen.record_read(session, id, lezing)


def queue_unread(database: Database) -> None:
    """Queue the photos that are unread and still wanted: sent before Tesseract was here, or while it had no time."""
    with suppress(NuNietTeLezen):  # the next night
        if reader() is None:
            return
        with database.session(Actor.systeem()) as session:
            wachtrij.queue_unread(session)
