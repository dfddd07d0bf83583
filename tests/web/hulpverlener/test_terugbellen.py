"""The lane of who asked to be called, and what a hulpverlener does with it."""

from uuid import UUID, uuid4

import pytest

from portal.actions import hulpvrager, terugbellen
from portal.actions.opmaak import bewijs_to_typeset
from portal.domain.antwoorden import Bellen
from portal.domain.baan import Baan
from portal.domain.bewaking import Klok
from portal.domain.errors import MoveNotAllowed, NotAllowed
from portal.domain.roles import Actor, Role
from portal.domain.status import Eindreden, Status
from portal.queries import banen, dossier
from portal.web.hulpverlener.geschiedenis import BEFORE_FILING
from tests.given import UTRECHT, Given, antwoorden
from tests.web.browser import Browser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek

WIE = Bellen(naam="Fatma van der Meer", telefoon="06 12345678", moment="ochtend", voorstellen=False)
LANE = "/werkvoorraad?baan=terugbellen"


def call_me(given: Given, wie: Bellen = WIE) -> UUID:
    """Somebody asks to be called, and nothing more."""
    _, id = given.organisatie_id, uuid4()
    with given.session(Actor.bezoeker()) as session:
        assert terugbellen.begin_with_call(session, id, wie, UTRECHT)
    return id


def ask_call(given: Given, id: UUID, wie: Bellen = WIE) -> None:
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        terugbellen.request_call(session, person, wie)


def complete(given: Given, id: UUID, **changes: dict[str, str]) -> None:
    """The person answers the other questions."""
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.save_answers(session, person, antwoorden(**changes))
        hulpvrager.submit(session, person)


def waiting(given: Given) -> int:
    with given.session(given.actor) as session:
        return banen.counts(session, given.actor)[Baan.TERUGBELLEN]


def test_who_asked_is_called_until_somebody_spoke_to_him(anna: Browser, given: Given) -> None:
    id = call_me(given)
    lane = anna.see(LANE)
    assert "F.V.D.M." in lane.main
    assert "Bellen uiterlijk" in lane.html
    assert "4 februari 2027" in lane.main
    page = anna.see(desk.url(id))
    assert page.h1 == "Fatma van der Meer"
    assert "06 12345678" in page.main
    assert "Zeg niet wie u bent" in page.main
    assert not {"Goedkeuren", "Gegevens corrigeren", "Schuld toevoegen"} & set(page.links)

    page = anna.see(page.links["Telefoongesprek noteren"])
    assert anna.fill(page, {}, button="Opslaan").errors == ["Kies hoe het gesprek ging."]
    after = anna.follow(anna.fill(page, {"uitkomst": "geen_gehoor"}, button="Opslaan"))
    assert "Anna de Boer belde de hulpvrager en kreeg geen gehoor" in after.main
    assert waiting(given) == 1
    after = anna.follow(anna.fill(page, {"uitkomst": "gesproken"}, button="Opslaan"))
    assert "Anna de Boer sprak de hulpvrager" in after.main
    assert "Deze aanmelding is nog niet compleet" in after.main
    assert waiting(given) == 0
    again = anna.fill(page, {"uitkomst": "gesproken"}, button="Opslaan")
    assert again.errors == ["Kies hoe het gesprek ging."], "it was noted already"


def test_nothing_comes_of_it_and_the_reason_is_kept(anna: Browser, given: Given) -> None:
    id = call_me(given)
    page = anna.fill(desk.url(id, "/terugbellen"), {"uitkomst": Eindreden.NIETVERSCHENEN}, button="Opslaan")
    assert "Anna de Boer sloot de aanmelding" in anna.follow(page).main
    verzoek = given.case(id)
    assert (verzoek.status, verzoek.eindreden) == (Status.INGETROKKEN, Eindreden.NIETVERSCHENEN)
    assert waiting(given) == 0
    anna.see(desk.url(id, "/terugbellen"), 409)


