"""An aanmelding that is taken down at the desk or on the telephone."""

from datetime import date
from typing import Any

import psycopg
import pytest

from portal.actions import balie
from portal.actions.hulpvrager import add_schuld, save_answers
from portal.domain.antwoorden import Bron
from portal.domain.errors import GemeenteDoetNietMee, MoveNotAllowed, NietCompleet, NotAllowed
from portal.domain.roles import Actor, Role
from portal.domain.status import Status
from portal.domain.taal import Taal
from portal.models import Pauzeverzoek
from portal.queries import audit, dossier
from tests.conftest import FIRST_DAY, Clock
from tests.given import AMERSFOORT, HILVERSUM, UTRECHT, Given, antwoorden
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.test_terugbellen import call_me, waiting
from tests.web.hulpverlener.werkplek import Werkplek
from tests.web.hulpvrager.reis import sign_in

PAGE, BUTTON = "/werkvoorraad/aanmelding", "Aanmelding versturen"
Owner = psycopg.Connection[tuple[Any, ...]]

FILLED = {
    "bron": "telefoon", "gemeente": HILVERSUM, "keuze": "ja", "voorgelezen": "y",
    "dreiging-ontruiming": "ja", "dreiging-ontruiming_on-dag": "20", "dreiging-ontruiming_on-maand": "2",
    "dreiging-ontruiming_on-jaar": "2027", "dreiging-afsluiting": "nee", "dreiging-zorgverzekering": "weet_niet",
    "naam-voorletters": "Fatma", "naam-achternaam": "Meer", "geboortedatum-geboren_on-dag": "14",
    "geboortedatum-geboren_on-maand": "5", "geboortedatum-geboren_on-jaar": "1987", "adres-soort": "adres",
    "adres-postcode": "1211ab", "adres-huisnummer": "12", "contact-email": "fatma@inwoner.example",
    "contact-moment": "ochtend", "hulp-soort": "niemand", "bedrijf-eigen_bedrijf": "nee",
}  # fmt: skip
KNOWN = {name: value for name, value in FILLED.items() if name != "gemeente"}


def only_case(owner: Owner) -> Any:
    (row,) = owner.execute("SELECT id FROM pauzeverzoek").fetchall()
    return row[0]


def test_an_aanmelding_on_the_telephone_is_filed_like_any_other_and_says_who_heard_what(
    anna: Browser, given: Given, owner: Owner, new_browser: MakeBrowser
) -> None:
    page = anna.see(anna.see("/werkvoorraad").links["Aanmelding invullen voor iemand anders"])
    assert "mijn naam en mijn geboortedatum" in page.main, "the text to read out"
    after = anna.follow(anna.fill(page, FILLED, button=BUTTON))
    case = given.case(only_case(owner))
    assert f"Noem het kenmerk: {case.kenmerk}. Eerste gesprek: uiterlijk 4 februari 2027." in after.main
    assert (case.status, case.gemeente_code, case.bron) == (Status.INGEDIEND, HILVERSUM, Bron.TELEFOON)
    assert (case.persoon.naam, case.adres.regel, case.dreigend) == ("F. Meer", "1211 AB, 12", True)
    assert case.toestemming is not None
    assert case.toestemming.heard_by == given.actor.id
    assert "mondeling aan Anna de Boer" in after.main
    assert "Anna de Boer hoorde dat de hulpvrager toestemming geeft (tekst versie 1)." in after.main
    assert "Niet bevestigd, aan de telefoon ingevuld door een medewerker" in after.main
    with given.session(Actor.systeem()) as session:
        (told,) = dossier.berichten(session, case.id)
        assert case.kenmerk in told.tekst
        names = [entry.gebeurtenis for entry in dossier.history(session, case.id)][::-1]
    assert names[:3] == ["AanmeldingTakenDown", "ToestemmingGiven", "PauzeverzoekSubmitted"]
    assert audit.verify(given.database).ok
    person = new_browser()
    sign_in(person, given.database, case.id)
    assert "U deed uw verzoek." in person.see("/verzoek").main
    again = anna.follow(anna.fill(page, FILLED, button=BUTTON))
    assert again.h1 == "F. Meer"
    assert only_case(owner) == case.id, "sent twice is filed once"


def test_everything_that_is_missing_is_said_at_once(anna: Browser, owner: Owner) -> None:
    page = anna.press(PAGE, BUTTON)
    for sentence in (
        "Kies waar u de hulpvrager spreekt.", "Kies of de hulpvrager toestemming geeft.", "Vul uw achternaam in.",
        "Vul uw geboortedatum in.", "Kies of u een vast adres hebt.", "Kies ja of nee.",
        "Vul uw telefoonnummer in, of uw e-mailadres. Eén van de twee is genoeg.",
    ):  # fmt: skip
        assert sentence in page.errors, sentence
    wrong = anna.fill(PAGE, {**FILLED, "gemeente": AMERSFOORT, "voorgelezen": None}, button=BUTTON)
    assert wrong.errors == [
        "Kies een gemeente. Woont iemand ergens anders? Verwijs dan naar die gemeente.",
        "Lees de tekst voor en zet een vinkje, of kies ‘Nee’.",
    ]
    assert owner.execute("SELECT count(*) FROM pauzeverzoek").fetchone() == (0,)


