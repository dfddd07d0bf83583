"""A forgotten schuld in a running case, from the case page to the message."""

from uuid import UUID, uuid4

from portal.actions.melden import report
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor
from tests.given import Given
from tests.web.browser import Browser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek


def forget(anna: Browser, id: UUID, naam: str) -> None:
    """Add a schuld and tie it to the party of this name: on to the page that tells."""
    page = anna.fill(desk.url(id, "/schulden/nieuw"), {"afzender": naam}, button="Toevoegen en koppelen")
    page = anna.follow(page)
    assert f"Lijkt op de afzender ‘{naam}’" in page.main
    page = anna.follow(anna.press(page, "Koppelen"))
    assert page.h1 == "Vertellen wat erbij kwam"


def test_a_forgotten_schuld_is_added_matched_read_and_told(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = given.approved([given.regel("Eerste")])
    given.schuldeiser("Waterbedrijf Plons")
    assert "Nog niet ingelicht" not in anna.see(desk.url(id)).main
    forget(anna, id, "Waterbedrijf Plons")
    case = anna.see(desk.url(id))
    assert "Nog niet ingelicht (1) Waterbedrijf Plons. Kwam er na het besluit bij." in case.main
    page = anna.see(case.links["Bericht bekijken en versturen"])
    assert "dinsdag 1 juni 2027" in page.main
    assert "Kennisgeving, e-mail gecontroleerd." in page.main
    after = anna.follow(anna.press(page, "Versturen"))
    assert "De berichten gaan op weg." in after.main
    assert "Nog niet ingelicht" not in after.main
    assert "Anna de Boer stuurde 1 bericht over wat er na het besluit bij kwam." in after.main
    assert werkplek.messages(id)["Waterbedrijf Plons"].tekst.strip().split() == _shown(page.main, "Waterbedrijf Plons")
    assert "Iedereen die bij deze zaak hoort, heeft bericht." in anna.see(desk.url(id, "/bijkomen")).main


def _shown(main: str, naam: str) -> list[str]:
    """The words of the message on the page."""
    start = main.index("KENNISGEVING: PAUZE VAN DE INCASSO")
    return main[start : main.index("Niet in het bericht:")].split()


def test_who_was_told_stays_ticked(anna: Browser, given: Given) -> None:
    id = given.approved([given.regel("Eerste")])
    (schuld,) = given.case(id).schulden
    other = given.schuldeiser("Ander")
    page = anna.see(desk.url(id, f"/schulden/{schuld.id}/koppelen?kies={other}"))
    told, chosen = f"partij-{schuld.partijen[0].schuldeiser_id}", f"partij-{other}"
    assert told in page.form("Koppelen").values
    refused = anna.fill(page, {told: None, chosen: "y"}, button="Koppelen")
    assert refused.errors == ["Eerste kreeg al bericht over deze pauze. Laat het vinkje staan."]


def test_a_case_without_a_pause_has_no_such_page(anna: Browser, given: Given) -> None:
    assert anna.see(desk.url(given.taken(), "/bijkomen"), 409).h1


def test_what_the_hulpvrager_reported_stands_in_the_form(anna: Browser, given: Given) -> None:
    id = given.approved()
    person, melding_id = Actor.hulpvrager(id), uuid4()
    with given.session(person) as session:
        report(session, person, Meldingsoort.SCHULD, {"afzender": "Vergeten BV", "bedrag_cents": 12345}, id=melding_id)
    page = anna.see(anna.see(desk.url(id, f"/meldingen/{melding_id}")).links["Schuld toevoegen aan de zaak"])
    assert page.form("Toevoegen en koppelen").values["afzender"] == "Vergeten BV"
    assert page.form("Toevoegen en koppelen").values["bedrag"] == "123,45"
    assert anna.see(desk.url(id, f"/schulden/nieuw?melding={uuid4()}"), 404).h1
