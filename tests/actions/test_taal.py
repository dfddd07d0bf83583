"""The language of a hulpvrager is kept with the request."""

from uuid import uuid4

from portal.actions import terugbellen
from portal.actions.hulpvrager import start_pauzeverzoek
from portal.actions.taal import choose_taal
from portal.domain.antwoorden import Bellen
from portal.domain.roles import Actor
from portal.domain.taal import Taal
from tests.given import UTRECHT, Given


def choose(given: Given, id, taal: Taal) -> None:
    with given.session(Actor.hulpvrager(id)) as session:
        choose_taal(session, Actor.hulpvrager(id), taal)


def test_a_request_begins_in_the_language_that_was_chosen(given):
    with given.session(Actor.bezoeker()) as session:
        id = start_pauzeverzoek(session, Taal.TR)
    assert (given.case(id).taal, given.case(id).leest) == (Taal.TR, Taal.TR)


def test_so_does_one_that_begins_with_a_telephone_number(given):
    _ = given.organisatie_id
    id, bellen = uuid4(), Bellen(naam="F. Meer", telefoon="06 12345678", moment="ochtend", voorstellen=True)
    with given.session(Actor.bezoeker()) as session:
        terugbellen.begin_with_call(session, id, bellen, UTRECHT, Taal.AR)
    assert given.case(id).leest is Taal.AR


def test_where_nobody_chose_it_is_dutch(given):
    case = given.case(given.concept())
    assert (case.taal, case.leest) == (None, Taal.NL)


def test_another_language_is_one_event_and_does_not_say_which(given, count):
    id = given.submitted()
    choose(given, id, Taal.PL)
    assert given.case(id).leest is Taal.PL
    assert count.events(id, "TaalChosen") == 1


def test_the_language_of_now_is_no_event(given, count):
    id = given.concept()
    choose(given, id, Taal.NL)
    choose(given, id, Taal.UK)
    choose(given, id, Taal.UK)
    assert count.events(id, "TaalChosen") == 1


def test_it_can_be_chosen_after_the_end_too(given):
    id = given.ended()
    choose(given, id, Taal.EN)
    assert given.case(id).leest is Taal.EN
