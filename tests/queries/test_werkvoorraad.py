"""The queue: what is in which lane, in which order, and how it is leafed through and searched."""

from datetime import date

import pytest

from portal.actions import verzending
from portal.actions.vertellen import tell_hulpvrager
from portal.domain.inkomend import Mailsoort
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor, Role
from portal.domain.status import Pogingresultaat
from portal.models import Kennisgeving
from portal.queries import dossier, werkvoorraad
from portal.queries.werkvoorraad import PAGE, Baan, Cursor

DREIGEND = {"ontruiming": "ja"}


def lane(given, baan, actor=None, after=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        return [case.id for case in werkvoorraad.lane(session, actor, baan, after)]


def search(given, typed, actor=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        return [case.id for case in werkvoorraad.search(session, actor, typed)]


@pytest.fixture
def refused(given):
    """A case of which a Kennisgeving could not be delivered."""
    id = given.approved([given.regel("Terug")])
    never = verzending.Uitslag(resultaat=Pogingresultaat.GEWEIGERD, code=550, antwoord="5.1.1 Unknown", tls=True)
    with given.session(Actor.systeem()) as session:
        (message,) = dossier.kennisgevingen(session, id)
        verzending.record_refusal(session, Kennisgeving, message.id, never)
    return id


def test_every_case_is_in_its_lanes_and_counted_there(given, clock, refused):
    new, urgent = given.submitted(), given.submitted(dreiging=DREIGEND)
    mine, waiting = given.taken(), given.waiting()
    by_post = given.approved([given.regel("Brief", mailable=False)])
    given.mail(by_post)
    given.report(by_post, Meldingsoort.GEGEVENS, {"tekst": "Mijn huisnummer is 14."})
    given.mail(refused, Mailsoort.AFWEZIG)
    finished = {given.declined(), given.withdrawn(), given.ended([given.regel("Klaar")])}
    theirs = given.submitted()
    given.take(theirs, given.medewerker(given.organisatie_id, Role.HULPVERLENER))
    given.concept()
    expected = {
        Baan.DREIGEND: {urgent},
        Baan.NIEUW: {new, urgent},
        Baan.VAN_MIJ: {mine},
        Baan.BIJ_COLLEGAS: {theirs},
        Baan.WACHT: {waiting},
        Baan.BEZORGING_MISLUKT: {refused},
        Baan.MAIL_LEZEN: {by_post},
        Baan.MELDING: {by_post},
        Baan.PER_POST: {by_post},
        Baan.ANTWOORD: set(),
        Baan.LOPEND: {refused, by_post},
        Baan.KLAAR: finished,
    }
    assert {baan: set(lane(given, baan)) for baan in Baan} == expected
    with given.session(given.actor) as session:
        counted = werkvoorraad.counts(session, given.actor)
    assert counted == {baan: len(cases) for baan, cases in expected.items()}


def test_a_hulpvrager_whom_no_mail_reaches_is_somebodys_work_until_told(given):
    id = given.submitted()
    given.refuse_mail(id)
    assert lane(given, Baan.BEZORGING_MISLUKT) == [id]
    assert lane(given, Baan.BEZORGING_MISLUKT, given.other_actor) == []
    with given.session(given.actor) as session:
        assert werkvoorraad.counts(session, given.actor)[Baan.BEZORGING_MISLUKT] == 1
        tell_hulpvrager(session, given.actor, id, [each.id for each in dossier.untold(session, id)])
    assert lane(given, Baan.BEZORGING_MISLUKT) == []


def test_a_letter_that_was_posted_leaves_the_lane(given):
    id = given.approved([given.regel("Brief", mailable=False)])
    assert lane(given, Baan.PER_POST) == [id]
    given.hand_over(id)
    assert lane(given, Baan.PER_POST) == []


def test_threatened_cases_come_first_and_then_the_earliest_date(given, clock):
    clock.set(date(2027, 2, 8))
    later = given.submitted()
    later_urgent = given.submitted(dreiging=DREIGEND)
    clock.set(date(2027, 2, 1))
    sooner = given.submitted()
    sooner_urgent = given.submitted(dreiging=DREIGEND)
    assert lane(given, Baan.NIEUW) == [sooner_urgent, later_urgent, sooner, later]


def test_leafing_through_a_lane_shows_every_case_once(given, clock, monkeypatch):
    """With pages of three: the rule is the same, the world smaller."""
    assert PAGE == 25
    monkeypatch.setattr(werkvoorraad, "PAGE", 3)
    ids = set()
    for number in range(8):
        clock.set(date(2027, 2, 1 + number // 3))
        ids.add(given.submitted(dreiging=DREIGEND if number % 2 else {"ontruiming": "nee"}))
    pages, after = [], None
    while True:
        with given.session(given.actor) as session:
            rows = werkvoorraad.lane(session, given.actor, Baan.NIEUW, after)
        pages.append([row.id for row in rows[:3]])
        if len(rows) <= 3:
            break
        last = rows[2]
        after = Cursor(kalm=not last.dreigend, voor=last.eerste_gesprek_voor, id=last.id)
    assert [len(page) for page in pages] == [3, 3, 2]
    flat = [id for page in pages for id in page]
    assert len(flat) == len(set(flat))
    assert set(flat) == ids
    monkeypatch.undo()
    assert lane(given, Baan.NIEUW) == flat


def test_the_queue_of_one_organisatie_is_not_that_of_another(given):
    other = given.other_actor
    here, there = given.submitted(), given.submitted(gemeente={"code": "GM0307"})
    assert lane(given, Baan.NIEUW) == [here]
    assert lane(given, Baan.NIEUW, other) == [there]


def test_somebody_elses_organisatie_in_the_actor_does_not_open_its_queue(given):
    """The filter follows the actor given; the database follows the actor of the session."""
    given.submitted()
    with given.session(given.other_actor) as session:
        assert list(werkvoorraad.lane(session, given.actor, Baan.NIEUW)) == []
        assert set(werkvoorraad.counts(session, given.actor).values()) == {0}


# --- search ---------------------------------------------------------------------------------------


def test_a_case_is_found_by_kenmerk_name_or_birth_date(given):
    id = given.submitted()
    given.submitted(
        naam={"voorletters": "K.", "voorvoegsel": "", "achternaam": "Özdemir-Smit"},
        geboortedatum={"geboren_on": "1990-01-01"},
    )
    kenmerk = given.case(id).kenmerk
    for typed in (kenmerk, kenmerk.lower().replace("-", ""), "Meer", " MEER ", "1987-05-14"):
        assert search(given, typed) == [id], typed


@pytest.mark.parametrize("typed", ["ozdemir smit", "Özdemir-Smit", "OZDEMIRSMIT"])
def test_accents_dashes_and_case_do_not_matter(given, typed):
    id = given.submitted(naam={"voorletters": "K.", "voorvoegsel": "", "achternaam": "Özdemir-Smit"})
    assert search(given, typed) == [id]


def test_a_family_name_is_found_with_the_words_before_it(given):
    id = given.submitted()
    assert search(given, "van der Meer") == [id]


@pytest.mark.parametrize("typed", ["", " ", "-", "...", "Mee", "Meertens", "PK-HHH-HHH-HHH", "87-05-14"])
def test_what_is_no_name_kenmerk_or_birth_date_finds_nothing(given, typed):
    given.submitted()
    given.submitted(naam={"voorletters": "K.", "voorvoegsel": "", "achternaam": "-"})
    assert search(given, typed) == []


def test_a_search_stays_within_the_organisatie_and_leaves_concepts_alone(given):
    id = given.submitted()
    given.concept()
    assert search(given, "Meer") == [id]
    assert search(given, given.case(id).kenmerk, given.other_actor) == []
    assert search(given, "Meer", given.other_actor) == []


# --- earlier requests -----------------------------------------------------------------------------


def test_an_earlier_request_of_the_same_person_is_shown(given):
    first, second = given.declined(), given.submitted()
    given.submitted(geboortedatum={"geboren_on": "1999-09-09"})
    given.submitted(naam={"voorletters": "F.", "voorvoegsel": "", "achternaam": "Ander"})
    with given.session(given.actor) as session:
        found = werkvoorraad.earlier_requests(session, dossier.load(session, second))
    assert [case.id for case in found] == [first]


def test_an_earlier_request_elsewhere_stays_there(given):
    _ = given.other_actor
    given.submitted(gemeente={"code": "GM0307"})
    here = given.submitted()
    with given.session(given.actor) as session:
        assert list(werkvoorraad.earlier_requests(session, dossier.load(session, here))) == []