def test_a_whole_case_is_called_but_not_closed_that_way(anna: Browser, given: Given) -> None:
    id = given.submitted()
    anna.see(desk.url(id, "/terugbellen"), 409)
    ask_call(given, id)
    assert waiting(given) == 1
    assert "Sluiten" not in anna.see(desk.url(id, "/terugbellen")).main
    with given.session(given.actor) as session, pytest.raises(MoveNotAllowed):
        terugbellen.close_aanmelding(session, given.actor, id, Eindreden.OVERIG)


def test_asked_again_keeps_the_first_day_and_the_silence(given: Given) -> None:
    id = call_me(given)
    was = given.case(id).bellen_voor
    ask_call(given, id, Bellen(naam="Fatma", telefoon="06 87654321", moment="avond", voorstellen=True))
    verzoek = given.case(id)
    assert verzoek.bellen_voor == was
    assert (verzoek.gebeld_als.telefoon, verzoek.gebeld_als.voorstellen) == ("06 87654321", False)


def test_a_name_and_a_number_are_no_ground_to_decide_or_to_write_in(werkplek: Werkplek, given: Given) -> None:
    id = call_me(given)
    given.take(id)
    anna = werkplek.of(given.actor)
    anna.see(desk.url(id, "/besluit"), 409)
    anna.see(desk.url(id, "/schulden/nieuw"), 409)
    with given.session(given.actor) as session, pytest.raises(MoveNotAllowed):
        hulpvrager.add_schuld(session, given.actor, id, {"afzender": "Ziggo"})
    with given.session(Actor.systeem()) as session:
        assert bewijs_to_typeset(session, id) is None, "a proof needs a birth date"
    complete(given, id)
    assert "PauzeverzoekSubmitted" in werkplek.events(id)
    assert given.case(id).aangevuld_at, "the hulpverlener who has it is shown that there is more"
    page = anna.see(desk.url(id)).main
    assert "gaf antwoord op" not in page, "nothing was asked"
    assert BEFORE_FILING not in page, "staff acted before the filing: every line of that is shown"
    with given.session(Actor.systeem()) as session:
        assert bewijs_to_typeset(session, id)


def test_help_without_a_pause_is_a_decision_without_the_answers(given: Given) -> None:
    id = call_me(given)
    given.take(id)
    given.decline(id)
    verzoek = given.case(id)
    assert (verzoek.status, verzoek.klok) == (Status.NIET_GOEDGEKEURD, Klok.EERSTE_GESPREK)
    with given.session(Actor.systeem()) as session:
        [told] = dossier.berichten(session, id)
    assert "Uw vraag om hulp blijft staan." in told.tekst


def test_a_threat_that_is_told_later_puts_it_in_the_lane_of_threats(given: Given) -> None:
    id = call_me(given)
    assert not given.case(id).dreigend
    assert given.case(id).eerste_gesprek_voor == given.case(id).bellen_voor, "nobody asked about a threat yet"
    complete(given, id, dreiging={"ontruiming": "ja", "afsluiting": "nee", "zorgverzekering": "nee"})
    assert given.case(id).dreigend
    assert given.case(id).eerste_gesprek_voor == given.case(id).bellen_voor


def test_only_reviewers_of_the_own_organisatie_call(given: Given, werkplek: Werkplek) -> None:
    id = call_me(given)
    werkplek.of(given.other_actor).see(desk.url(id, "/terugbellen"), 404)
    auditor = given.medewerker(given.organisatie_id, Role.AUDITOR)
    browser = werkplek.of(auditor)
    browser.see(desk.url(id, "/terugbellen"), 403)
    assert "Telefoongesprek noteren" not in browser.see(desk.url(id)).links
    with given.session(auditor) as session, pytest.raises(NotAllowed):
        terugbellen.finish_call(session, auditor, id)


def test_it_is_found_by_the_name_that_was_given(anna: Browser, given: Given) -> None:
    id = call_me(given)
    found = anna.fill("/werkvoorraad", {"zoek": "van der Meer"}, button="Zoeken")
    assert given.case(id).kenmerk in found.main
