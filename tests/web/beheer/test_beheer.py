from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor, Role
from portal.models import Schuldeiser
from tests.given import Given
from tests.web.browser import Browser, Page, text_of
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek

LIST = "/beheer/schuldeisers"


@pytest.fixture
def werkplek(app: Flask, given: Given, new_browser: MakeBrowser) -> Werkplek:
    return Werkplek(app, given, new_browser)


def names(page: Page) -> list[str]:
    return [text_of(head) for head in page.tree.iter("th") if head.get("scope") == "row"]


def entry(given: Given, id: UUID) -> Schuldeiser:
    with given.session(Actor.systeem()) as session:
        return session.get_one(Schuldeiser, id)


def browser_of(werkplek: Werkplek, *roles: Role, organisatie_id: UUID | None) -> Browser:
    return werkplek.of(werkplek.given.medewerker(organisatie_id, *roles))


@pytest.mark.parametrize("role", list(Role))
def test_all_staff_read_the_directory(werkplek: Werkplek, given: Given, role: Role) -> None:
    given.schuldeiser("Ziggo", convenant="Convenant Telecom", max_maanden=6)
    organisatie = None if role is Role.LANDELIJK_BEHEERDER else given.organisatie_id
    page = browser_of(werkplek, role, organisatie_id=organisatie).see(LIST)
    assert names(page) == ["Ziggo"]
    assert "Convenant Telecom" in page.main
    assert "4 (max. 6)" in page.main
    assert ("Adres controleren: Ziggo" in page.links) is (role is Role.LANDELIJK_BEHEERDER)


def test_the_directory_is_searched_and_paged(werkplek: Werkplek, given: Given) -> None:
    for at in range(55):
        given.schuldeiser(f"Bedrijf {at:02}")
    browser = werkplek.of(given.actor)
    first = browser.see(LIST)
    second = browser.see(first.links["Volgende"])
    assert names(first) + names(second) == [f"Bedrijf {at:02}" for at in range(55)]
    assert "Bedrijf 07" in names(browser.see(f"{LIST}?zoek=bedrijf+07"))[0]
    assert "Niets gevonden" in browser.see(f"{LIST}?zoek=qqqq").main
    assert browser.see(f"{LIST}?zoek=" + "x" * 500).errors
    assert browser.see(f"{LIST}?na=kapot", 404).h1
    assert browser.see(f"{LIST}?zoek=%00&na=%00_{UUID(int=0)}").h1


def agree(browser: Browser, question: str) -> None:
    """The second key: somebody else calls, and agrees."""
    page = browser.see(browser.see("/akkoord").links[question])
    answer = {"keuze": "ja", "gecontroleerd": "y", "antwoord": "Ook gebeld."}
    browser.follow(browser.fill(page, answer, button="Opslaan"))


def test_the_landelijk_beheerder_vouches_for_landelijke_entries_only(werkplek: Werkplek, given: Given) -> None:
    landelijk = given.schuldeiser("Ziggo", mailable=False)
    own = given.schuldeiser("Garage", mailable=False, organisatie_id=given.organisatie_id)
    browser = browser_of(werkplek, Role.LANDELIJK_BEHEERDER, organisatie_id=None)
    page = browser.see(f"{LIST}/{landelijk}/adres")
    unchecked = {"email": "pauze@ziggo.example", "postadres": ""}
    assert browser.fill(page, unchecked, button="Opslaan").errors == [
        "Zet een vinkje als u het e-mailadres hebt gecontroleerd."
    ]
    assert browser.fill(page, {"postadres": ""}, button="Opslaan").errors == [
        "Vul een e-mailadres of een postadres in."
    ]
    values = {"email": "pauze@ziggo.example", "gecontroleerd": "y"}
    assert browser.fill(page, values, button="Opslaan").errors == [
        "Vul in waarom het e-mailadres verandert. Uw collega leest dit."
    ]
    values |= {"reden": "Gebeld met de balie."}
    assert browser.fill(page, values, button="Opslaan").to == f"{LIST}?zoek=Ziggo"
    assert entry(given, landelijk).verified_email is None
    second = browser_of(werkplek, Role.LANDELIJK_BEHEERDER, organisatie_id=None)
    agree(second, "Andere adressen: Ziggo")
    assert entry(given, landelijk).verified_email == "pauze@ziggo.example"
    assert browser.see(f"{LIST}/{own}/adres", 404).h1


