"""What the portal knows and does not tell one recipient: shown beside the message, so that the eye can compare."""

from portal.domain.antwoorden import DREIGINGEN, JA
from portal.domain.kennisgeving import KennisgevingFeiten
from portal.models import Pauzeverzoek
from portal.models.ontvanger import Ontvanger
from portal.web.hulpverlener.antwoorden import DREIGING, Rij, masked
from portal.web.hulpverlener.woorden import plural
from portal.web.templating import euro


def rows(
    verzoek: Pauzeverzoek, ontvanger: Ontvanger, feiten: KennisgevingFeiten, onderwerp: str, others: int
) -> list[Rij]:
    """Each thing by itself, and only what there is. `others` is the number of other recipients."""
    contact = verzoek.contact
    found: list[Rij] = [
        ("BSN", masked(verzoek.bsn) if verzoek.bsn else ""),
        ("Adres", _address(verzoek, feiten)),
        ("Telefoon", contact.telefoon),
        ("E-mail", contact.email),
        ("Partner", _partner(verzoek, feiten)),
        ("Bedragen", _amounts(ontvanger)),
        ("Andere schuldeisers", plural(others, "andere ontvanger", "andere ontvangers") if others else ""),
        ("Situatie", _situation(verzoek)),
        ("Niet in het onderwerp", _not_in_subject(feiten, onderwerp)),
    ]
    return [(kop, value) for kop, value in found if value]


def _address(verzoek: Pauzeverzoek, feiten: KennisgevingFeiten) -> str:
    """Who has a secret address or none is reached through the organisatie."""
    adres = verzoek.adres
    if verzoek.has_geheim_adres and not feiten.betrokkene.postcode:
        return f"{adres.regel} (geheim). In het bericht staat het postadres van uw organisatie"
    return "" if adres.vast else "Geen vast adres. In het bericht staat het postadres van uw organisatie"


def _partner(verzoek: Pauzeverzoek, feiten: KennisgevingFeiten) -> list[str]:
    """The other person of the request, and how the partner is reached."""
    partner = verzoek.partner
    if partner is None:
        return []
    named = {each.naam for each in feiten.betrokkenen}
    others = [naam for naam in (verzoek.persoon.naam, partner.persoon.naam) if naam not in named]
    return [each for each in (*others, partner.contact.telefoon, partner.contact.email) if each]


def _amounts(ontvanger: Ontvanger) -> list[str]:
    told = [(schuld.volgnummer, schuld.verteld.bedrag_cents) for schuld in ontvanger.schulden]
    return [f"{euro(cents)} (schuld {number})" for number, cents in told if cents is not None]


def _situation(verzoek: Pauzeverzoek) -> list[str]:
    """Why the debts arose is asked nowhere; what is known of the situation stays inside."""
    answers = verzoek.antwoorden
    dreiging, hulp = answers.get("dreiging", {}), answers.get("hulp", {}).get("soort")
    threats = [DREIGING[name] for name in DREIGINGEN if dreiging.get(name) == JA]
    helper = ["Bewindvoerder"] if hulp == "bewindvoerder" else ["Helper"] if hulp == "helper" else []
    return threats + helper + (["Eigen bedrijf"] if answers.get("bedrijf", {}).get("eigen_bedrijf") == JA else [])


def _not_in_subject(feiten: KennisgevingFeiten, onderwerp: str) -> list[str]:
    """References of the recipient that may hold a name or a date: in the message, not in its subject."""
    own = dict.fromkeys(each.referentie for each in feiten.verwijzingen if each.referentie)
    return [f"Kenmerk {referentie}" for referentie in own if referentie not in onderwerp]
