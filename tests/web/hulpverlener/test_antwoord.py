"""The answers on the desk of a hulpverlener: seen, handled, passed on, and links revoked."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from portal.actions.beantwoorden import answer
from portal.domain.beantwoording import Antwoordweg, GeenMedewerking, GegevenAntwoord
from portal.domain.roles import Actor, Role
from portal.domain.status import Antwoord
from portal.queries import dossier
from tests.conftest import Clock
from tests.given import Given, Schuldregel
from tests.web.browser import Browser
from tests.web.hulpverlener.werkplek import Werkplek, url
from tests.web.hulpvrager.reis import sign_in
from tests.web.schuldeiser.post import confirmed, link, message


@pytest.fixture
def case(given: Given) -> UUID:
    id = given.approved()
    given.hand_over(id)
    return id


def give(given: Given, case: UUID, antwoord: Antwoord, **said: Any) -> str:
    """The schuldeiser answers; the page of its message."""
    to = message(given, case)
    actor = Actor.schuldeiser(to.schuldeiser_id)
    with given.session(actor) as session:
        answer(session, actor, to.id, GegevenAntwoord(antwoord=antwoord, **said), via=Antwoordweg.LINK)
    return url(case, f"/kennisgevingen/{to.id}")


def test_an_answer_is_on_the_case_in_the_queue_and_in_the_history(werkplek: Werkplek, given: Given, case: UUID) -> None:
    page = give(
        given, case, Antwoord.GEEN_MEDEWERKING, reden=GeenMedewerking.KLANT_ONBEKEND, contactpersoon="Mo Bakker"
    )
    desk = werkplek.of(given.actor)
    assert given.case(case).kenmerk in desk.see("/werkvoorraad?baan=antwoord").main
    dossier = desk.see(url(case))
    assert "Werkt niet mee: klant onbekend Nog bekijken" in dossier.main
    assert "Waterbedrijf Plons antwoordde via de link: werkt niet mee: klant onbekend." in dossier.main
    assert "Mo Bakker" in desk.see(page).main
    longer = desk.see(url(case, "/verlengen"))
    assert "Werkt niet mee. Zet een vinkje als u het toch wilt vragen." in longer.main
    assert desk.press(page, "Antwoord afgehandeld").status == 302
    assert "Nog bekijken" not in desk.see(url(case)).main
    assert desk.see("/werkvoorraad?baan=antwoord").main.count(given.case(case).kenmerk) == 0


def test_what_a_schuldeiser_told_by_telephone_is_noted_and_says_who_noted_it(
    werkplek: Werkplek, given: Given, case: UUID, browser: Browser
) -> None:
    desk, to = werkplek.of(given.actor), message(given, case)
    page = desk.see(desk.see(url(case, f"/kennisgevingen/{to.id}")).links["Antwoord van de telefoon noteren"])
    assert desk.press(page, "Antwoord noteren").errors == ["Kies uw antwoord."]
    values = {"antwoord": "al_in_regeling", "contactpersoon": "Mo Bakker", "referentie": "W-9"}
    assert desk.fill(page, values, button="Antwoord noteren").to == url(case, f"/kennisgevingen/{to.id}")
    dossier = desk.see(url(case))
    assert "Waterbedrijf Plons antwoordde aan een hulpverlener: al in een regeling. Anna de Boer noteerde dat." in (
        dossier.main
    )
    assert "Nog bekijken" not in dossier.main, "who noted it has seen it"
    again = desk.see(page.url)
    assert again.form("Antwoord noteren").values["contactpersoon"] == "Mo Bakker"
    assert "Door een hulpverlener, na uw telefoontje" in confirmed(browser, link(to)).main
    sign_in(browser, given.database, case)
    assert "Deze schuldeiser zegt dat er al een regeling is." in browser.see("/verzoek").main


def test_an_answer_that_came_in_meanwhile_is_shown_before_it_is_replaced(
    werkplek: Werkplek, given: Given, case: UUID
) -> None:
    desk, to = werkplek.of(given.actor), message(given, case)
    page = desk.see(url(case, f"/kennisgevingen/{to.id}/antwoord-noteren"))
    give(given, case, Antwoord.BEVESTIGD)
    told = desk.fill(page, {"antwoord": "al_in_regeling"}, button="Antwoord noteren")
    assert told.status == 409
    assert "Intussen kwam er een ander antwoord binnen." in told.text
    assert message(given, case).antwoord is Antwoord.BEVESTIGD
    assert desk.press(told, "Antwoord noteren").status == 302
    assert message(given, case).antwoord is Antwoord.AL_IN_REGELING


def test_after_the_end_nothing_is_noted_any_more_and_an_auditor_notes_nothing(
    werkplek: Werkplek, given: Given, case: UUID, clock: Clock
) -> None:
    to = message(given, case)
    noting = url(case, f"/kennisgevingen/{to.id}/antwoord-noteren")
    auditor = werkplek.of(given.medewerker(given.organisatie_id, Role.AUDITOR))
    assert "Antwoord van de telefoon noteren" not in auditor.see(url(case, f"/kennisgevingen/{to.id}")).links
    auditor.see(noting, 403)
    werkplek.of(given.other_actor).see(noting, 404)
    clock.set(to.eind_on + timedelta(days=1))
    desk = werkplek.of(given.actor)
    assert "Antwoord van de telefoon noteren" not in desk.see(url(case, f"/kennisgevingen/{to.id}")).links
    desk.see(noting, 409)


def test_handed_over_becomes_a_proposal_that_is_sent_on_with_one_choice(
    werkplek: Werkplek, given: Given, case: UUID
) -> None:
    given.incassobureau("Incasso Noord")
    page = give(given, case, Antwoord.OVERGEDRAGEN, naar_naam="incasso noord bv")
    desk = werkplek.of(given.actor)
    proposal = desk.see(f"{page}/doorgeven")
    assert "‘incasso noord bv’" in proposal.main
    assert desk.press(proposal, "Doorgeven en versturen").errors == ["Kies wie de Kennisgeving krijgt."]
    party = next(node.get("value") for node in proposal.tree.iter("input") if node.get("name") == "partij")
    assert desk.fill(proposal, {"partij": party}, button="Doorgeven en versturen").status == 302
    assert "Incasso Noord" in desk.see(url(case)).main
    desk.see(f"{page}/doorgeven", 409)


@pytest.mark.parametrize(
    "why", ["Voor deze partij is de langste pauze al voorbij.", "Deze partij heeft al een Kennisgeving in deze zaak."]
)
def test_a_party_that_cannot_be_told_is_refused_on_the_page(
    why: str, werkplek: Werkplek, given: Given, clock: Clock
) -> None:
    known = "al een" in why
    short = {"default_maanden": 1, "max_maanden": 1}
    party = given.incassobureau("Incasso Noord", **({} if known else short))
    id = given.approved([given.regel("Waterbedrijf Plons"), *([Schuldregel("Noord", {party: None})] if known else [])])
    given.hand_over(id)
    said = GegevenAntwoord(antwoord=Antwoord.OVERGEDRAGEN, naar_naam="Incasso Noord")
    with given.session(Actor.systeem()) as session:
        (to,) = (k for k in dossier.kennisgevingen(session, id) if k.schuldeiser.naam == "Waterbedrijf Plons")
        answer(session, Actor.systeem(), to.id, said, via=Antwoordweg.LINK)
    clock.set(date(2027, 3, 2))
    desk = werkplek.of(given.actor)
    page = desk.see(url(id, f"/kennisgevingen/{to.id}/doorgeven"))
    assert desk.fill(page, {"partij": str(party)}, button="Doorgeven en versturen").errors == [why]


def test_a_typed_name_like_no_other_says_what_to_do(werkplek: Werkplek, given: Given, case: UUID) -> None:
    page = give(given, case, Antwoord.OVERGEDRAGEN, naar_naam="Qwxz")
    assert "landelijk beheerder" in werkplek.of(given.actor).see(f"{page}/doorgeven").main


def test_a_link_is_revoked_by_a_hulpverlener_and_an_auditor_sees_no_button(
    werkplek: Werkplek, given: Given, case: UUID, browser: Browser
) -> None:
    to = message(given, case)
    page = url(case, f"/kennisgevingen/{to.id}")
    auditor = given.medewerker(given.organisatie_id, Role.AUDITOR)
    assert "Antwoordlink intrekken" not in werkplek.of(auditor).see(page).main
    desk = werkplek.of(given.actor)
    assert desk.press(page, "Antwoordlink intrekken").status == 302
    assert "De antwoordlink is ingetrokken op" in desk.see(page).main
    assert "ingetrokken" in browser.see(link(to), 410).main


def test_of_a_letter_that_nobody_posted_there_is_one_way_back(werkplek: Werkplek, given: Given) -> None:
    case = given.approved([given.regel("Vitens", mailable=False)])
    to, desk = message(given, case), werkplek.of(given.actor)
    page = url(case, f"/kennisgevingen/{to.id}")
    assert "Bericht terugroepen" in desk.see(page).main
    assert "Antwoordlink intrekken" not in desk.see(page).main
    given.typeset(to.id)
    desk.press(page, "Ik heb deze brief verstuurd")
    assert "Antwoordlink intrekken" in desk.see(page).main


@pytest.mark.parametrize(
    ("antwoord", "said", "sentence"),
    [
        (Antwoord.BEVESTIGD, {}, "Pauze bevestigd"),
        (Antwoord.GEEN_MEDEWERKING, {"reden": GeenMedewerking.KLANT_ONBEKEND}, "Deze schuldeiser kan u niet vinden."),
        (Antwoord.GEEN_MEDEWERKING, {"reden": GeenMedewerking.GEEN_SAMENWERKING}, "Deze schuldeiser doet niet mee."),
        (Antwoord.OVERGEDRAGEN, {"naar_naam": "Incasso Noord"}, "gaf de schuld door aan Incasso Noord."),
        (Antwoord.AL_IN_REGELING, {}, "Deze schuldeiser zegt dat er al een regeling is."),
    ],
)
def test_the_hulpvrager_reads_the_answer_in_plain_words(
    browser: Browser, given: Given, case: UUID, antwoord: Antwoord, said: dict[str, Any], sentence: str
) -> None:
    give(given, case, antwoord, **said)
    sign_in(browser, given.database, case)
    assert sentence in browser.see("/verzoek").main
