"""The schuldeisers of the demonstration world answer: through the link, or by a mail that somebody must read."""

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.actions import antwoordlink, beantwoorden
from portal.db.engine import Database
from portal.delivery.inbound.reader import Envelop
from portal.dev.wereld.bezorging import Bezorger
from portal.dev.wereld.verhalen import Verhaal
from portal.domain.antwoorden import parse_day
from portal.domain.beantwoording import Antwoordweg, GeenMedewerking, GegevenAntwoord
from portal.domain.roles import Actor
from portal.domain.status import Antwoord
from portal.models import Kennisgeving, Schuldeiser
from portal.queries import dossier


def answer(database: Database, bezorger: Bezorger, verhaal: Verhaal, verzoek_id: UUID) -> None:
    """Each schuldeiser of the verhaal confirms that it knows the customer, and answers."""
    messages = _messages(database, verzoek_id)
    geboren_on = parse_day(verhaal.antwoorden["geboortedatum"]["geboren_on"])
    for naam, told in verhaal.beantwoord.items():
        message = messages[naam]
        actor = Actor.schuldeiser(message.schuldeiser_id)
        with database.session(actor) as session:
            antwoordlink.confirm(session, actor, message.id, referentie="", geboren_on=geboren_on)
            beantwoorden.answer(session, actor, message.id, _gegeven(database, told), via=Antwoordweg.LINK)


def write(database: Database, bezorger: Bezorger, verhaal: Verhaal, verzoek_id: UUID) -> None:
    """Each mail of the verhaal comes in: as a reply to the message to `bij`, or about nothing that the portal knows."""
    messages = _messages(database, verzoek_id)
    for told in verhaal.mails:
        message = messages.get(told.get("bij", ""))
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["Subject"] = told["van"], told["onderwerp"]
        if message is not None:
            mail["In-Reply-To"] = message.message_id
        mail.set_content(told["tekst"])
        bezorger.receive(BytesIO(mail.as_bytes()), Envelop(ontvanger="", afzender=told["van"]))


BY_SCHULDEISER = {"answer": answer, "write": write}


def _messages(database: Database, verzoek_id: UUID) -> dict[str, Kennisgeving]:
    with database.session(Actor.systeem()) as session:
        return {each.schuldeiser.naam: each for each in dossier.kennisgevingen(session, verzoek_id)}


def _gegeven(database: Database, told: Mapping[str, Any]) -> GegevenAntwoord:
    said = dict(told)
    if "naar" in said:
        with database.session(Actor.systeem()) as session:
            said["naar_id"] = session.scalars(select(Schuldeiser.id).where(Schuldeiser.naam == said.pop("naar"))).one()
    if "reden" in said:
        said["reden"] = GeenMedewerking(said["reden"])
    return GegevenAntwoord(**said | {"antwoord": Antwoord(said["antwoord"])})
