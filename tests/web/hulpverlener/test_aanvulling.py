"""A question with a term, and texts that begin with a block."""

from datetime import date

import pytest

from portal.actions import review, tekstblokken
from portal.domain.errors import DatumOngeldig
from portal.domain.roles import Actor, Role
from portal.domain.status import Status
from portal.models import Bloksoort
from portal.queries import dossier
from tests.conftest import Clock
from tests.given import Given
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek
from tests.web.hulpvrager.reis import sign_in


def voor(typed: str) -> dict[str, str]:
    parts = typed.split("-") if typed else ["", "", ""]
    return dict(zip(("antwoord_voor-dag", "antwoord_voor-maand", "antwoord_voor-jaar"), parts, strict=True))


def test_a_question_has_a_term_that_the_hulpvrager_reads_everywhere(
    werkplek: Werkplek, given: Given, clock: Clock, new_browser: MakeBrowser
) -> None:
    id = given.taken()
    anna = werkplek.of(given.actor)
    page = anna.see(desk.url(id, "/aanvulling"))
    form = page.form("Vraag versturen")
    assert (form.values["antwoord_voor-dag"], form.values["antwoord_voor-maand"]) == ("15", "2"), "ten working days"
    for wrong in ("1-2-2027", "30-3-2027", "30-2-2027"):
        sent = anna.fill(page, {"vraag": "Wat?", **voor(wrong)}, button="Vraag versturen")
        assert len(sent.errors) == 1, wrong
    after = anna.follow(anna.fill(page, {"vraag": "Wat?", **voor("12-2-2027")}, button="Vraag versturen"))
    assert "Nog geen antwoord Gevraagd: uiterlijk vrijdag 12 februari 2027" in after.main
    assert "Antwoord: uiterlijk 12 februari 2027." in after.main
    with given.session(Actor.systeem()) as session:
        told = " ".join(dossier.berichten(session, id)[0].tekst.split())
    assert "Geef uw antwoord uiterlijk vrijdag 12 februari 2027 op uw eigen pagina:" in told
    person = new_browser()
    sign_in(person, given.database, id)
    assert "Geef uw antwoord uiterlijk vrijdag 12 februari 2027." in person.see("/verzoek").main
    assert "Geef uw antwoord uiterlijk vrijdag 12 februari 2027." in person.see("/verzoek/aanvulling").main
    clock.set(date(2027, 2, 13))
    colleague = given.medewerker(given.organisatie_id, Role.HULPVERLENER)
    assert "Te laat Gevraagd: uiterlijk" in werkplek.of(colleague).see(desk.url(id)).main


@pytest.mark.parametrize(("today", "offered"), [(1, "4"), (3, "4"), (4, "5"), (8, "9")])
def test_of_a_threatened_case_an_answer_is_asked_for_before_the_conversation_is_due(
    today: int, offered: str, werkplek: Werkplek, given: Given, clock: Clock
) -> None:
    id = given.taken(dreiging={"ontruiming": "ja", "afsluiting": "nee", "zorgverzekering": "nee"})
    assert given.case(id).eerste_gesprek_voor == date(2027, 2, 4)
    clock.set(date(2027, 2, today))
    values = werkplek.of(given.actor).see(desk.url(id, "/aanvulling")).form("Vraag versturen").values
    assert values["antwoord_voor-dag"] == offered, "the term, and after it the next working day"


def test_a_new_answer_stands_above_the_facts_of_the_case_until_it_was_acted_on(anna: Browser, given: Given) -> None:
    id = given.supplemented()
    page = anna.see(desk.url(id))
    above = page.main.partition("Kenmerk")[0]
    assert "De hulpvrager gaf antwoord op 1 februari 2027 om 10:00" in above
    assert "Uw vraag: Wat is uw klantnummer? Mijn klantnummer staat op de brief." in above
    assert page.links["Naar alle vragen en antwoorden"] == "#vragen"
    given.ask(id)
    assert "De hulpvrager gaf antwoord op" not in anna.see(desk.url(id)).main


def test_without_a_term_the_answer_comes_whenever_it_suits(anna: Browser, given: Given) -> None:
    id = given.taken()
    sent = {"vraag": "Wat?", **voor("")}
    after = anna.follow(anna.fill(desk.url(id, "/aanvulling"), sent, button="Vraag versturen"))
    assert "Nog geen antwoord" in after.main
    assert "Gevraagd: uiterlijk" not in after.main
    assert given.case(id).status is Status.AANVULLING_GEVRAAGD


def test_no_answer_is_asked_for_on_a_day_that_is_over(given: Given) -> None:
    id = given.taken()
    with given.session(given.actor) as session, pytest.raises(DatumOngeldig):
        review.request_supplement(session, given.actor, id, given.versie(id), "Wat?", date(2027, 1, 31))


def test_a_text_begins_with_a_block_below_what_was_typed(anna: Browser, given: Given) -> None:
    id = given.taken()
    assert "Invoegen" not in anna.see(desk.url(id, "/aanvulling")).html, "there is none yet"
    keeper = given.medewerker(given.organisatie_id, Role.BEHEERDER)
    with given.session(keeper) as session:
        block = tekstblokken.add_tekstblok(session, keeper, Bloksoort.VRAAG, "Polis", "Stuur ons\nuw polis.")
        tekstblokken.add_tekstblok(session, keeper, Bloksoort.NIET_GOEDKEUREN, "Al geholpen", "U hebt al hulp.")
    page = anna.see(desk.url(id, "/aanvulling"))
    assert "Al geholpen" not in page.html
    page = anna.fill(page, {"vraag": "Goedendag.", "blok": str(block)}, button="Invoegen")
    assert page.form("Vraag versturen").values["vraag"] == "Goedendag.\n\nStuur ons\nuw polis."
    assert not page.errors
    assert given.case(id).status is Status.IN_BEHANDELING, "nothing was sent"
    again = anna.fill(page, {"blok": "x"}, button="Invoegen")
    assert again.form("Vraag versturen").values["vraag"] == "Goedendag.\n\nStuur ons\nuw polis."
    anna.press(again, "Vraag versturen")
    assert given.case(id).status is Status.AANVULLING_GEVRAAGD

    page = anna.see(desk.url(id, "/niet-goedkeuren"))
    chosen = next(o.get("value") for o in page.tree.iter("option") if o.text == "Al geholpen")
    page = anna.fill(page, {"blok": chosen}, button="Invoegen")
    assert page.form("Niet goedkeuren").values["toelichting"] == "U hebt al hulp."
    assert "U hebt al hulp." in page.main
    anna.press(page, "Niet goedkeuren")
    assert given.case(id).toelichting == "U hebt al hulp."
