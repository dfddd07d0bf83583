"""What a correctie says was wrong: exactly what differs, and nothing that the recipient need not know."""

from dataclasses import replace
from datetime import date

import pytest

from portal.domain.correctie import differences
from portal.domain.kennisgeving import Dossierverwijzing, Wijziging
from tests.texts.feiten import AFZENDER, BETROKKENE, kennisgeving

WAS = kennisgeving()


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, ()),
        ({"dated_on": date(2027, 3, 1), "convenant": "Convenant Energie"}, ()),
        ({"betrokkene": replace(BETROKKENE, achternaam="Meijer")}, (Wijziging.NAAM,)),
        ({"betrokkene": replace(BETROKKENE, geboren_on=date(1978, 5, 14))}, (Wijziging.GEBOORTEDATUM,)),
        ({"betrokkene": replace(BETROKKENE, postcode=None, huisnummer=None)}, (Wijziging.ADRES,)),
        ({"mede": replace(BETROKKENE, achternaam="Dijkstra")}, (Wijziging.PERSONEN,)),
        ({"verwijzingen": (Dossierverwijzing(referentie="KL-124", namens=None),)}, (Wijziging.REFERENTIE,)),
        ({"eind_on": date(2027, 5, 9)}, (Wijziging.PERIODE,)),
        (
            {"betrokkene": replace(BETROKKENE, voorletters="G.", huisnummer="14"), "eind_on": date(2027, 5, 9)},
            (Wijziging.NAAM, Wijziging.ADRES, Wijziging.PERIODE),
        ),
    ],
)
def test_what_differs_is_named_and_no_more(changes, wrong):
    assert differences(WAS, replace(WAS, **changes)) == wrong


def test_another_telephone_number_is_named_along_and_is_no_reason_by_itself():
    moved = replace(AFZENDER, telefoon="030 1")
    assert differences(WAS, replace(WAS, afzender=moved)) == ()
    both = replace(WAS, afzender=moved, eind_on=date(2027, 5, 9))
    assert differences(WAS, both) == (Wijziging.PERIODE, Wijziging.AFZENDER)
    colleague = replace(AFZENDER, contactpersoon="Karim Aziz")
    assert differences(WAS, replace(both, afzender=colleague)) == (Wijziging.PERIODE,)
