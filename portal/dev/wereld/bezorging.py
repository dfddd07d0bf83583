"""Delivery in the past of the demonstration world: by the worker's own code, to a real mail server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select

from config.settings import Settings
from portal.db.engine import Database, ScopedSession
from portal.delivery.inbound import intake
from portal.delivery.inbound.reader import Envelop
from portal.delivery.smtp import Mailer
from portal.delivery.tasks import Sender
from portal.dev.inbox import Inbox
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor
from portal.domain.status import Verzendstatus
from portal.models import Bericht, BerichtKanaal, Kennisgeving

GONE = "weg@testland-incasso.example"
"""An address that no longer exists: the mail server refuses it, so there is one undelivered message to see."""


class Bezorger:
    """Hands over what a case has waiting and takes in what comes back, at the instant of the clock."""

    def __init__(self, database: Database, settings: Settings, sender: Sender) -> None:
        self.database, self.settings, self.sender = database, settings, sender

    def deliver(self, verzoek_id: UUID) -> None:
        """Every waiting mail of one case; a letter is only made. Their jobs stay and will find nothing."""
        with self.database.session(Actor.systeem()) as session:
            waiting = _waiting(session, verzoek_id)
        for model, id in waiting:
            self.sender.send(model, id)

    def receive(self, mail: BinaryIO, envelop: Envelop) -> None:
        """One mail comes in."""
        intake.receive(self.database, self.settings, intake.take(mail, envelop, self.settings.inbound_max_bytes))


@contextmanager
def bezorger(settings: Settings, database: Database) -> Iterator[Bezorger]:
    """With a mail server on loopback for as long as the block lasts, whatever MAIL_SERVER says."""
    with Inbox(settings.portal_instance / "postvak", answer=_answer) as inbox:
        local = replace(
            settings, mail_server="127.0.0.1", mail_port=inbox.port, mail_username="", mail_require_tls=False
        )
        mailer = Mailer(local)
        try:
            yield Bezorger(database, settings, Sender(database, mailer, ()))
        finally:
            mailer.close()


def _answer(recipient: str) -> str | None:
    return "550 5.1.1 User unknown" if recipient == GONE else None


def _waiting(session: ScopedSession, verzoek_id: UUID) -> list[tuple[type[Kennisgeving] | type[Bericht], UUID]]:
    kennisgevingen = session.scalars(
        select(Kennisgeving.id)
        .where(
            Kennisgeving.verzoek_id == verzoek_id,
            Kennisgeving.status == Verzendstatus.KLAAR,
            Kennisgeving.kanaal.in_((Kanaal.EMAIL, Kanaal.BRIEF)),
        )
        .order_by(Kennisgeving.issued_at, Kennisgeving.id)
    ).all()
    berichten = session.scalars(
        select(Bericht.id)
        .where(
            Bericht.verzoek_id == verzoek_id,
            Bericht.status == Verzendstatus.KLAAR,
            Bericht.kanaal == BerichtKanaal.EMAIL,
        )
        .order_by(Bericht.issued_at, Bericht.id)
    ).all()
    return [*((Bericht, id) for id in berichten), *((Kennisgeving, id) for id in kennisgevingen)]
