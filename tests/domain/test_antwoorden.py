"""Answers are read from half-filled forms too."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.antwoorden import (
    DREIGINGEN,
    Adres,
    Contact,
    Persoon,
    Schuldgegevens,
    age_on,
    is_dreigend,
    parse_day,
)


@pytest.mark.parametrize("dreiging", DREIGINGEN)
def test_one_yes_is_a_threat(dreiging):
    nothing = dict.fromkeys(DREIGINGEN, "nee")
    assert not is_dreigend({"dreiging": nothing})
    assert is_dreigend({"dreiging": {**nothing, dreiging: "ja"}})


def test_not_knowing_is_no_threat_and_neither_is_not_answering():
    assert not is_dreigend({"dreiging": dict.fromkeys(DREIGINGEN, "weet_niet")})
    assert not is_dreigend({})


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("2009-02-01", "2027-02-01", 18),
        ("2009-02-02", "2027-02-01", 17),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2028-02-29", 20),
    ],
)
def test_age_counts_whole_years(born, day, age):
    assert age_on(date.fromisoformat(born), date.fromisoformat(day)) == age


@given(st.dates())
def test_a_day_comes_back_from_its_text(day):
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize("nothing", [None, "", 0, {}])
def test_no_day_is_none(nothing):
    assert parse_day(nothing) is None


def test_an_empty_form_reads_as_nothing_known():
    assert Persoon.read({}) == Persoon(voorletters="", voorvoegsel="", achternaam="", geboren_on=None)
    assert Adres.read({}).regel == "Geen vast adres"
    assert Contact.read({}) == Contact(telefoon="", email="", meelezen=False, moment="")
    assert Schuldgegevens.read({}) == Schuldgegevens(afzender="")


def test_a_name_is_put_together_without_holes():
    persoon = Persoon(voorletters="F.", voorvoegsel="", achternaam="Meer", geboren_on=None)
    assert persoon.naam == "F. Meer"
    assert persoon.initialen == "F.M."


def test_an_address_on_one_line():
    adres = Adres.read({"adres": {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "bis"}})
    assert adres.regel == "3511 AB, 12 bis"
    assert not adres.geheim
    assert Adres.read({"adres": {"soort": "geen_vast_adres", "postcode": "3511 AB"}}).regel == "Geen vast adres"


def test_a_schuld_keeps_what_was_told():
    told = {"afzender": "Incasso B", "namens": "A", "referentie": "1", "bedrag_cents": 1250, "particulier": True}
    assert Schuldgegevens.read(told) == Schuldgegevens(**told)
