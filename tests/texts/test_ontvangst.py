"""The receipt of an answer, as the schuldeiser reads it."""

from datetime import date
from typing import Any

import pytest

from portal.domain.beantwoording import GeenMedewerking
from portal.domain.bericht import OntvangstFeiten
from portal.domain.status import Antwoord
from portal.texts.ontvangst import render
from tests.texts.lezen import faults, html_words, words

LINK = "https://pauzeknop.example/antwoord/abc.def"


def feiten(**changes: Any) -> OntvangstFeiten:
    whole: dict[str, Any] = {
        "kenmerk": "PK-H4X-9TQ-27F",
        "referenties": ("KL-1", "KL-2"),
        "gemeente": "Utrecht",
        "organisatie": "Stadsbank Midden",
        "telefoon": "030 286 52 11",
        "antwoord": Antwoord.BEVESTIGD,
        "reden": None,
        "tot_en_met": date(2027, 6, 9),
        "naar": "",
        "ontvangen_on": date(2027, 2, 12),
        "is_nagekomen": False,
        "te_wijzigen_tot": date(2027, 6, 9),
        "url": LINK,
    }
    return OntvangstFeiten(**whole | changes)


SAID = [
    ({}, "Uw antwoord: U past de pauze toe tot en met woensdag 9 juni 2027"),
    ({"antwoord": Antwoord.OVERGEDRAGEN, "tot_en_met": None, "naar": "Incasso Noord"}, "nu: Incasso Noord"),
    ({"antwoord": Antwoord.AL_IN_REGELING, "tot_en_met": None}, "U hebt al een regeling met deze klant"),
    *[
        ({"antwoord": Antwoord.GEEN_MEDEWERKING, "tot_en_met": None, "reden": reden}, words_of_it)
        for reden, words_of_it in (
            (GeenMedewerking.KLANT_ONBEKEND, "Uw antwoord: U kent deze klant niet"),
            (GeenMedewerking.RECENTE_FINALE_KWIJTING, "Waarom: Er was kort geleden een finale kwijting"),
            (GeenMedewerking.RECENTE_POGING_STABILISATIE, "poging tot stabilisatie"),
            (GeenMedewerking.GEEN_SAMENWERKING, "U werkt niet samen met deze schuldhulpverlener"),
        )
    ],
]


@pytest.mark.parametrize(("changes", "said"), SAID)
def test_what_was_answered_is_read_back_in_text_and_html_alike(changes, said):
    tekst = render(feiten(**changes))
    assert said in tekst.tekst
    assert html_words(tekst.html) == words(tekst.tekst)
    assert list(faults(tekst.html)) == []
    assert f'<a href="{LINK}">' in tekst.html
    assert "Uw kenmerk: KL-1, KL-2" in tekst.tekst
    assert tekst.onderwerp == "Antwoord ontvangen PK-H4X-9TQ-27F"
    assert not tekst.tekst.count("schuld") or "schuldhulpverlener" in said


def test_a_customer_nobody_knows_is_told_once_and_plainly():
    unknown = {"antwoord": Antwoord.GEEN_MEDEWERKING, "tot_en_met": None, "reden": GeenMedewerking.KLANT_ONBEKEND}
    tekst = render(feiten(**unknown)).tekst
    assert "U werkt niet mee" not in tekst
    assert "Waarom" not in tekst


def test_without_a_link_it_says_whom_to_call():
    tekst = render(feiten(url="", referenties=(), is_nagekomen=True))
    assert "http" not in tekst.tekst + tekst.html
    assert "Bel ons tot en met woensdag 9 juni 2027." in tekst.tekst
    assert "Bel 030 286 52 11" in tekst.tekst
    assert "Uw kenmerk" not in tekst.tekst
    assert "vertelde u ons uw antwoord" in tekst.tekst
