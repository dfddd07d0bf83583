"""The worker's part in the link to all open messages of a mailbox: look the mailbox up, mail the link."""

from datetime import timedelta
from uuid import UUID

from portal.actions import overzicht
from portal.db.engine import Database
from portal.delivery.smtp import Mailer
from portal.domain.roles import Actor
from portal.domain.status import Pogingresultaat


def mail_link(database: Database, mailer: Mailer, index: bytes, life: timedelta, request_id: UUID) -> bool:
    """Mail the link, if the mailbox is known. False when the mail server asks to try again."""
    with database.session(Actor.systeem()) as session:
        zending = overzicht.issue(session, index, life, request_id)
    return zending is None or mailer.deliver(zending).resultaat is not Pogingresultaat.TIJDELIJK
