"""Whom a message of a case is about and who speaks in it, built up value by value."""

from portal.domain.antwoorden import Adres, Antwoorden, Persoon
from portal.domain.kennisgeving import Afzender, Betrokkene
from portal.models.pauzeverzoek import Pauzeverzoek


def betrokkene(antwoorden: Antwoorden) -> Betrokkene:
    """What a schuldeiser may know of the person. A secret address is never taken along; nor is its postcode."""
    persoon, adres = Persoon.read(antwoorden), Adres.read(antwoorden)
    if persoon.geboren_on is None:
        raise ValueError("a submitted pauzeverzoek has a birth date")
    told = adres.vast and not adres.geheim
    return Betrokkene(
        voorletters=persoon.voorletters,
        voorvoegsel=persoon.voorvoegsel,
        achternaam=persoon.achternaam,
        geboren_on=persoon.geboren_on,
        postcode=adres.postcode if told else None,
        huisnummer=adres.nummer if told else None,
    )


def afzender(verzoek: Pauzeverzoek, contactpersoon: str) -> Afzender:
    """Who speaks in a message of this case."""
    if verzoek.gemeente is None or verzoek.organisatie is None:
        raise ValueError("a submitted pauzeverzoek has a gemeente and an organisatie")
    return Afzender(
        gemeente=verzoek.gemeente.naam,
        organisatie=verzoek.organisatie.naam,
        contactpersoon=contactpersoon,
        telefoon=verzoek.organisatie.telefoon,
        email=verzoek.organisatie.email,
        postadres=verzoek.organisatie.postadres,
        briefhoofd=verzoek.organisatie.briefhoofd or "",
        ondertekening=verzoek.organisatie.ondertekening or "",
    )
