"""A hulpverlener writes down which language the hulpvrager reads: from the case, and at the desk."""

import pytest

from portal.actions.taal import note_taal
from portal.domain.errors import AlreadyDecided, NotAllowed, NotFound
from portal.domain.roles import Actor, Role
from portal.domain.taal import Taal
from portal.queries import audit, dossier
from tests.given import Given
from tests.taal import choose
from tests.web.browser import Browser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.test_balie import BUTTON, FILLED, KNOWN, PAGE, Owner, only_case
from tests.web.hulpverlener.test_terugbellen import call_me
from tests.web.hulpverlener.werkplek import Werkplek

SAVE = "Taal opslaan"


def test_the_next_message_is_in_the_language_that_was_noted(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = given.submitted()
    page = anna.see(anna.see(desk.url(id)).links["Taal noteren"])
    assert page.form(SAVE).values["taal"] == "nl"
    after = anna.follow(anna.fill(page, {"taal": "ar"}, button=SAVE))
    assert "Genoteerd. Berichten aan de hulpvrager zijn vanaf nu in het Arabisch." in after.main
    assert "Taal Leest Arabisch" in after.main
    assert "Anna de Boer noteerde een andere taal" in after.main
    given.withdraw(id)
    with given.session(Actor.systeem()) as session:
        newest, first = dossier.berichten(session, id)
    assert (newest.taal, first.taal) == (Taal.AR, None)
    assert werkplek.events(id).count("TaalChosen") == 1
    assert audit.verify(given.database).ok


def test_the_language_of_now_is_no_event_and_none_is_a_sentence(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = given.submitted()
    anna.follow(anna.press(desk.url(id, "/taal"), SAVE))
    assert "TaalChosen" not in werkplek.events(id)
    assert anna.fill(desk.url(id, "/taal"), {"taal": "xx"}, button=SAVE).errors == ["Kies een taal."]


def test_it_is_noted_after_the_end_too(anna: Browser, given: Given) -> None:
    id = given.ended()
    anna.follow(anna.fill(desk.url(id, "/taal"), {"taal": "pl"}, button=SAVE))
    assert given.case(id).reads is Taal.PL


def test_a_page_that_is_older_than_the_choice_of_the_hulpvrager_changes_nothing(anna: Browser, given: Given) -> None:
    id = given.submitted()
    page = anna.see(desk.url(id, "/taal"))
    choose(given, id, Taal.TR)
    assert anna.fill(page, {"taal": "en"}, button=SAVE).status == 409
    assert given.case(id).reads is Taal.TR


def test_only_who_decides_on_this_case_notes_it(given: Given, werkplek: Werkplek) -> None:
    id = given.submitted()
    assert werkplek.of(given.other_actor).get(desk.url(id, "/taal")).status_code == 404
    for actor, error in (
        (given.medewerker(given.organisatie_id, Role.AUDITOR), NotAllowed),
        (Actor.hulpvrager(id), NotAllowed),
        (given.other_actor, NotFound),
    ):
        with given.session(actor) as session, pytest.raises(error):
            note_taal(session, actor, id, given.versie(id), Taal.EN)
    with given.session(given.actor) as session, pytest.raises(AlreadyDecided):
        note_taal(session, given.actor, id, given.versie(id) - 1, Taal.EN)
    assert given.case(id).taal is None


def test_who_is_helped_at_the_desk_gets_the_first_message_in_the_own_language(
    anna: Browser, given: Given, owner: Owner
) -> None:
    anna.follow(anna.fill(PAGE, FILLED | {"taal": "uk"}, button=BUTTON))
    id = only_case(owner)
    with given.session(Actor.systeem()) as session:
        (told,) = dossier.berichten(session, id)
    assert (given.case(id).taal, told.taal) == (Taal.UK, Taal.UK)
    assert audit.verify(given.database).ok


def test_an_aanmelding_that_is_completed_begins_with_the_language_that_was_chosen(anna: Browser, given: Given) -> None:
    id = call_me(given)
    choose(given, id, Taal.TR)
    page = anna.see(desk.url(id, "/aanmelding"))
    assert page.form(BUTTON).values["taal"] == "tr"
    anna.follow(anna.fill(page, KNOWN | {"dreiging-ontruiming": "nee"}, button=BUTTON))
    assert given.case(id).reads is Taal.TR
