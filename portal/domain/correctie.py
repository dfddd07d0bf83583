"""What differs between what a recipient was told and what is true now."""

from collections.abc import Iterator

from portal.domain.kennisgeving import KennisgevingFeiten, Wijziging


def differences(was: KennisgevingFeiten, now: KennisgevingFeiten) -> tuple[Wijziging, ...]:
    """What a correctie must say was wrong. Another contact person or telephone number alone needs no correctie."""
    found = tuple(_of_case(was, now))
    return (*found, *_of_sender(was, now)) if found else ()


def _of_case(was: KennisgevingFeiten, now: KennisgevingFeiten) -> Iterator[Wijziging]:
    before, after = was.betrokkene, now.betrokkene
    if len(was.betrokkenen) != len(now.betrokkenen):
        yield Wijziging.PERSONEN
    pairs = tuple(zip(was.betrokkenen, now.betrokkenen, strict=False))
    if any(one.naam != other.naam for one, other in pairs):
        yield Wijziging.NAAM
    if any(one.geboren_on != other.geboren_on for one, other in pairs):
        yield Wijziging.GEBOORTEDATUM
    if (before.postcode, before.huisnummer) != (after.postcode, after.huisnummer):
        yield Wijziging.ADRES
    if set(was.verwijzingen) != set(now.verwijzingen):
        yield Wijziging.REFERENTIE
    if (was.start_on, was.eind_on) != (now.start_on, now.eind_on):
        yield Wijziging.PERIODE


def _of_sender(was: KennisgevingFeiten, now: KennisgevingFeiten) -> Iterator[Wijziging]:
    reach = [(facts.afzender.telefoon, facts.afzender.email, facts.afzender.postadres) for facts in (was, now)]
    if reach[0] != reach[1]:
        yield Wijziging.AFZENDER
