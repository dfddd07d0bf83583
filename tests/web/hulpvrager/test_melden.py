"""What a person can still tell after filing, and everything that is known of a person."""

import json
from uuid import UUID

from flask import Flask

from portal.actions import melden
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor
from portal.queries import dossier
from tests.given import EMAIL, Given
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek
from tests.web.hulpvrager.reis import sign_in


def message_of(given: Given, id: UUID) -> UUID:
    with given.session(Actor.systeem()) as session:
        return dossier.kennisgevingen(session, id)[0].id


def test_post_that_came_is_tied_to_the_message_and_read_by_staff(
    browser: Browser, app: Flask, new_browser: MakeBrowser, given: Given
) -> None:
    id = given.approved([given.regel("Waterbedrijf Plons")])
    given.hand_over(id)
    sign_in(browser, given.database, id)
    typed = {
        "van": str(message_of(given, id)),
        "wat": "deurwaarder",
        "gedateerd_on-dag": "1",
        "gedateerd_on-maand": "februari",
        "gedateerd_on-jaar": "2027",
        "tekst": "Ik moet nu betalen.",
    }
    assert browser.fill("/verzoek/post", typed).to == "/verzoek"
    main = browser.see("/verzoek").main
    assert "Post van Waterbedrijf Plons" in main
    assert "Wij kijken ernaar" in main

    staff = Werkplek(app, given, new_browser).of(given.actor)
    assert given.case(id).kenmerk in staff.see("/werkvoorraad?baan=toch_post").main
    case = staff.see(f"/werkvoorraad/{id}")
    link = next(a.get("href") for a in case.tree.iter("a") if "/meldingen/" in a.get("href", ""))
    page = staff.see(link)
    for shown in ("Tijdens de pauze", "Deurwaarder", "verstuurd op 1 februari 2027", "Ik moet nu betalen."):
        assert shown in page.main
    assert staff.fill(link, {"reactie": "Wij belden Plons."}, button="Afgehandeld").status == 302
    assert "Wij belden Plons." in browser.see("/verzoek").main


def test_the_page_about_post_says_what_is_missing(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.approved())
    page = browser.fill(
        "/verzoek/post", {"gedateerd_on-dag": "1", "gedateerd_on-maand": "2", "gedateerd_on-jaar": "2030"}
    )
    assert page.status == 422
    assert page.errors == [
        "Kies van wie u post kreeg.",
        "Kies wat u kreeg.",
        "Deze datum is nog niet geweest. Kijk de datum na.",
    ]
    page = browser.fill("/verzoek/post", {"van": "anders", "wat": "brief"})
    assert page.errors == ["Vul de naam in die op de brief staat."]


def test_a_forgotten_schuld_is_on_the_list_until_the_decision_and_a_report_afterwards(
    new_browser: MakeBrowser, given: Given
) -> None:
    before, after = given.submitted(), given.approved()
    for id in (before, after):
        visitor = new_browser()
        sign_in(visitor, given.database, id)
        page = visitor.fill("/verzoek/schuld-vergeten", {"afzender": "Energie Zuid"}, button="Verstuur")
        assert page.to == "/verzoek"
    assert [schuld.verteld.afzender for schuld in given.case(before).schulden] == ["Energie Zuid"]
    assert "Energie Zuid" not in [schuld.verteld.afzender for schuld in given.case(after).schulden]
    with given.session(given.actor) as session:
        assert [melding.schuld.afzender for melding in dossier.meldingen(session, after)] == ["Energie Zuid"]


def test_where_there_is_nothing_to_report_the_pages_lead_to_the_status(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.declined())
    for path in ("/verzoek/post", "/verzoek/schuld-vergeten", "/verzoek/klopt-niet"):
        assert browser.get(path).location == "/verzoek", path


# --- mijn gegevens --------------------------------------------------------------------------------


def test_my_data_show_what_i_told_who_got_it_and_who_did_what(browser: Browser, given: Given) -> None:
    id = given.approved([given.regel("Waterbedrijf Plons")])
    given.hand_over(id)
    sign_in(browser, given.database, id)
    main = browser.see("/verzoek/gegevens").main
    for shown in (
        "F. van der Meer",
        EMAIL,
        "Waterbedrijf Plons",
        "geboortedatum: 14 mei 1987",
        "hun eigen nummer: KL-1",
        "Een medewerker van Stadsbank Midden keurde de pauze goed.",
        "Onze e-mail aan Waterbedrijf Plons ging weg.",
        "Alleen lezen schrijven wij niet op.",
    ):
        assert shown in main, shown


def test_a_message_that_did_not_leave_was_got_by_nobody(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.approved())
    assert "Nog niemand." in browser.see("/verzoek/gegevens").main


def test_the_file_holds_everything_and_nothing_of_another(browser: Browser, given: Given) -> None:
    given.approved(
        [given.regel("Energie Zuid")], naam={"voorletters": "K.", "voorvoegsel": "", "achternaam": "Zwaardemaker"}
    )
    id = given.approved([given.regel("Waterbedrijf Plons")])
    given.report(id, Meldingsoort.GEGEVENS, {"tekst": "Mijn huisnummer is 14."})
    sign_in(browser, given.database, id)
    answer = browser.get("/verzoek/gegevens.json")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    found = json.loads(answer.data)
    assert found["antwoorden"] == given.case(id).antwoorden
    assert [told["aan"] for told in found["berichten_aan_schuldeisers"]] == ["Waterbedrijf Plons"]
    assert found["meldingen"][0]["gegevens"] == {"tekst": "Mijn huisnummer is 14."}
    assert {told["soort"] for told in found["berichten_aan_u"]} >= {"ontvangen", "goedgekeurd"}
    assert b"Zwaardemaker" not in answer.data
    assert b"Energie Zuid" not in answer.data


def test_a_fact_that_is_wrong_can_be_said(browser: Browser, given: Given) -> None:
    id = given.submitted()
    sign_in(browser, given.database, id)
    assert browser.fill("/verzoek/klopt-niet", {}).errors == ["Schrijf op wat er niet klopt."]
    assert browser.fill("/verzoek/klopt-niet", {"tekst": "Ik heet Fatima."}).to == "/verzoek"
    with given.session(given.actor) as session:
        (melding,) = dossier.meldingen(session, id)
        melden.handle(session, given.actor, melding.id, "")
    assert "Bekeken" in browser.see("/verzoek").main


def test_a_concept_is_wiped_by_its_owner_and_the_browser_is_out(browser: Browser, given: Given) -> None:
    id = given.concept()
    sign_in(browser, given.database, id)
    assert "/verzoek/verwijderen" in [a.get("href") for a in browser.see("/verzoek/gegevens").tree.iter("a")]
    page = browser.fill("/verzoek/verwijderen", {})
    assert page.to == "/", page.main
    with given.session(Actor.systeem()) as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM pauzeverzoek").scalar() == 0
    assert browser.get("/verzoek").location == "/terug"


def test_what_was_filed_is_not_wiped(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.submitted())
    assert browser.get("/verzoek/verwijderen").location == "/verzoek"
