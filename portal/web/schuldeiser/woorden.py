"""The words to a schuldeiser: why a link is closed, what is wrong with an answer, what was answered."""

from typing import TypeAlias

from portal.domain.beantwoording import Antwoordweg, Geldigheid
from portal.models import Beantwoording
from portal.texts.ontvangst import in_words
from portal.web.templating import day, moment

Rij: TypeAlias = tuple[str, str]

OVERZICHT_VOORBIJ = "Deze link is verlopen of uitgezet. Vraag een nieuwe link aan."

INGETROKKEN_LINK = "De gemeente heeft deze link ingetrokken."

GESLOTEN = {
    Geldigheid.VERVANGEN: "U hebt een nieuwer bericht van ons gekregen. Gebruik de link in dat bericht.",
    Geldigheid.INGETROKKEN: "De pauze is eerder gestopt. U hoeft niet meer te antwoorden.",
    Geldigheid.AFGELOPEN: "De pauze is afgelopen. U hoeft niet meer te antwoorden.",
}
"""Why a genuine link leads no further."""

ONGELDIG = {
    "antwoord": "Kies uw antwoord.",
    "tot_en_met": "Kies een dag na de start van de pauze en hoogstens 8 maanden daarna.",
    "reden": "Kies waarom u niet meewerkt.",
    "naar_id": "Vul een andere partij in dan uzelf.",
    "naar_naam": "Vul in wie de vordering nu behandelt.",
    "contactpersoon": "Deze naam is te lang.",
    "telefoon": "Dit telefoonnummer is te lang.",
    "email": "Dit is geen geldig e\u2011mailadres. Bijvoorbeeld: naam@voorbeeld.nl",
    "referentie": "Dit kenmerk is te lang.",
}
"""A sentence for each field of an answer that cannot be."""


WEG = {
    Antwoordweg.MAIL: "Door een hulpverlener, uit uw e\u2011mail",
    Antwoordweg.HULPVERLENER: "Door een hulpverlener, na uw telefoontje",
}
"""How it came in, where the schuldeiser did not fill it in itself."""


def gegeven(last: Beantwoording) -> list[Rij]:
    """What was answered, a row for each thing that was said."""
    said = last.gegeven
    antwoord, reden = in_words(said.antwoord, said.reden)
    rows = [
        ("Uw antwoord", antwoord),
        ("Waarom", reden),
        ("Tot en met", day(said.tot_en_met)),
        ("Wie behandelt de vordering nu", last.naar.naam if last.naar else said.naar_naam),
        ("Contactpersoon", said.contactpersoon),
        ("Telefoonnummer", said.telefoon),
        ("E-mailadres", said.email),
        ("Uw eigen kenmerk", said.referentie),
        ("Genoteerd", WEG.get(last.via, "")),
        ("Ontvangen", moment(last.answered_at)),
    ]
    return [(name, value) for name, value in rows if value]