def test_a_reviewer_vouches_for_the_entries_of_the_own_organisatie_only(werkplek: Werkplek, given: Given) -> None:
    own = given.schuldeiser("Garage", mailable=False, organisatie_id=given.organisatie_id)
    landelijk = given.schuldeiser("Ziggo")
    theirs = given.schuldeiser("Bakker", organisatie_id=given.other_actor.organisatie_id)
    browser = werkplek.of(given.actor)
    assert names(browser.see(LIST)) == ["Garage", "Ziggo"]
    values = {"email": "garage@garage.example", "gecontroleerd": "y", "reden": "Van de website."}
    browser.fill(f"{LIST}/{own}/adres", values, button="Opslaan")
    again = browser.fill(f"{LIST}/{own}/adres", values, button="Opslaan")
    assert again.errors == ["Voor deze schuldeiser wacht al een ander e\u2011mailadres op akkoord."]
    agree(
        werkplek.of(given.medewerker(given.organisatie_id, Role.TEAMLEIDER, naam="Tim Tweede")),
        "Andere adressen: Garage",
    )
    assert entry(given, own).email_verified_by == "Tim Tweede"
    for id in (landelijk, theirs, UUID(int=1)):
        assert browser.see(f"{LIST}/{id}/adres", 404).h1


def test_a_postal_address_is_kept_without_vouching_for_the_mail_again(werkplek: Werkplek, given: Given) -> None:
    own = given.schuldeiser("Garage", organisatie_id=given.organisatie_id)
    before = entry(given, own)
    werkplek.of(given.actor).fill(f"{LIST}/{own}/adres", {"postadres": "Postbus 7\n3500 AA Utrecht"}, button="Opslaan")
    after = entry(given, own)
    assert after.postadres == "Postbus 7\n3500 AA Utrecht"
    assert (after.verified_email, after.email_verified_by) == (before.verified_email, before.email_verified_by)


def test_an_entry_that_began_per_post_is_mailed_once_its_address_is_checked(werkplek: Werkplek, given: Given) -> None:
    verzoek = given.taken([given.regel("Bakker Bol")])
    browser = werkplek.of(given.actor)
    schuld = given.case(verzoek).schulden[0].id
    values = {
        "naam": "Garage",
        "categorie": "overig",
        "schuldsoort": "Overig",
        "postadres": "Postbus 7\n3500 AA Utrecht",
    }
    browser.fill(f"/werkvoorraad/{verzoek}/schulden/{schuld}/nieuwe-schuldeiser", values, button="Toevoegen en kiezen")
    with given.session(Actor.systeem()) as session:
        own = session.scalars(select(Schuldeiser).where(Schuldeiser.naam == "Garage")).one()
    assert own.channel is Kanaal.BRIEF
    values = {"email": "garage@garage.example", "gecontroleerd": "y", "reden": "Van de website."}
    browser.fill(f"{LIST}/{own.id}/adres", values, button="Opslaan")
    assert entry(given, own.id).channel is Kanaal.BRIEF
    agree(werkplek.of(given.medewerker(given.organisatie_id, Role.HULPVERLENER)), "Andere adressen: Garage")
    assert entry(given, own.id).channel is Kanaal.EMAIL


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BEHEERDER])
def test_who_only_reads_cannot_vouch(werkplek: Werkplek, given: Given, role: Role) -> None:
    own = given.schuldeiser("Garage", organisatie_id=given.organisatie_id)
    browser = browser_of(werkplek, role, organisatie_id=given.organisatie_id)
    assert browser.see(f"{LIST}/{own}/adres", 403).h1


def test_the_organisatie_with_its_gemeenten_and_staff(werkplek: Werkplek, given: Given) -> None:
    given.medewerker(given.organisatie_id, Role.HULPVERLENER, naam="Vertrokken Collega", actief=False)
    _ = given.other_actor
    page = browser_of(werkplek, Role.TEAMLEIDER, organisatie_id=given.organisatie_id).see("/beheer/organisatie")
    assert page.h1 == "Stadsbank Midden"
    assert "Utrecht GM0344 1 januari 2026 Geen einddatum" in page.main
    assert "1 januari 2027 (gemeente opgeheven)" in page.main
    assert "Niet actief" in page.main
    assert "Amersfoort" not in page.main
    assert [form.buttons for form in page.forms] == [["Uitloggen"]]


