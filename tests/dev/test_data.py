"""The files of the demonstration world: what is in them fits together, and nothing in them can reach a real person."""

import re
from datetime import date

import pytest

from portal.dev.wereld.antwoorden import BY_SCHULDEISER
from portal.dev.wereld.directory import read_schuldeisers
from portal.dev.wereld.organisaties import LOKETTEN
from portal.dev.wereld.verhalen import read_verhalen, werkdagen_ago
from portal.dev.wereld.verteller import BY_HULPVRAGER, BY_ITSELF, BY_REVIEWER
from portal.domain.kennisgeving import Kanaal
from portal.domain.termijn import is_werkdag
from portal.models import Categorie, PartijRol, Schuldsoort

TODAY = date(2026, 11, 23)
CANNOT_RING = re.compile(r"(06 0|030 ?0|035 ?0)[0-9 ]+")
NOT_IN_USE = re.compile(r"\d{4} SS")
"""Offices; people have ZZ, because the forms refuse SS."""


@pytest.fixture(scope="module")
def directory():
    return read_schuldeisers(TODAY)


@pytest.fixture(scope="module")
def verhalen():
    return read_verhalen(TODAY)


def test_some_sixty_parties_of_every_role_kind_and_soort(directory):
    assert 55 <= len(directory) <= 70
    assert {entry.rol for entry in directory} == set(PartijRol)
    assert {entry.schuldsoort for entry in directory} == set(Schuldsoort)
    assert {entry.categorie for entry in directory} == set(Categorie) - {Categorie.PARTICULIER}
    assert len({entry.naam for entry in directory}) == len(directory)


def test_the_directory_has_the_awkward_entries_too(directory):
    assert any(entry.email is None and entry.postadres for entry in directory), "post only"
    assert any(entry.email and not entry.verified_email for entry in directory), "address not verified"
    assert any(len(entry.handelsnamen) > 1 for entry in directory)
    assert any(not entry.actief for entry in directory)
    assert any(entry.convenant and not entry.convenant_on(TODAY) for entry in directory), "convenant has ended"
    assert any(entry.max_maanden < 4 for entry in directory)


def test_months_are_those_of_the_domain_page(directory):
    for entry in directory:
        if entry.categorie is Categorie.ZORGVERZEKERAAR:
            assert (entry.default_maanden, entry.max_maanden) == (6, 6)
            assert entry.convenant_on(TODAY)
    cjib = next(entry for entry in directory if entry.naam == "CJIB")
    assert cjib.convenant_on(TODAY)
    assert (cjib.default_maanden, cjib.max_maanden) == (4, 8)


def test_mail_goes_to_reserved_domains_only(directory, verhalen):
    addresses = [entry.email for entry in directory] + [loket.email for loket in LOKETTEN]
    for verhaal in verhalen:
        addresses += [verhaal.antwoorden.get(stap, {}).get("email", "") for stap in ("contact", "hulp")]
        addresses += [mail["van"] for mail in verhaal.mails]
        addresses += [told.get("email", "") for told in verhaal.beantwoord.values()]
    assert all(address.endswith(".example") for address in addresses if address)


def test_no_telephone_number_can_ring(verhalen):
    numbers = [loket.telefoon for loket in LOKETTEN]
    for verhaal in verhalen:
        numbers += [verhaal.antwoorden.get(stap, {}).get("telefoon", "") for stap in ("contact", "hulp")]
        numbers += [told.get("telefoon", "") for told in verhaal.beantwoord.values()]
    assert all(CANNOT_RING.fullmatch(number) for number in numbers if number)


def test_nobody_lives_at_an_address_that_exists(directory, verhalen):
    postcodes = [verhaal.antwoorden.get("adres", {}).get("postcode", "") for verhaal in verhalen]
    assert all(re.fullmatch(r"\d{4} ZZ", postcode) for postcode in postcodes if postcode)
    postal = [entry.postadres for entry in directory] + [loket.postadres for loket in LOKETTEN]
    postal += [voorstel["postadres"] for verhaal in verhalen for voorstel in verhaal.voorstellen]
    assert all(NOT_IN_USE.search(address) for address in postal if address)


def test_every_letter_has_an_address(directory):
    assert all(entry.postadres for entry in directory if entry.kanaal is Kanaal.BRIEF)


def test_every_verhaal_is_one_person_with_acts_in_order(verhalen):
    assert len({verhaal.achternaam for verhaal in verhalen}) == len(verhalen)
    for verhaal in verhalen:
        days = [verhaal.begonnen, *verhaal.verloop.values()]
        assert days == sorted(days, reverse=True), verhaal.achternaam
        assert set(verhaal.verloop) <= {*BY_HULPVRAGER, *BY_REVIEWER, *BY_SCHULDEISER, *BY_ITSELF}


def test_every_match_names_an_active_party(directory, verhalen):
    known = {entry.naam for entry in directory if entry.actief}
    for verhaal in verhalen:
        proposed = {voorstel["naam"] for voorstel in verhaal.voorstellen}
        assert {naam for line in verhaal.schulden for naam in line.partijen} <= known | proposed


def test_all_kinds_of_people_are_there(verhalen):
    answers = [verhaal.antwoorden for verhaal in verhalen]
    contacts = [each["contact"] for each in answers if "contact" in each]
    addresses = [each["adres"] for each in answers if "adres" in each]
    assert min(len(verhaal.achternaam) for verhaal in verhalen) <= 2
    assert max(len(verhaal.achternaam) for verhaal in verhalen) >= 40
    assert any(contact["meelezen"] for contact in contacts)
    assert any(contact["telefoon"] and not contact["email"] for contact in contacts)
    assert any(address["geheim"] for address in addresses)
    assert any(address["soort"] == "geen" for address in addresses)
    assert {each["hulp"]["soort"] for each in answers if "hulp" in each} == {"niemand", "helper", "bewindvoerder"}
    assert any(each["bedrijf"]["eigen_bedrijf"] == "ja" for each in answers if "bedrijf" in each)
    assert {len(verhaal.schulden) for verhaal in verhalen} >= {0, 1, 14}


def test_working_days_are_counted_back_over_weekends_and_feestdagen():
    assert werkdagen_ago(date(2026, 11, 23), 1) == date(2026, 11, 20)
    assert werkdagen_ago(date(2027, 3, 30), 1) == date(2027, 3, 25), "over Easter"
    assert werkdagen_ago(date(2026, 11, 22), 0) == date(2026, 11, 22)
    assert all(is_werkdag(werkdagen_ago(date(2026, 6, 1), count)) for count in range(1, 90))
