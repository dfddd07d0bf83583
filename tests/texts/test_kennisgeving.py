"""What a schuldeiser reads."""

import re
from dataclasses import fields, replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.kennisgeving import (
    CLOSING,
    ONGENOEMD,
    Dossierverwijzing,
    Eerder,
    Grondslag,
    Moment,
    Soort,
    Wijziging,
)
from portal.models.links import controlecode, sign_antwoord, wegwijzers
from portal.texts.kennisgeving import ONDERWERPEN, WIJZIGINGEN, render
from portal.texts.sjablonen import TEMPLATES
from portal.texts.tekst import Tekst
from tests.texts.feiten import AFZENDER, BETROKKENE, kennisgeving
from tests.texts.lezen import faults, html_words, words

BASE_URL = "https://pauzeknop.example"
EERDER = Eerder(bericht_id=UUID(int=7), dated_on=date(2027, 1, 4), eind_on=date(2027, 5, 4))
MEDE = replace(BETROKKENE, voorletters="J.", voorvoegsel="", achternaam="Dijkstra", geboren_on=date(1985, 2, 3))
VARIANTS = {
    "verzoek": kennisgeving(),
    "convenant": kennisgeving(grondslag=Grondslag.CONVENANT, convenant="Convenant Energie"),
    "na toelating": kennisgeving(moment=Moment.NA_TOELATING),
    "geen adres": kennisgeving(betrokkene=replace(BETROKKENE, postcode=None, huisnummer=None)),
    "postadres": kennisgeving(ontvanger_postadres="Energie & Zo BV\nPostbus 9\n1000 AA Amsterdam"),
    "incassobureau": kennisgeving(
        verwijzingen=(
            Dossierverwijzing(referentie="D-9", namens="Energie & Zo BV"),
            Dossierverwijzing(referentie=None, namens="Water"),
        )
    ),
    "geen verwijzing": kennisgeving(verwijzingen=()),
    "verlenging": kennisgeving(soort=Soort.VERLENGING, eerder=EERDER),
    "verlenging convenant": kennisgeving(
        soort=Soort.VERLENGING, eerder=EERDER, grondslag=Grondslag.CONVENANT, convenant="Convenant Energie"
    ),
    "correctie": kennisgeving(soort=Soort.CORRECTIE, eerder=EERDER, gewijzigd=(Wijziging.NAAM, Wijziging.REFERENTIE)),
    "herinnering": kennisgeving(soort=Soort.HERINNERING, eerder=EERDER),
    "einde": kennisgeving(soort=Soort.BEEINDIGING, eerder=EERDER, eind_on=date(2027, 3, 1)),
    "einde voor twee": kennisgeving(soort=Soort.BEEINDIGING, eerder=EERDER, eind_on=date(2027, 3, 1), mede=MEDE),
    "intrekking": kennisgeving(soort=Soort.INTREKKING, eerder=EERDER, betrokkene=ONGENOEMD, verwijzingen=()),
    "twee mensen": kennisgeving(mede=MEDE),
    "twee mensen, na toelating": kennisgeving(mede=MEDE, moment=Moment.NA_TOELATING),
    "nog één": kennisgeving(soort=Soort.CORRECTIE, eerder=EERDER, gewijzigd=(Wijziging.PERSONEN,)),
    "gaat niet door": kennisgeving(soort=Soort.BEEINDIGING, eerder=EERDER, eind_on=date(2027, 2, 8)),
}
every_variant = pytest.mark.parametrize("feiten", VARIANTS.values(), ids=VARIANTS)


def issued(feiten) -> Tekst:
    return render(feiten, wegwijzers(BASE_URL, feiten))


@every_variant
def test_text_and_html_say_the_same(feiten):
    tekst = issued(feiten)
    assert html_words(tekst.html) == words(tekst.tekst)


@every_variant
def test_the_number_to_call_can_be_pressed_and_our_kenmerk_is_on_one_line(feiten):
    html = issued(feiten).html
    number = feiten.afzender.telefoon
    assert f'<a href="tel:{number.replace(" ", "")}" style="white-space:nowrap">{number}</a>, ' in html
    assert f'<strong><span style="white-space:nowrap">{feiten.kenmerk}</span></strong>' in html


@every_variant
def test_the_html_is_valid_and_fetches_nothing(feiten):
    assert list(faults(issued(feiten).html)) == []


@every_variant
def test_a_clerk_finds_who_and_which_reference(feiten):
    tekst = issued(feiten).tekst
    named = () if feiten.betrokkene == ONGENOEMD else ("F. van der Meer", "14 mei 1987")
    for expected in (
        *named,
        "PK-H4X-9TQ-27F",
        "Anna de Boer",
        "030 286 52 11",
        "team@stadsbank.example",
        "Stadsbank Midden namens gemeente Utrecht",
        str(feiten.bericht_id),
        "https://pauzeknop.example/schuldeisers",
        "https://pauzeknop.example/controleren",
        controlecode(feiten.bericht_id),
        *(each.referentie for each in feiten.verwijzingen if each.referentie),
    ):
        assert expected in tekst


