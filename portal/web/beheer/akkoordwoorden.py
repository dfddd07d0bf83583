"""A question for a second key in words: what it is about, who asked, what changes, and what became of it."""

from dataclasses import dataclass
from uuid import UUID

from portal.domain.akkoord import Akkoordsoort, Akkoordstatus
from portal.domain.status import Eindreden
from portal.models import Akkoordvraag, Schuldeiser
from portal.queries import akkoord
from portal.web.hulpverlener.antwoorden import Rij
from portal.web.hulpverlener.woorden import AKKOORDSOORT, AKKOORDSTATUS, EINDREDEN, STATUS, VERZENDING
from portal.web.session import db
from portal.web.templating import moment

MACHINE = "De schuldeiser zelf, via de koppeling"


@dataclass(frozen=True, slots=True)
class Vraag:
    """One line of a list."""

    vraag: Akkoordvraag
    wat: str
    wie: str
    status: str
    kleur: str


def read(vraag: Akkoordvraag) -> Vraag:
    about = f": {vraag.schuldeiser.naam}" if vraag.schuldeiser else ""
    return Vraag(vraag, f"{AKKOORDSOORT[vraag.soort]}{about}", _asked_by(vraag), *AKKOORDSTATUS[vraag.status])


def facts(vraag: Akkoordvraag) -> list[Rij]:
    """Everything that the second person needs to know, and afterwards who answered what."""
    rows: list[Rij] = [("Gevraagd door", _asked_by(vraag)), ("Gevraagd op", moment(vraag.asked_at))]
    rows += [("Waarom", vraag.reden)] if vraag.reden else []
    rows += _changes(vraag, vraag.schuldeiser) if vraag.schuldeiser else []
    if vraag.soort is Akkoordsoort.VEEL_BEEINDIGEN:
        rows.append(("Reden van het einde", EINDREDEN[Eindreden(vraag.inhoud["reden"])]))
    if vraag.status is Akkoordstatus.OPEN:
        return [*rows, ("Verloopt op", moment(vraag.expires_at))]
    return [*rows, *_answer(vraag)]


def _changes(vraag: Akkoordvraag, entry: Schuldeiser) -> list[Rij]:
    """The addresses as they are and as they would be; after the decision only what was asked."""
    is_open = vraag.status is Akkoordstatus.OPEN
    rows: list[Rij] = []
    if vraag.email is not None:
        rows += [("E-mailadres nu", entry.email or "Geen")] if is_open and entry.email != vraag.email else []
        rows.append(("E-mailadres gevraagd", vraag.email))
    if vraag.postadres is not None:
        rows += [("Postadres nu", (entry.postadres or "Geen").splitlines())] if is_open else []
        rows.append(("Postadres gevraagd", vraag.postadres.splitlines()))
    return rows


def _answer(vraag: Akkoordvraag) -> list[Rij]:
    if vraag.decided_at is None:
        return []
    who = vraag.beslisser.naam if vraag.beslisser else "Een collega"
    alone = ", zonder tweede persoon" if vraag.alleen else ""
    rows: list[Rij] = [("Besloten door", f"{who}, op {moment(vraag.decided_at)}{alone}")]
    return rows if vraag.alleen else [*rows, ("Antwoord", vraag.antwoord or "")]


def cases(vraag: Akkoordvraag) -> list[tuple[UUID, str, str, str]]:
    """The cases of a mass act, or the case that this is about, as they stand now: id, kenmerk, badge, colour."""
    match vraag.soort:
        case Akkoordsoort.VEEL_BEEINDIGEN:
            found = akkoord.cases(db(), [UUID(id) for id in vraag.inhoud["ids"]])
            return [(each.id, each.kenmerk, *STATUS[each.status]) for each in found]
        case Akkoordsoort.VEEL_OPNIEUW:
            messages = akkoord.messages(db(), [UUID(id) for id in vraag.inhoud["ids"]])
            return [(case.id, case.kenmerk, *VERZENDING[message.status]) for message, case in messages]
        case _:
            found = akkoord.cases(db(), [vraag.verzoek_id]) if vraag.verzoek_id else []
            return [(each.id, each.kenmerk, *STATUS[each.status]) for each in found]


def _asked_by(vraag: Akkoordvraag) -> str:
    if vraag.asked_by is None:
        return MACHINE
    return vraag.vrager.naam if vraag.vrager else "Een collega"
