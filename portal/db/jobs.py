"""Background work: procrastinate on the same database.

A job is deferred on the connection of the caller's transaction, so a commit and its messages cannot part. Here are only
the names; the tasks themselves live in `portal.delivery.tasks`, which the worker imports.
"""

from collections.abc import Sequence
from uuid import UUID, uuid4

from procrastinate import App, SyncPsycopgConnector
from sqlalchemy.orm import Session

SEND_KENNISGEVING = "send_kennisgeving"
TYPESET_KENNISGEVING = "typeset_kennisgeving"
TYPESET_AANMELDBEWIJS = "typeset_aanmeldbewijs"
SEND_DAGOVERZICHT = "send_dagoverzicht"
SEND_BERICHT = "send_bericht"
MAIL_LINKS = "mail_links"
CALL_WEBHOOK = "call_webhook"
MAIL_UITNODIGING = "mail_uitnodiging"
MAIL_TEAMMAIL = "mail_teammail"
MAIL_OVERZICHT = "mail_overzicht"
CARRY_OUT = "carry_out"
READ_FOTO = "read_foto"

LATER = -10
"""Priority of a job for which everything else may go first. That of others is 0."""

_app = App(connector=SyncPsycopgConnector())


def defer(session: Session, task: str, ids: Sequence[UUID], *, wait_seconds: int = 0, priority: int = 0) -> None:
    """Defer one job per id in the session's transaction, to be done at once or after a wait. Ids only: a job never
    holds personal data.

    The lock keeps two workers from handling the same message at once.
    """
    connection = session.connection().connection.driver_connection
    schedule = {"seconds": wait_seconds} if wait_seconds else None
    for id in ids:
        _app.configure_task(
            task,
            allow_unknown=True,
            lock=f"{task}:{id}",
            queue="verzending",
            connection=connection,
            schedule_in=schedule,
            priority=priority,
        ).defer(id=str(id))


def defer_lookup(session: Session, task: str, email_index: bytes) -> None:
    """Defer the look-up of an address, by its keyed index. With an id of its own: a repeat is harmless."""
    connection = session.connection().connection.driver_connection
    _app.configure_task(task, allow_unknown=True, queue="verzending", connection=connection).defer(
        email_index=email_index.hex(), request_id=str(uuid4())
    )