def test_the_beheerder_signs_a_colleague_out_everywhere(werkplek: Werkplek, given: Given) -> None:
    colleague = werkplek.of(given.actor)
    browser = browser_of(werkplek, Role.BEHEERDER, organisatie_id=given.organisatie_id)
    page = browser.press("/beheer/organisatie", "Overal uitloggen: Anna de Boer")
    assert "Overal uitgelogd: 1 sessie is gestopt." in browser.follow(page).main
    assert (colleague.see("/werkvoorraad", 302).to or "").startswith("/medewerker/inloggen")


def test_nobody_is_signed_out_by_who_may_not(werkplek: Werkplek, given: Given) -> None:
    colleague = werkplek.of(given.actor)
    teamleider = browser_of(werkplek, Role.TEAMLEIDER, organisatie_id=given.organisatie_id)
    token = teamleider.see("/beheer/organisatie").form("Uitloggen").values["csrf_token"]
    address = f"/beheer/organisatie/{given.actor.id}/uitloggen"
    assert teamleider.post(address, data={"csrf_token": token}).status_code == 403
    other = browser_of(werkplek, Role.BEHEERDER, organisatie_id=given.other_actor.organisatie_id)
    token = other.see("/beheer/organisatie").form("Uitloggen").values["csrf_token"]
    assert other.post(address, data={"csrf_token": token}).status_code == 404
    assert colleague.see("/werkvoorraad").h1


def test_the_beheerder_puts_out_who_left(werkplek: Werkplek, given: Given) -> None:
    colleague = werkplek.of(given.actor)
    browser = browser_of(werkplek, Role.BEHEERDER, organisatie_id=given.organisatie_id)
    confirm = browser.see(browser.see("/beheer/organisatie").links["Uitzetten: Anna de Boer"])
    after = browser.follow(browser.press(confirm, "Uitzetten"))
    assert "Anna de Boer kan niet meer inloggen." in after.main
    assert "Uitzetten: Anna de Boer" not in after.links
    assert "staat uit" in browser.see(after.links["Toegang herstellen: Anna de Boer"]).main
    assert (colleague.see("/werkvoorraad", 302).to or "").startswith("/medewerker/inloggen")


@pytest.mark.parametrize("act", ["herstel", "uitzetten"])
def test_nobody_touches_an_account_who_may_not(werkplek: Werkplek, given: Given, act: str) -> None:
    beheerder = given.medewerker(given.organisatie_id, Role.BEHEERDER, naam="Bea Beheer")
    browser = werkplek.of(beheerder)
    page = browser.see("/beheer/organisatie")
    assert not [text for text in page.links if text.endswith(": Bea Beheer")]
    token = page.form("Uitloggen").values["csrf_token"]
    for id, status in ((beheerder.id, 403), (given.other_actor.id, 404), (UUID(int=1), 404)):
        assert browser.see(f"/beheer/organisatie/{id}/{act}", status).h1
        assert browser.post(f"/beheer/organisatie/{id}/{act}", data={"csrf_token": token}).status_code == status
    teamleider = browser_of(werkplek, Role.TEAMLEIDER, organisatie_id=given.organisatie_id)
    assert teamleider.see(f"/beheer/organisatie/{given.actor.id}/{act}", 403).h1


@pytest.mark.parametrize("role", [Role.HULPVERLENER, Role.AUDITOR])
def test_the_organisatie_page_is_for_beheerder_and_teamleider(werkplek: Werkplek, given: Given, role: Role) -> None:
    assert browser_of(werkplek, role, organisatie_id=given.organisatie_id).see("/beheer/organisatie", 403).h1


def test_pages_cost_as_many_statements_with_more_rows(
    werkplek: Werkplek, given: Given, count_statements: Callable[[], Any]
) -> None:
    browser = browser_of(werkplek, Role.BEHEERDER, organisatie_id=given.organisatie_id)
    counted = []
    for _ in range(2):
        for address in (LIST, "/beheer/organisatie"):
            with count_statements() as sent:
                browser.see(address)
            counted.append(len(sent))
        for at in range(25):
            given.schuldeiser(f"Bedrijf {at:02}")
            given.medewerker(given.organisatie_id, Role.HULPVERLENER)
    assert counted[:2] == counted[2:]
    assert max(counted) <= 15
