from uuid import UUID

from portal.domain.roles import Role
from tests.given import Given
from tests.web.browser import Browser
from tests.web.hulpverlener.werkplek import Werkplek, url


def test_a_case_is_handed_to_a_colleague_and_leaves_my_lane(anna: Browser, werkplek: Werkplek, given: Given) -> None:
    karim = given.medewerker(given.organisatie_id, Role.HULPVERLENER, naam="Karim Aziz")
    given.medewerker(given.organisatie_id, Role.BEHEERDER, naam="Bea Beheer")
    id = given.taken()
    page = anna.see(anna.see(url(id)).links["Overdragen"])
    choices = page.form("Overdragen").options("naar")
    assert choices == ["Kies een collega", "Karim Aziz", "Niemand: zet de zaak terug bij Nieuw"]
    assert anna.fill(url(id, "/overdragen"), button="Overdragen").errors == ["Kies een collega."]
    assert anna.fill(url(id, "/overdragen"), {"naar": str(karim.id)}, button="Overdragen").to == url(id)
    page = anna.see(url(id))
    assert "De zaak is nu van Karim Aziz." in page.text
    assert "Anna de Boer gaf de zaak aan Karim Aziz." in page.main
    assert given.case(id).kenmerk in werkplek.of(karim).see("/werkvoorraad?baan=van_mij").main


def test_a_case_can_be_put_back_among_the_new_ones(anna: Browser, given: Given) -> None:
    id = given.taken()
    assert anna.fill(url(id, "/overdragen"), {"naar": "niemand"}, button="Overdragen").to == url(id)
    page = anna.see(url(id))
    assert "Anna de Boer zette de zaak terug bij Nieuw." in page.main
    assert "Overdragen" not in page.links
    assert given.case(id).kenmerk in anna.see("/werkvoorraad?baan=nieuw").main


def test_a_running_pause_is_handed_over_and_not_put_back(anna: Browser, given: Given) -> None:
    given.medewerker(given.organisatie_id, Role.TEAMLEIDER, naam="Tom Team")
    id = given.approved()
    page = anna.see(url(id, "/overdragen"))
    assert page.form("Overdragen").options("naar") == ["Kies een collega", "Tom Team"]
    assert anna.fill(url(id, "/overdragen"), {"naar": "niemand"}, button="Overdragen").errors == ["Kies een collega."]


def test_a_closed_case_has_no_page_to_hand_it_over(anna: Browser, given: Given) -> None:
    assert anna.see(url(given.declined(), "/overdragen"), 409).h1


def ticked(given: Given, *ids: UUID) -> list[str]:
    return [f"{id}:{given.versie(id)}" for id in ids]


def test_a_teamleider_ticks_cases_and_gives_them_to_a_colleague(werkplek: Werkplek, given: Given) -> None:
    karim = given.medewerker(given.organisatie_id, Role.HULPVERLENER, naam="Karim Aziz")
    tom = werkplek.of(given.medewerker(given.organisatie_id, Role.TEAMLEIDER, naam="Tom Team"))
    ids = [given.submitted() for _ in range(3)]
    page = tom.see("/werkvoorraad?baan=nieuw&volgorde=langst")
    for id in ids:
        assert f"Kies {given.case(id).kenmerk}" in page.main
    sent = {"zaken": ticked(given, *ids[:2]), "naar": str(karim.id)}
    given.take(ids[1])
    answer = tom.fill("/werkvoorraad?baan=nieuw&volgorde=langst", sent, button="Toewijzen")
    assert answer.to == "/werkvoorraad?baan=nieuw&volgorde=langst"
    page = tom.see(answer.to)
    assert "1 zaak is toegewezen." in page.text
    assert f"Niet toegewezen: {given.case(ids[1]).kenmerk}." in page.text
    assert given.case(ids[0]).behandelaar_id == karim.id


def test_without_cases_or_a_colleague_nothing_is_given_out(werkplek: Werkplek, given: Given) -> None:
    id = given.submitted()
    tom = werkplek.of(given.medewerker(given.organisatie_id, Role.TEAMLEIDER))
    for sent in ({"naar": str(given.actor.id)}, {"zaken": ticked(given, id)}, {"zaken": ["x:1", f"{id}:", f"{id}:x"]}):
        tom.fill("/werkvoorraad?baan=nieuw", sent, button="Toewijzen")
        assert "Er is niets toegewezen." in tom.see("/werkvoorraad?baan=nieuw").text
    assert given.case(id).behandelaar_id is None


def test_a_hulpverlener_has_no_boxes_to_tick(anna: Browser, given: Given) -> None:
    given.submitted()
    page = anna.see("/werkvoorraad?baan=nieuw")
    assert not any("Toewijzen" in form.buttons for form in page.forms)
    token = page.form("Zoeken").values["csrf_token"]
    assert anna.post("/werkvoorraad/toewijzen", data={"csrf_token": token}).status_code == 403
