"""Whom a message of a case is about and who speaks in it, built up value by value."""

from portal.domain.antwoorden import Adres, Antwoorden, Persoon
from portal.domain.kennisgeving import Afzender, Betrokkene
from portal.domain.schuldenaar import Schuldenaar
from portal.models.partner import Partner
from portal.models.pauzeverzoek import Pauzeverzoek


def betrokkenen(
    antwoorden: Antwoorden, partner: Partner | None, schuldenaar: Schuldenaar | None, *, partner_geheim: bool
) -> tuple[Betrokkene, Betrokkene | None]:
    """What a schuldeiser may know of who owes: the first person and the second, if any. `partner`: who consented.

    Without the partner a joint schuld names the hulpvrager only. `partner_geheim`: the partner's address is secret, so
    nobody's is told: they share it. Raises ValueError for a schuld of a partner who may not be named.
    """
    adres = Adres.read(antwoorden)
    named = partner if schuldenaar else None
    told = adres if adres.vast and not adres.geheim and not partner_geheim else None
    if schuldenaar is Schuldenaar.PARTNER:
        if named is None:
            raise ValueError("the partner may not be named")
        return _betrokkene(named.persoon, told), None
    return _betrokkene(Persoon.read(antwoorden), told), _betrokkene(named.persoon, told) if named else None


def _betrokkene(persoon: Persoon, told: Adres | None) -> Betrokkene:
    """A secret address is never taken along; nor is its postcode."""
    if persoon.geboren_on is None:
        raise ValueError("a submitted pauzeverzoek has a birth date")
    return Betrokkene(
        voorletters=persoon.voorletters,
        voorvoegsel=persoon.voorvoegsel,
        achternaam=persoon.achternaam,
        geboren_on=persoon.geboren_on,
        postcode=told.postcode if told else None,
        huisnummer=told.nummer if told else None,
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