def test_who_asked_to_be_called_answers_the_rest_on_the_telephone_and_keeps_the_day(
    werkplek: Werkplek, given: Given, clock: Clock, new_browser: MakeBrowser
) -> None:
    id = call_me(given)
    clock.set(date(2027, 2, 3))
    anna, stranger = werkplek.of(given.actor), new_browser()
    sign_in(stranger, given.database, id)
    page = anna.see(anna.see(desk.url(id)).links["Aanmelding samen invullen"])
    assert "De meldingsdatum blijft 1 februari 2027." in page.main
    assert page.form(BUTTON).values["contact-telefoon"] == "06 12345678"
    after = anna.follow(anna.fill(page, KNOWN | {"dreiging-ontruiming": "nee"}, button=BUTTON))
    assert "Eerste gesprek: uiterlijk 1 maart 2027." in after.main
    case = given.case(id)
    assert (case.onvolledig, case.meldingsdatum, case.gemeente_code) == (False, FIRST_DAY, UTRECHT)
    assert waiting(given) == 0
    assert case.toestemming is not None
    assert stranger.see("/verzoek", 302).to != "/verzoek", "who typed the number need not be who answers it"
    assert audit.verify(given.database).ok
    assert anna.see(desk.url(id, "/aanmelding"), 409).h1
    assert anna.fill(page, KNOWN, button=BUTTON).status == 409, "it was completed already"


def test_what_both_fill_in_at_once_is_not_lost_and_what_is_secret_stays_so(anna: Browser, given: Given) -> None:
    id = call_me(given)
    person = Actor.hulpvrager(id)
    read = anna.see(desk.url(id, "/aanmelding"))
    adres = {"soort": "adres", "postcode": "3511 AB", "huisnummer": "1", "toevoeging": "", "geheim": True}
    with given.session(person) as session:
        save_answers(session, person, {"adres": adres})
    page = anna.fill(read, KNOWN, button=BUTTON)
    assert page.errors == ["De hulpvrager vulde intussen zelf iets in. Vraag wat er moet staan, en verstuur opnieuw."]
    assert page.form(BUTTON).values["naam-achternaam"] == "Meer", "what was typed stays"
    assert anna.press(page, BUTTON).status == 302
    assert given.case(id).adres.geheim, "lifting it is another act"


def test_what_a_stranger_may_have_typed_is_asked_anew_or_read_out(anna: Browser, given: Given) -> None:
    id = call_me(given)
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        save_answers(session, person, {"contact": {"email": "vreemd@elders.example", "moment": "avond"}})
        add_schuld(session, person, id, {"afzender": "Postorderbedrijf Vreemd"})
    page = anna.see(desk.url(id, "/aanmelding"))
    assert page.form(BUTTON).values["contact-email"] == ""
    assert "Postorderbedrijf Vreemd" in page.main
    told = KNOWN | {"contact-email": "", "contact-telefoon": "06 12345678"}
    page = anna.fill(page, told, button=BUTTON)
    assert page.errors == ["Lees de schulden voor die al op de lijst staan, en zet een vinkje."]
    assert anna.fill(page, {"nagelopen": "y"}, button=BUTTON).status == 302
    assert not given.case(id).contact.email


def test_without_a_yes_there_is_no_toestemming_until_it_is_noted(anna: Browser, given: Given, owner: Owner) -> None:
    anna.fill(PAGE, {**FILLED, "bron": "balie", "keuze": "nee", "voorgelezen": None}, button=BUTTON)
    id = only_case(owner)
    assert given.case(id).toestemming is None
    page = anna.see(anna.see(desk.url(id)).links["Toestemming noteren"])
    assert anna.press(page, "Toestemming opslaan").errors
    after = anna.follow(anna.fill(page, {"voorgelezen": "y"}, button="Toestemming opslaan"))
    assert "mondeling aan Anna de Boer" in after.main
    assert "Toestemming noteren" not in after.links
    assert anna.see(desk.url(id, "/toestemming"), 409).h1
    with given.session(given.actor) as session, pytest.raises(MoveNotAllowed):
        balie.note_toestemming(session, given.actor, id, given.versie(id))


def test_the_rules_hold_in_the_act_itself(given: Given, werkplek: Werkplek, owner: Owner) -> None:
    secties = antwoorden()
    there, auditor = given.other_actor, given.medewerker(given.organisatie_id, Role.AUDITOR)
    id = given.organisatie_id
    for actor, told, refused in (
        (auditor, secties, NotAllowed), (Actor.bezoeker(), secties, NotAllowed),
        (there, secties, GemeenteDoetNietMee), (given.actor, antwoorden(naam=None), NietCompleet),
        (given.actor, antwoorden(geboortedatum={"geboren_on": "2012-01-01"}), NietCompleet),
    ):  # fmt: skip
        with given.session(actor) as session, pytest.raises(refused):
            balie.register_aanmelding(session, actor, id, Bron.BALIE, told, Taal.NL)
    assert owner.execute("SELECT count(*) FROM pauzeverzoek").fetchone() == (0,)
    with given.session(given.actor) as session:
        balie.register_aanmelding(session, given.actor, id, Bron.BALIE, secties, Taal.NL)
        assert session.get(Pauzeverzoek, id) is not None
    with given.session(given.actor) as session, pytest.raises(MoveNotAllowed):
        balie.complete_aanmelding(session, given.actor, id, given.versie(id), Bron.BALIE, secties, Taal.NL)
    assert werkplek.of(auditor).see(PAGE, 403).h1
