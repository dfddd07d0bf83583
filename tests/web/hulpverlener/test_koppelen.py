from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg

from portal.domain.kennisgeving import Kanaal
from portal.models import Categorie, Schuldeiser
from tests.given import Given
from tests.web.browser import Browser, Page, text_of
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek

SYNCASSO = {"afzender": "Syncasso", "namens": "Ziggo", "referentie": "S-99"}


def matching(given: Given, id: UUID, volgnummer: int = 1, rest: str = "koppelen") -> str:
    return desk.url(id, f"/schulden/{given.case(id).schulden[volgnummer - 1].id}/{rest}")


def candidates(page: Page) -> list[str]:
    return [text_of(label) for label in page.tree.iter("label") if (label.get("for") or "").startswith("partij-")]


def chosen(given: Given, id: UUID, volgnummer: int = 1) -> dict[UUID, str | None]:
    return {p.schuldeiser_id: p.referentie for p in given.case(id).schulden[volgnummer - 1].partijen}


def test_certain_parties_are_ticked_and_the_reference_stands_at_the_sender_of_the_letter(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    bureau, ziggo = given.incassobureau("Syncasso Incasso"), given.schuldeiser("Ziggo")
    given.schuldeiser("VodafoneZiggo Zakelijk", mailable=False, postadres=None)
    id = werkplek.submitted_with(SYNCASSO)
    page = anna.see(matching(given, id))
    assert candidates(page) == ["Syncasso Incasso", "Ziggo", "VodafoneZiggo Zakelijk"]
    assert "per post, maar er is geen postadres" in page.main
    answer = anna.press(page, "Koppelen")
    assert answer.to == desk.url(id, "/besluit")
    assert chosen(given, id) == {bureau: "S-99", ziggo: None}


def test_after_one_schuld_the_next_unmatched_one_follows(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    given.schuldeiser("Ziggo")
    id = werkplek.submitted_with({"afzender": "Ziggo"}, {"afzender": "Ziggo"})
    answer = anna.press(matching(given, id), "Koppelen")
    assert answer.to == matching(given, id, 2)
    assert anna.press(anna.follow(answer), "Koppelen").to == desk.url(id, "/besluit")


def test_an_earlier_match_is_shown_and_can_be_changed(anna: Browser, given: Given) -> None:
    id = given.matched([given.regel("Ziggo", "Z-1")])
    other = given.schuldeiser("Ziggo Zakelijk")
    page = anna.see(matching(given, id))
    (ziggo,) = chosen(given, id)
    values = page.form("Koppelen").values
    assert values[f"referentie-{ziggo}"] == "Z-1"
    anna.fill(page, {f"partij-{ziggo}": None, f"partij-{other}": "y", f"referentie-{other}": "ZZ"}, button="Koppelen")
    assert chosen(given, id) == {other: "ZZ"}


def test_searching_keeps_what_is_ticked_and_typed_and_writes_nothing(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    ziggo, vitens = given.schuldeiser("Ziggo"), given.schuldeiser("Vitens Water")
    id = werkplek.submitted_with({"afzender": "Ziggo"})
    page = anna.fill(matching(given, id), {f"referentie-{ziggo}": "typed", "zoek": "vitens"}, button="Zoeken")
    assert candidates(page) == ["Ziggo", "Vitens Water"]
    assert page.form("Koppelen").values[f"referentie-{ziggo}"] == "typed"
    assert chosen(given, id) == {}
    anna.fill(page, {f"partij-{vitens}": "y"}, button="Koppelen")
    assert chosen(given, id) == {ziggo: "typed", vitens: None}


def test_enter_in_the_search_box_searches_although_it_presses_the_first_button(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    given.schuldeiser("Ziggo")
    given.schuldeiser("Vitens")
    id = werkplek.submitted_with({"afzender": "Ziggo"})
    page = anna.fill(matching(given, id), {"zoek": "vitens"}, button="Koppelen")
    assert "Gevonden met ‘vitens’" in page.main
    assert chosen(given, id) == {}


def test_what_the_search_does_not_find_and_odd_signs_are_no_accident(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = werkplek.submitted_with({"afzender": "Ziggo"})
    assert "Niets gevonden." in anna.fill(matching(given, id), {"zoek": "qqqq\x00"}, button="Zoeken").main
    assert anna.see(matching(given, id) + "?zoek=%00&kies=x&kies=%00").h1


def test_nobody_chosen_is_told_at_the_top(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    given.schuldeiser("Jansen Makelaars")
    given.schuldeiser("Jansen Tandartsen")
    id = werkplek.submitted_with({"afzender": "Jansen"})
    page = anna.press(matching(given, id), "Koppelen")
    assert page.errors == ["Kies wie er bericht krijgt. Staat de schuldeiser er niet bij? Zoek, of voeg hem toe."]
    assert page.title.startswith("Fout: ")


def test_without_anybody_to_choose_there_is_only_searching_and_adding(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = werkplek.submitted_with({"afzender": "Onbekend Bedrijf"})
    page = anna.see(matching(given, id))
    assert page.form("Zoeken").buttons == ["Zoeken", "Nieuwe schuldeiser toevoegen"]


def test_who_is_no_longer_in_use_is_named_but_cannot_be_chosen(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    given.schuldeiser("Oud Energie", actief=False)
    given.schuldeiser("Oom Kees", categorie=Categorie.PARTICULIER, actief=False)
    id = werkplek.submitted_with({"afzender": "Oud Energie", "namens": "Oom Kees"})
    page = anna.see(matching(given, id))
    assert "Oud Energie: staat niet meer in gebruik." in page.main
    assert "Oom Kees: staat" not in page.main
    assert candidates(page) == []


def test_a_party_that_fell_out_of_use_is_no_longer_ticked(
    anna: Browser, given: Given, owner: psycopg.Connection[tuple[object, ...]]
) -> None:
    id = given.matched([given.regel("Oude Partij")])
    given.schuldeiser("Oude Partij Nieuw")
    owner.execute("UPDATE schuldeiser SET actief = false WHERE naam = 'Oude Partij'")
    page = anna.see(matching(given, id))
    assert candidates(page) == ["Oude Partij Nieuw"]
    assert "Oude Partij: staat niet meer in gebruik." in page.main
    assert anna.press(page, "Koppelen").errors == [
        "Kies wie er bericht krijgt. Staat de schuldeiser er niet bij? Zoek, of voeg hem toe."
    ]


def test_a_reference_that_is_too_long_is_told_at_its_box(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    ziggo = given.schuldeiser("Ziggo")
    id = werkplek.submitted_with({"afzender": "Ziggo"})
    page = anna.fill(matching(given, id), {f"referentie-{ziggo}": "9" * 61}, button="Koppelen")
    assert page.errors == ["Het kenmerk is te lang. Gebruik hoogstens 60 tekens."]
    assert page.form("Koppelen").values[f"referentie-{ziggo}"] == "9" * 61
    assert chosen(given, id) == {}


def test_a_reference_that_may_be_a_bsn_is_told_at_its_box_and_goes_nowhere(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    bureau, ziggo = given.incassobureau("Syncasso Incasso"), given.schuldeiser("Ziggo")
    id = werkplek.submitted_with(SYNCASSO | {"referentie": "1234.56.782"})
    page = anna.press(matching(given, id), "Koppelen")
    assert page.errors == [
        "Dit lijkt een BSN. Een BSN mag niet in een bericht. Laat het kenmerk leeg of vul een ander kenmerk in."
    ]
    assert page.by_id(f"referentie-{bureau}").get("aria-invalid") == "true"
    assert page.by_id(f"referentie-{ziggo}").get("aria-invalid") is None
    assert page.form("Koppelen").values[f"referentie-{bureau}"] == "1234.56.782"
    assert chosen(given, id) == {}
    anna.fill(page, {f"referentie-{bureau}": ""}, button="Koppelen")
    assert chosen(given, id) == {bureau: None, ziggo: None}


def test_confirming_suggestions_at_once_leaves_out_a_reference_that_may_be_a_bsn(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    ziggo = given.schuldeiser("Ziggo")
    id = werkplek.submitted_with({"afzender": "Ziggo", "referentie": "123456782"})
    page = anna.see(desk.url(id))
    assert "Kenmerk: weggelaten, het lijkt een BSN of een geheim adres." in page.main
    anna.press(page, "Voorstellen bevestigen")
    assert chosen(given, id) == {ziggo: None}


GEHEIM = {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "", "geheim": True}


def test_a_reference_with_the_postcode_of_a_secret_address_goes_nowhere(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    ziggo = given.schuldeiser("Ziggo")
    id = werkplek.submitted_with({"afzender": "Ziggo", "referentie": "3511ab-12"}, adres=GEHEIM)
    page = anna.press(matching(given, id), "Koppelen")
    assert page.errors == [
        "Hierin staat de postcode van een geheim adres. Laat het kenmerk leeg of vul een ander kenmerk in."
    ]
    assert chosen(given, id) == {}
    anna.press(desk.url(id), "Voorstellen bevestigen")
    assert chosen(given, id) == {ziggo: None}


def test_a_party_of_another_organisatie_cannot_be_chosen(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = werkplek.submitted_with({"afzender": "Ziggo"})
    theirs = given.schuldeiser("Geheim van Amersfoort", organisatie_id=given.other_actor.organisatie_id)
    page = anna.see(matching(given, id) + f"?kies={theirs}")
    assert "Geheim van Amersfoort" not in page.main
    assert anna.fill(page, {f"partij-{theirs}": "y", "actie": "koppelen"}, button="Zoeken").errors
    assert chosen(given, id) == {}


def test_a_new_schuldeiser_by_post_is_proposed_and_chosen(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    bureau = given.incassobureau("Syncasso")
    id = werkplek.submitted_with({"afzender": "Syncasso", "namens": "Garage Pietersen", "referentie": "S-1"})
    answer = anna.press(matching(given, id), "Nieuwe schuldeiser toevoegen")
    assert str(bureau) in (answer.to or "")
    page = anna.follow(answer)
    assert page.form("Toevoegen en kiezen").values["naam"] == "Garage Pietersen"
    added = anna.fill(
        matching(given, id, rest=f"nieuwe-schuldeiser?kies={bureau}"),
        {"categorie": "overig", "schuldsoort": "Overig", "postadres": "Weg 1\n1000 AA Ons Dorp"},
        button="Toevoegen en kiezen",
    )
    back = anna.follow(added)
    assert candidates(back)[:2] == ["Garage Pietersen", "Syncasso"]
    anna.press(back, "Koppelen")
    assert set(chosen(given, id)) > {bureau}
    with given.session(given.actor) as session:
        entry = session.get_one(Schuldeiser, next(party for party in chosen(given, id) if party != bureau))
    assert (entry.organisatie_id, entry.channel, entry.email_verified_on) == (given.organisatie_id, Kanaal.BRIEF, None)


def test_a_new_schuldeiser_is_mailed_only_at_an_address_that_was_checked(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = werkplek.submitted_with({"afzender": "Garage"})
    values = {"categorie": "overig", "schuldsoort": "Overig", "email": "post@garage.example"}
    address = matching(given, id, rest="nieuwe-schuldeiser")
    page = anna.fill(address, values, button="Toevoegen en kiezen")
    assert page.errors == [
        "Controleer het e-mailadres en zet hier een vinkje. Kan dat niet? Laat het e-mailadres dan leeg."
    ]
    back = anna.follow(anna.fill(page, {"gecontroleerd": "y"}, button="Toevoegen en kiezen"))
    assert "e-mail gecontroleerd" in back.main


def test_a_new_schuldeiser_needs_an_address_and_every_wrong_answer_has_a_sentence(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = werkplek.submitted_with({"afzender": "Garage"})
    address = matching(given, id, rest="nieuwe-schuldeiser")
    page = anna.fill(address, {"naam": "", "rol": "koning", "email": "x"}, button="Toevoegen en kiezen")
    assert len(page.errors) == 6
    page = anna.fill(address, {"categorie": "overig", "schuldsoort": "Overig"}, button="Toevoegen en kiezen")
    assert page.errors == ["Vul een postadres in, of een e-mailadres dat u hebt gecontroleerd."]


def test_without_a_pause_nothing_is_matched_any_more(anna: Browser, given: Given) -> None:
    id = given.matched()
    address = matching(given, id)
    page = anna.see(address)
    given.withdraw(id)
    assert anna.press(page, "Koppelen").status == 409
    assert anna.see(address, 409).h1


def test_adding_a_schuld_twice_from_one_page_adds_it_once(anna: Browser, given: Given) -> None:
    id = given.taken()
    page = anna.see(desk.url(id, "/schulden/nieuw"))
    answers = [anna.fill(page, {"afzender": "Vitens"}, button="Toevoegen en koppelen") for _ in range(2)]
    assert [answer.to for answer in answers] == [matching(given, id)] * 2
    assert len(given.case(id).schulden) == 1
    anna.fill(desk.url(id, "/schulden/nieuw"), {"afzender": "Vitens"}, button="Toevoegen en koppelen")
    assert len(given.case(id).schulden) == 2


def test_a_schuld_that_the_reviewer_heard_of_is_added_and_matched_next(anna: Browser, given: Given) -> None:
    id = given.taken()
    wrong = {"afzender": "", "bedrag": "veel"}
    page = anna.fill(desk.url(id, "/schulden/nieuw"), wrong, button="Toevoegen en koppelen")
    assert len(page.errors) == 2
    answer = anna.fill(page, {"afzender": "Vitens", "bedrag": "1.234,50"}, button="Toevoegen en koppelen")
    assert answer.to == matching(given, id)
    (schuld,) = given.case(id).schulden
    assert (schuld.verteld.afzender, schuld.verteld.bedrag_cents) == ("Vitens", 123450)


def test_a_full_list_takes_no_more(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = werkplek.submitted_with(*({"afzender": f"Bedrijf {at}"} for at in range(60)))
    page = anna.fill(desk.url(id, "/schulden/nieuw"), {"afzender": "Nog een"}, button="Toevoegen en koppelen")
    assert page.errors == ["Er staan al 60 schulden in deze zaak. Meer kan niet."]


def test_matching_costs_the_same_in_a_large_directory(
    anna: Browser, given: Given, werkplek: Werkplek, count_statements: Callable[[], Any]
) -> None:
    given.schuldeiser("Ziggo")
    small = werkplek.submitted_with(SYNCASSO)
    large = werkplek.submitted_with(*([SYNCASSO] * 40))
    counted = []
    for id in (small, large):
        with count_statements() as sent:
            anna.see(matching(given, id))
        counted.append(len(sent))
        for at in range(15):
            given.schuldeiser(f"Ziggo filiaal {id} {at}")
    assert counted[0] == counted[1] <= 20