@every_variant
def test_the_subject_is_neutral(feiten):
    onderwerp = issued(feiten).onderwerp
    assert "PK-H4X-9TQ-27F" in onderwerp
    assert "Meer" not in onderwerp
    assert "schuld" not in onderwerp.lower()
    assert onderwerp.splitlines() == [onderwerp]


@every_variant
def test_no_word_of_the_law_is_borrowed(feiten):
    tekst = issued(feiten).tekst.lower()
    for word in (
        "moratorium",
        "287b",
        "wettelijk verplicht",
        "beschikking",
        "u dient",
        "indien",
        "afgewezen",
        "geheim",
        "bsn",
    ):
        assert word not in tekst


def test_dates_are_dutch_and_the_last_day_counts():
    tekst = issued(kennisgeving()).tekst
    assert "van dinsdag 9 februari 2027 tot en met woensdag 9 juni 2027" in tekst


def test_what_is_asked_and_what_goes_on():
    tekst = issued(kennisgeving()).tekst
    for sentence in (
        "Neem geen (nieuwe) incassomaatregelen.",
        "Leg geen nieuw beslag.",
        "Breng geen extra kosten in rekening.",
        "Geef dit bericht door aan uw incassobureau of deurwaarder.",
        "Rente: wij vragen u",
        "Een beslag dat al is gelegd.",
        "lopende verplichtingen",
        "U hebt geen account nodig. Bellen of mailen mag ook.",
    ):
        assert sentence in tekst


def test_a_request_says_that_nobody_is_bound():
    tekst = issued(VARIANTS["verzoek"]).tekst
    assert "Dit is een verzoek. U werkt vrijwillig mee. De wet verplicht niemand" in tekst
    assert "convenant" not in tekst.lower()


def test_a_convenant_is_named_and_still_no_law_binds():
    tekst = issued(VARIANTS["convenant"]).tekst
    assert "Convenant Energie" in tekst
    assert "De wet verplicht niemand" in tekst
    assert "vrijwillig" not in tekst


def test_at_the_aanmelding_nobody_is_called_toegelaten():
    assert "toegelaten" not in issued(kennisgeving()).tekst
    assert "is toegelaten" in issued(VARIANTS["na toelating"]).tekst


def test_without_an_address_the_gemeente_is_the_correspondence_address():
    tekst = issued(VARIANTS["geen adres"]).tekst
    assert "Correspondentieadres: Postbus 1, 3500 AA Utrecht" in tekst
    assert "3511" not in tekst


def test_who_collects_sees_for_whom():
    tekst = issued(VARIANTS["incassobureau"])
    assert "Uw kenmerk: D-9 (namens Energie & Zo BV)" in tekst.tekst
    assert "Uw kenmerk: niet bekend (namens Water)" in tekst.tekst
    assert "Energie &amp; Zo BV" in tekst.html


def test_the_end_tells_the_last_day_and_no_reason():
    tekst = issued(VARIANTS["einde"]).tekst
    assert "duurt tot en met maandag 1 maart 2027" in tekst
    assert "reden" not in tekst


def test_an_end_says_about_whom_the_message_was_that_it_ends_and_names_nobody_else():
    for name, whom in (("einde", "F. van der Meer"), ("einde voor twee", "F. van der Meer en J. Dijkstra")):
        tekst = issued(VARIANTS[name]).tekst
        assert f"geldt ons bericht van maandag 4 januari 2027 over {whom} niet meer" in tekst
        assert ("Dijkstra" in tekst) == ("Dijkstra" in whom)
    assert (
        "Ons bericht van maandag 4 januari 2027 over F. van der Meer vervalt"
        in issued(VARIANTS["gaat niet door"]).tekst
    )


@every_variant
def test_what_follows_a_message_gives_the_id_of_that_message(feiten):
    rows = issued(feiten).tekst.count("Eerder bericht-id: ")
    assert rows == issued(feiten).tekst.count(f"Eerder bericht-id: {EERDER.bericht_id}\n") == bool(feiten.eerder)


def test_an_intrekking_gives_the_id_of_what_is_to_be_deleted():
    assert f"met bericht-id {EERDER.bericht_id} was niet voor u bestemd" in issued(VARIANTS["intrekking"]).tekst


def test_an_intrekking_names_nobody_and_asks_to_delete():
    tekst = issued(VARIANTS["intrekking"])
    assert tekst.onderwerp == "Intrekking PK-H4X-9TQ-27F"
    assert "Verwijder het en doe er niets mee." in tekst.tekst
    for row in ("Voor wie", "Geboren op", "Uw kenmerk", "Correspondentieadres", "Pauze:", "Antwoorden:"):
        assert row not in tekst.tekst


