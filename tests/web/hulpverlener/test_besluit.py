from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from portal.actions.notities import check_register
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Role
from portal.domain.status import Status
from portal.models import Register, Registeruitkomst
from tests.actions.conftest import Owner
from tests.given import Given, Schuldregel
from tests.web.browser import Browser, Page, text_of
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek

APPROVE, LOOK = "Goedkeuren en 1 bericht versturen", "Voorbeeld bijwerken"


def approve(count: int) -> str:
    """The button when so many will be told."""
    return f"Goedkeuren en {count} berichten versturen"


def previews(page: Page) -> list[str]:
    return [text_of(pre) for pre in page.tree.iter("pre")]


def months(given: Given, id: UUID, naam: str) -> str:
    parties = [partij for schuld in given.case(id).schulden for partij in schuld.partijen]
    return next(f"maanden-{p.schuldeiser_id}" for p in parties if p.schuldeiser.naam == naam)


def test_what_is_previewed_is_what_is_issued_and_each_sees_only_its_own(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    ziggo = given.schuldeiser("Ziggo", convenant="Convenant Telecom")
    bureau, vitens = given.incassobureau("Syncasso"), given.schuldeiser("Vitens", mailable=False)
    id = given.matched([Schuldregel("Ziggo", {ziggo: "Z-11", bureau: "S-22"}), Schuldregel("Vitens", {vitens: "V-33"})])
    page = anna.see(desk.url(id, "/besluit"))
    assert "Volgens Convenant Telecom, e-mail gecontroleerd" in page.main
    assert "Als verzoek, per post" in page.main
    assert page.main.count("Pauze tot en met 1 juni 2027") == 3
    assert "Ontvangers (3) 2 per e-mail, 1 per brief; 1 volgens een convenant." in page.main
    seen = previews(page)
    after = anna.follow(anna.press(page, approve(3)))
    assert "De pauze is goedgekeurd. 3 berichten gaan op weg." in after.main
    issued = werkplek.messages(id)
    assert sorted(" ".join(message.tekst.split()) for message in issued.values()) == sorted(seen)
    references = {"Ziggo": "Z-11", "Syncasso": "S-22", "Vitens": "V-33"}
    for naam, message in issued.items():
        assert {who for who, reference in references.items() if reference in message.tekst} == {naam}
    assert issued["Vitens"].kanaal is Kanaal.BRIEF


def test_where_is_approved_it_says_which_registers_nobody_looked_in(anna: Browser, given: Given) -> None:
    id = given.matched([given.regel("Ziggo")])
    page = anna.see(desk.url(id, "/besluit"))
    before = page.main.partition("Uitleg: Nog niet gecontroleerd")[2]
    assert "VISH" in before
    assert "BRP" in before
    for register, words in (("vish", "BRP"), ("brp", "")):
        with given.session(given.actor) as session:
            check_register(session, given.actor, id, Register(register), Registeruitkomst.IN_ORDE, "", id=uuid4())
        after = anna.see(desk.url(id, "/besluit")).main.partition("Nog niet gecontroleerd")[2]
        assert "VISH" not in after
        assert (words in after) if words else not after


def test_looking_computes_the_end_again_and_writes_nothing(anna: Browser, given: Given) -> None:
    id = given.matched([given.regel("Ziggo")])
    before = given.versie(id)
    page = anna.fill(desk.url(id, "/besluit"),
                     {months(given, id, "Ziggo"): "6", "start_on-dag": "28", "start_on-maand": "feb"},
                     button=LOOK)  # fmt: skip
    assert "Pauze tot en met 28 augustus 2027" in page.main
    assert "28 augustus 2027" in previews(page)[0]
    assert (given.versie(id), given.case(id).status) == (before, Status.IN_BEHANDELING)


def test_enter_in_a_box_shows_the_messages_again_and_sends_nothing(anna: Browser, given: Given) -> None:
    id = given.matched([given.regel("Ziggo")])
    form = anna.see(desk.url(id, "/besluit")).form(APPROVE)
    assert form.buttons[0] == LOOK, "a browser presses the first button on Enter"
    months_box = months(given, id, "Ziggo")
    for pressed in (form.with_button(LOOK), form.values):
        page = Page(anna.post(form.action, data=pressed | {months_box: "3"}))
        assert "Pauze tot en met 1 mei 2027" in page.main
        assert given.case(id).status is Status.IN_BEHANDELING


@pytest.mark.parametrize("typed", ["0", "7", "99", "-1", "", "vier", "4,5", "٤"])
def test_months_outside_the_maximum_of_the_recipient_are_told_at_its_box(
    anna: Browser, given: Given, typed: str
) -> None:
    id = given.matched([given.regel("Ziggo", max_maanden=6), given.regel("Vitens")])
    page = anna.fill(desk.url(id, "/besluit"), {months(given, id, "Ziggo"): typed}, button=approve(2))
    assert page.errors == ["Ziggo: vul een getal in van 1 tot en met 6."]
    box = f"{months(given, id, 'Ziggo')}"
    assert text_of(page.by_id(f"{box}-fout")) == "Fout: Vul een getal in van 1 tot en met 6."
    assert page.form(approve(2)).values[box] == typed
    assert len(previews(page)) == 1
    assert given.case(id).status is Status.IN_BEHANDELING


@pytest.mark.parametrize("year", ["2026", "2028", "jaar"])
def test_a_start_that_cannot_be_is_told_and_nothing_is_sent(anna: Browser, given: Given, year: str) -> None:
    id = given.matched()
    page = anna.fill(desk.url(id, "/besluit"), {"start_on-jaar": year}, button=APPROVE)
    assert len(page.errors) == 1
    assert page.title.startswith("Fout: ")
    assert given.case(id).status is Status.IN_BEHANDELING


def test_the_default_of_the_pair_is_filled_in_and_never_passes_its_maximum(anna: Browser, given: Given) -> None:
    id = given.matched([given.regel("Lang", default_maanden=8), given.regel("Zorg", default_maanden=6, max_maanden=6),
                        given.regel("Gewoon")])  # fmt: skip
    values = anna.see(desk.url(id, "/besluit")).form(approve(3)).values
    assert [values[months(given, id, naam)] for naam in ("Lang", "Zorg", "Gewoon")] == ["8", "6", "4"]


def test_a_private_person_and_a_secret_address_each_need_a_confirmation(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    oom = given.particulier("Oom Kees")
    id = given.matched([Schuldregel("Oom Kees", {oom: None})],
                       adres={"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "",
                              "geheim": True})  # fmt: skip
    page = anna.see(desk.url(id, "/besluit"))
    assert "3511AB" not in previews(page)[0].replace(" ", "")
    assert "Adres: 3511 AB, 12 (geheim)" in page.main
    page = anna.press(page, APPROVE)
    assert page.errors == ["Kies of Oom Kees bericht krijgt."]
    page = anna.fill(page, {"particulier": "ja"}, button=APPROVE)
    assert page.errors == ["Bevestig dat u hebt gecontroleerd dat het adres nergens staat."]
    assert werkplek.messages(id) == {}
    assert anna.fill(page, {"geheim_bevestigd": "y"}, button=APPROVE).to == desk.url(id, "#ontvangers")
    assert "3511AB" not in werkplek.messages(id)["Oom Kees"].tekst.replace(" ", "")


def test_unmatched_schulden_are_named_with_the_way_to_mend(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = werkplek.submitted_with({"afzender": "Ziggo"})
    page = anna.see(desk.url(id, "/besluit"))
    assert "niet alle schulden zijn gekoppeld" in page.main
    assert page.links["Koppel schuld 1"] == desk.url(id, f"/schulden/{given.case(id).schulden[0].id}/koppelen")
    assert not any(button.startswith("Goedkeuren") for form in page.forms for button in form.buttons)


def test_a_case_without_schulden_or_without_toestemming_cannot_be_approved(anna: Browser, given: Given) -> None:
    empty = given.taken()
    page = anna.see(desk.url(empty, "/besluit"))
    assert "er zijn geen schuldeisers" in page.main
    assert "Voeg een schuld toe" in page.links
    refused = given.matched(toestemming={"keuze": "nee"})
    page = anna.see(desk.url(refused, "/besluit"))
    assert "geen toestemming" in page.main
    answer = anna.fill(page, {"actie": "goedkeuren"}, button=LOOK)
    assert answer.errors == ["De hulpvrager gaf geen toestemming. Zonder toestemming kunt u niet goedkeuren."]
    assert given.case(refused).status is Status.IN_BEHANDELING


def test_the_second_of_two_who_approve_is_told_and_nothing_is_sent_twice(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = given.matched([given.regel("Ziggo")])
    page = anna.see(desk.url(id, "/besluit"))
    colleague = werkplek.of(given.medewerker(given.organisatie_id, Role.TEAMLEIDER))
    assert colleague.press(desk.url(id, "/besluit"), APPROVE).status == 302
    refused = anna.press(page, APPROVE)
    assert (refused.status, refused.h1) == (409, "Iemand anders heeft dit al behandeld")
    assert len(werkplek.messages(id)) == 1
    assert werkplek.events(id).count("PauzeverzoekApproved") == 1


def test_a_page_that_grew_stale_by_a_new_match_is_refused_and_a_fresh_look_mends_it(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = given.matched([given.regel("Ziggo")])
    stale = anna.see(desk.url(id, "/besluit"))
    given.match(id, 1, {given.schuldeiser("Vitens"): None})
    assert anna.press(stale, APPROVE).status == 409
    fresh = anna.press(stale, LOOK)
    assert "Vitens" in fresh.main
    assert anna.press(fresh, APPROVE).status == 302
    assert set(werkplek.messages(id)) == {"Vitens"}


def test_a_gemachtigde_without_its_schuldeiser_and_a_party_without_address_are_warned_for(
    anna: Browser, given: Given
) -> None:
    bureau = given.incassobureau("Syncasso")
    nowhere = given.schuldeiser("Nergens", mailable=False, postadres=None)
    id = given.matched([Schuldregel("a", {bureau: None}), Schuldregel("b", {nowhere: None})])
    page = anna.see(desk.url(id, "/besluit")).main
    assert "De schuldeiser zelf is niet gekoppeld." in page
    assert "Er is geen e-mailadres en geen postadres." in page


# --- what was seen is what is sent, and one recipient never stops the others -----------------------

CHANGED = (
    "De gegevens van een schuldeiser of van uw organisatie zijn veranderd. Kijk de berichten na en keur opnieuw goed."
)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE schuldeiser SET email = 'ander@ziggo.example'",
        "UPDATE schuldeiser SET email_verified_on = NULL, email_verified_by = NULL",
        "UPDATE schuldeiser SET kanaal = 'brief'",
        "UPDATE schuldeiser SET levering = 'dagoverzicht'",
        "UPDATE schuldeiser SET naam = 'Ziggo Nieuw'",
        "UPDATE schuldeiser SET postadres = 'Elders'",
        "UPDATE schuldeiser SET max_maanden = 6",
        "UPDATE schuldeiser SET convenant = 'Convenant Telecom'",
        "UPDATE schuldeiser SET categorie = 'particulier'",
        "UPDATE organisatie SET telefoon = '030 7654321'",
        "UPDATE medewerker SET naam = 'Anna Andere'",
    ],
)
def test_what_changed_after_the_look_is_shown_before_anything_is_sent(
    anna: Browser, given: Given, werkplek: Werkplek, owner: Owner, change: str
) -> None:
    id = given.matched([given.regel("Ziggo")])
    page = anna.see(desk.url(id, "/besluit"))
    owner.execute(change)
    refused = anna.press(page, APPROVE)
    assert CHANGED in refused.errors
    assert werkplek.messages(id) == {}
    again = anna.fill(refused, {"particulier": "ja"} if "particulier" in change else {}, button=APPROVE)
    assert again.status == 302
    assert len(werkplek.messages(id)) == 1


def test_a_change_is_told_together_with_another_mistake_on_the_page(anna: Browser, given: Given, owner: Owner) -> None:
    id = given.matched([given.regel("Ziggo")])
    page = anna.see(desk.url(id, "/besluit"))
    owner.execute("UPDATE organisatie SET email = 'nieuw@stadsbank.example'")
    refused = anna.fill(page, {months(given, id, "Ziggo"): "0"}, button=APPROVE)
    assert CHANGED in refused.errors
    assert len(refused.errors) == 2


def test_who_fell_out_of_use_gets_nothing_and_the_others_do(
    anna: Browser, given: Given, werkplek: Werkplek, owner: Owner
) -> None:
    id = given.matched([given.regel("Ziggo"), given.regel("Vitens")])
    seen = anna.see(desk.url(id, "/besluit"))
    owner.execute("UPDATE schuldeiser SET actief = false WHERE naam = 'Vitens'")
    page = anna.press(seen, approve(2))
    assert CHANGED in page.errors
    assert "Vitens krijgt geen bericht Deze partij staat niet meer in gebruik." in page.main
    assert "Ontvangers (1) 1 per e-mail." in page.main
    after = anna.follow(anna.press(page, APPROVE))
    assert "1 bericht gaat op weg." in after.main
    assert "Nog niet ingelicht (1) Vitens. Deze partij staat niet meer in gebruik." in after.main
    assert "Vitens kreeg geen bericht. Deze partij staat niet meer in gebruik." in after.main
    assert set(werkplek.messages(id)) == {"Ziggo"}
    assert werkplek.events(id).count("OntvangerLeftOut") == 1


def test_a_private_person_who_may_not_be_told_does_not_stop_the_others(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = given.matched([given.regel("Ziggo"), Schuldregel("Oom Kees", {given.particulier("Oom Kees"): None})])
    page = anna.fill(desk.url(id, "/besluit"), {"particulier": "nee"}, button=approve(2))
    assert set(werkplek.messages(id)) == {"Ziggo"}
    assert "Oom Kees. Deze privépersoon mag nog geen bericht krijgen." in anna.follow(page).main


def test_with_nobody_left_to_tell_there_is_nothing_to_approve(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = given.matched([Schuldregel("Oom Kees", {given.particulier("Oom Kees"): None})])
    page = anna.fill(desk.url(id, "/besluit"), {"particulier": "nee"}, button=APPROVE)
    assert page.errors == ["Er is niemand om bericht te sturen. Voeg een schuld toe, of koppel een andere partij."]
    assert given.case(id).status is Status.IN_BEHANDELING


def test_beside_each_message_stands_what_it_does_not_say(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    ziggo = given.schuldeiser("Ziggo")
    given.schuldeiser("Vitens")
    id = werkplek.submitted_with(
        {"afzender": "Ziggo", "bedrag_cents": 12345},
        {"afzender": "Vitens"},
        bedrijf={"eigen_bedrijf": "ja"},
        hulp={"soort": "bewindvoerder"},
    )
    given.match(id, 1, {ziggo: "MEER-1987"})
    given.match(id, 2, {given.schuldeiser("Vitens Zuid"): None})
    page = anna.see(desk.url(id, "/besluit"))
    (beside,) = [text_of(ul) for ul in page.tree.iter("ul") if "(schuld 1)" in text_of(ul)]
    for told in ("Telefoon: 06 12345678", "E-mail: fatma@inwoner.example", "123,45 (schuld 1)", "1 andere ontvanger",
                 "Bewindvoerder", "Eigen bedrijf", "Niet in het onderwerp: Kenmerk MEER-1987"):  # fmt: skip
        assert told in beside
    (message,) = [pre for pre in previews(page) if "MEER-1987" in pre]
    for secret in ("12345678", "fatma@", "123,45", "Vitens", "ewind", "edrijf"):
        assert secret not in message


@pytest.mark.parametrize("status", ["submitted", "waiting", "declined", "withdrawn"])
def test_only_a_case_under_review_has_a_decision_page(anna: Browser, given: Given, status: str) -> None:
    assert anna.see(desk.url(getattr(given, status)(), "/besluit"), 409).h1


def test_the_page_of_40_recipients_costs_as_many_statements_as_that_of_one(
    anna: Browser, given: Given, count_statements: Callable[[], Any]
) -> None:
    counted = []
    for size in (1, 40):
        id = given.matched([given.regel(f"Bedrijf {at} van {size}") for at in range(size)])
        with count_statements() as sent:
            anna.see(desk.url(id, "/besluit"))
        counted.append(len(sent))
    assert counted[0] == counted[1] <= 25
