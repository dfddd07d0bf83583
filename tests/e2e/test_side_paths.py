"""Pages beside the ordinary path: no part taken, under 18, a list that changes, consent that comes later."""

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from config.settings import ROOT
from portal.texts.talen import speak_in
from portal.web.errors import PAGES
from tests.beeld import plaatjes
from tests.beeld.brieven import brieven, photographed
from tests.e2e.conftest import Portal
from tests.e2e.hulpverlener import SANNE, Hulpverlener
from tests.e2e.hulpvrager import Brief, Hulpvrager
from tests.e2e.toegankelijk import check

pytestmark = pytest.mark.e2e

BRIEF: FilePayload = {"name": "brief.jpg", "mimeType": "image/jpeg", "buffer": plaatjes.jpeg((900, 1270))}

READING_SECONDS = 60


def test_every_side_path_is_in_order_and_leads_on(phone: BrowserContext, portal: Portal):
    page = phone.new_page()
    person = Hulpvrager(page, lambda *_: None, email="zijpad@inwoner.example", toestemming="Nee, nu niet")
    person.begin()
    gemeente_without_part(page)
    under_eighteen(page)
    person.answer_rest([])
    list_that_changes(page, person)
    page.goto("/verzoek/controle")
    person.submit()
    consent_later(page)


def gemeente_without_part(page: Page) -> None:
    page.get_by_label("Gemeente", exact=True).fill("Amsterdam")
    page.get_by_role("button", name="Verder").click()
    check(page, "Gemeente Amsterdam doet nog niet mee")
    page.get_by_role("link", name="Kies een andere gemeente").click()
    page.get_by_label("Gemeente", exact=True).fill("Utrecht")
    page.get_by_role("button", name="Verder").click()