def test_a_pause_that_had_not_begun_does_not_go_ahead():
    assert "gaat niet door" in issued(VARIANTS["gaat niet door"]).tekst


@pytest.mark.parametrize("referentie", ["Meer-2026", "FVDMEER", "schuld 4", "Schuldregeling"])
def test_a_reference_that_tells_something_stays_out_of_the_subject(referentie):
    tekst = issued(kennisgeving(verwijzingen=(Dossierverwijzing(referentie=referentie, namens=None),)))
    assert tekst.onderwerp == "Kennisgeving PK-H4X-9TQ-27F"
    assert referentie in tekst.tekst


def test_an_organisatie_that_is_the_gemeente_speaks_once():
    tekst = issued(kennisgeving(afzender=replace(AFZENDER, organisatie="Gemeente Utrecht"))).tekst
    assert "Afzender: gemeente Utrecht\n" in tekst


def test_every_kind_has_words_and_every_change_a_name():
    assert set(ONDERWERPEN) == set(Soort) == {feiten.soort for feiten in VARIANTS.values()}
    assert set(WIJZIGINGEN) == set(Wijziging)


@every_variant
def test_one_link_answers_and_an_end_asks_for_none(feiten):
    link = f"{BASE_URL}/antwoord/{sign_antwoord(feiten.bericht_id)}"
    assert issued(feiten).tekst.count(link) == issued(feiten).html.count(f'href="{link}"')
    assert issued(feiten).tekst.count(link) == (0 if feiten.soort in CLOSING else 1)


def test_a_clerk_reads_who_and_until_when_in_the_first_lines():
    first, then = issued(kennisgeving()).tekst.split("WAT WIJ VRAGEN", 1)
    assert len(first) < 700
    for expected in ("F. van der Meer", "KL-123", "PK-H4X-9TQ-27F", "tot en met woensdag 9 juni 2027", "Bellen: 030"):
        assert expected in first
    assert "Neem geen (nieuwe) incassomaatregelen." in then


def test_an_extension_gives_the_new_last_day_and_the_old_one():
    for name in ("verlenging", "verlenging convenant"):
        tekst = issued(VARIANTS[name]).tekst
        assert "tot en met woensdag 9 juni 2027. Eerst was dat tot en met dinsdag 4 mei 2027." in tekst


def test_a_correction_says_what_it_replaces_and_what_was_wrong():
    tekst = issued(VARIANTS["correctie"]).tekst
    assert "Dit bericht vervangt ons bericht van maandag 4 januari 2027." in tekst
    assert "- De naam van de klant.\n- Uw kenmerk.\n" in tekst
    assert "link en de controlecode uit het eerdere bericht werken niet meer" in tekst


def test_a_reminder_is_soft():
    tekst = issued(VARIANTS["herinnering"]).tekst
    assert "Wij vroegen u op maandag 4 januari 2027" in tekst
    assert "Hebt u de pauze al verwerkt? Dan hoeft u niets te doen." in tekst


def test_every_template_is_used():
    words = {path.stem for path in (TEMPLATES / "kennisgeving" / "v1").glob("[!_]*.txt")}
    assert words == set(ONDERWERPEN)


HOSTILE = st.text(alphabet=st.characters(), min_size=1, max_size=60) | st.sampled_from(
    [
        "x\r\nBcc: dief@kwaad.example",
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "\u202eomgekeerd",
        "x\u2028y",
        "</td></table>",
    ]
)


@given(hostile=HOSTILE)
def test_hostile_facts_stay_words(hostile):
    feiten = kennisgeving(
        ontvanger=hostile,
        betrokkene=replace(BETROKKENE, achternaam=hostile, huisnummer=hostile),
        verwijzingen=(Dossierverwijzing(referentie=hostile, namens=hostile),),
        afzender=replace(AFZENDER, **{each.name: hostile for each in fields(AFZENDER)}),
    )
    tekst = issued(feiten)
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]", tekst.tekst + tekst.html
    )
    assert "\n" not in tekst.onderwerp
    assert len(tekst.onderwerp) <= 140
    assert list(faults(tekst.html)) == []


def test_a_message_about_two_people_names_both_with_their_birth_dates():
    feiten = kennisgeving(mede=MEDE, verwijzingen=(Dossierverwijzing(referentie="dijkstra-1", namens=None),))
    tekst = issued(feiten)
    assert "pauzeer de incasso voor F. van der Meer en J. Dijkstra van" in tekst.tekst
    assert (
        "Voor wie: F. van der Meer\nGeboren op: 14 mei 1987\nEn voor: J. Dijkstra\nGeboren op: 3 februari 1985"
        in tekst.tekst
    )
    assert "De klanten hebben zich" in tekst.tekst
    assert "Kent u deze klanten niet?" in tekst.tekst
    assert "dijkstra" not in tekst.onderwerp, "a reference made from the second name stays out of the subject too"