def under_eighteen(page: Page) -> None:
    page.get_by_label("Achternaam").fill("Zijpad")
    page.get_by_role("button", name="Verder").click()
    for label, value in (("Dag", "3"), ("Maand", "5"), ("Jaar", "2012")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Verder").click()
    check(page, "U bent jonger dan 18 jaar")
    page.get_by_role("button", name="Toch verder invullen").click()


def list_that_changes(page: Page, person: Hulpvrager) -> None:
    page.goto("/verzoek/schulden")
    person.add(Brief("Vitens", referentie="1"))
    page.get_by_role("link", name="Wijzigen").click()
    check(page, "Verander deze schuld")
    page.get_by_label("Hoeveel moet u nog betalen?").fill("heel veel")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.locator("#fouten").wait_for()
    check(page, "Verander deze schuld")
    photo_comes_and_goes(page)
    page.goto("/verzoek/schulden")
    page.get_by_role("link", name="Verwijderen").click()
    check(page, "Wilt u deze schuld uit de lijst halen?")
    page.get_by_role("button", name="Ja, haal uit de lijst").click()
    check(page, "Bij wie hebt u schulden?")
    letter_is_read(page)


def letter_is_read(page: Page) -> None:
    """By the worker, a few seconds after it was sent; the person goes on meanwhile, and looks when it is there."""
    page.goto("/verzoek/schulden/nieuw")
    letter = photographed(brieven()["deurwaarder"], "aslant")
    page.get_by_label("Foto van de brief").set_input_files(FilePayload(**BRIEF | {"buffer": letter}))
    page.get_by_role("button", name="Opslaan", exact=True).click()
    link = page.get_by_role("link", name="Kijk wat wij lazen")
    for _ in range(READING_SECONDS):
        page.goto("/verzoek/schulden")
        if link.count():
            break
        page.wait_for_timeout(1000)
    check(page, "Bij wie hebt u schulden?")
    link.click()
    check(page, "Verander deze schuld")
    page.get_by_role("button", name="Neem dit over").click()
    expect(page.get_by_label("Van wie is de laatste brief?")).to_have_value("Van Aken & Partners Gerechtsdeurwaarders")
    check(page, "Verander deze schuld")
    page.get_by_label("Hoeveel moet u nog betalen?").press("Enter")
    expect(page.get_by_text("Van Aken & Partners Gerechtsdeurwaarders", exact=True)).to_be_visible()


def photo_comes_and_goes(page: Page) -> None:
    page.goto("/verzoek/schulden")
    page.get_by_role("link", name="Wijzigen").click()
    page.get_by_label("Foto van de brief").set_input_files(BRIEF)
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.get_by_role("link", name="Wijzigen").click()
    assert_drawn(page)
    check(page, "Verander deze schuld")
    page.get_by_role("link", name="Haal deze foto weg").press("Enter")
    check(page, "Wilt u deze foto weghalen?")
    page.get_by_role("button", name="Ja, haal de foto weg").click()
    check(page, "Verander deze schuld")
    assert page.locator("main img").count() == 0


def assert_drawn(page: Page) -> None:
    picture = page.locator(".pk-fotos img").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("it => it.naturalWidth > 0")


def consent_later(page: Page) -> None:
    page.goto("/verzoek")
    check(page, "Uw verzoek")
    page.get_by_role("link", name="Toestemming geven").click()
    check(page, "Geeft u nu wel toestemming?")
    page.get_by_role("button", name="Ja, ik geef toestemming").click()
    check(page, "Uw verzoek")
    assert page.get_by_role("link", name="Toestemming geven").count() == 0


def test_a_question_is_asked_and_answered(phone: BrowserContext, desk: BrowserContext, portal: Portal):
    page = phone.new_page()
    kenmerk = Hulpvrager(page, lambda *_: None, email="vraag@inwoner.example").file([])
    staff = Hulpverlener(desk.new_page(), portal, lambda *_: None)
    staff.sign_in(SANNE)
    staff.open_case(kenmerk)
    staff.take()
    staff.page.get_by_role("link", name="Vraag stellen").click()
    staff.page.get_by_label("Wat wilt u weten?").fill("Hebt u nog post van Vitens?")
    staff.page.get_by_role("button", name="Vraag versturen").click()

    page.goto("/verzoek")
    check(page, "Uw verzoek")
    page.get_by_role("link", name="Geef antwoord").click()
    page.get_by_role("button", name="Verstuur mijn antwoord").click()
    page.locator("#fouten").wait_for()
    check(page, "Wij hebben een vraag")
    page.get_by_label("Uw antwoord").fill("Ja,\n één brief. <b>€ 120</b>")
    page.get_by_label("Foto van de brief").set_input_files(BRIEF)
    page.get_by_role("button", name="Verstuur mijn antwoord").click()
    check(page, "Uw verzoek")

    staff.page.goto(staff.case)
    staff.page.get_by_text("Foto van de brief", exact=True).press("Enter")
    assert_drawn(staff.page)
    check(staff.page)
    assert "<b>€ 120</b>" in staff.page.locator("main").inner_text()


def test_who_signs_in_for_the_first_time_connects_an_app(desk: BrowserContext, portal: Portal):
    page = desk.new_page()
    page.goto("/medewerker/inloggen")
    page.get_by_label("E-mailadres").fill("lotte@vechtenrijn.example")
    page.get_by_label("Wachtwoord").fill(portal.password)
    page.locator("main form button").click()
    check(page)
    assert page.locator("main img").evaluate("picture => picture.naturalWidth > 0")
    page.get_by_label("Code uit uw app").fill("000000")
    page.locator("main form button").first.click()
    page.locator("#fouten").wait_for()
    check(page)


def test_what_no_longer_counts_goes_out_of_sight_also_when_it_is_wrong(phone: BrowserContext, portal: Portal):
    page = phone.new_page()
    page.goto("/")
    page.get_by_role("button", name="Begin met uw verzoek").click()
    threat = page.locator("fieldset#ontruiming-groep")
    threat.get_by_label("Ja", exact=True).check()
    page.get_by_label("Maand").first.fill("13")
    page.get_by_role("button", name="Verder").click()
    page.locator("#fouten").wait_for()
    threat.get_by_label("Weet ik niet").check()
    expect(page.get_by_label("Maand").locator("visible=true")).to_have_count(1)
    threat.get_by_label("Nee", exact=True).check()
    expect(page.get_by_label("Maand").locator("visible=true")).to_have_count(0)


@pytest.mark.parametrize("status", sorted(PAGES))
def test_every_error_page_is_in_order(phone: BrowserContext, portal: Portal, status: int):
    """As the portal renders them with nothing at hand: no request, no database."""
    bare = Environment(loader=FileSystemLoader(ROOT / "templates"), undefined=StrictUndefined, autoescape=True)
    speak_in(bare)
    page = phone.new_page()
    page.goto("/gezondheid")  # an address of the portal, so that the style sheet is found
    page.set_content(bare.get_template(f"fouten/{status}.html").render())
    check(page)
