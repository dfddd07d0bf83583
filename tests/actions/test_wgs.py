"""The two clocks of the Wgs: the first conversation and the beschikking."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from portal.actions import doorgeven, instellingen, review, wgs
from portal.actions.beantwoorden import answer
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.errors import AlreadyDecided, DatumOngeldig, MoveNotAllowed, NotAllowed, NotFound
from portal.domain.kennisgeving import Moment, Soort
from portal.domain.roles import Actor, Role
from portal.domain.status import Antwoord, Eindreden
from portal.queries import dossier

GESPREK, BESCHIKKING = date(2027, 2, 10), date(2027, 3, 1)


def talk(given, id, on=GESPREK, actor=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        wgs.register_gesprek(session, actor, id, given.versie(id), on)


def decide(given, id, on=BESCHIKKING, *, toegelaten=True, actor=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        wgs.register_beschikking(session, actor, id, given.versie(id), on, toegelaten=toegelaten)


def messages(given, id):
    with given.session(Actor.systeem()) as session:
        return list(dossier.kennisgevingen(session, id))


@pytest.mark.parametrize("state", ["submitted", "taken", "waiting", "approved", "declined", "ended"])
def test_the_conversation_stops_the_first_clock_and_starts_the_second(given, clock, state):
    id = getattr(given, state)()
    was = given.case(id).status
    clock.set(date(2027, 2, 12))
    talk(given, id)
    case = given.case(id)
    assert (case.eerste_gesprek_on, case.beschikking_voor) == (GESPREK, date(2027, 4, 7))
    assert case.gesprek_ahead(GESPREK) is None
    assert case.status is was
    assert case.eerste_gesprek_voor == date(2027, 3, 1), "the deadline itself does not move"


def test_the_second_clock_has_the_term_of_the_organisatie_that_treats_the_case(given, clock):
    noted, other, third = (given.matched([given.regel(naam)]) for naam in ("Een", "Twee", "Drie"))
    clock.set(date(2027, 2, 12))
    talk(given, noted)
    choose(given, given.organisatie_id, 6)
    talk(given, other)
    last = {id: given.case(id).beschikking_voor for id in (noted, other)}
    assert last == {noted: date(2027, 4, 7), other: date(2027, 3, 24)}, "what was noted keeps its day"
    choose(given, given.organisatie_id, None)
    choose(given, given.other_actor.organisatie_id, 2)
    with given.session(given.actor) as session:
        voor = wgs.register_gesprek(session, given.actor, third, given.versie(third), GESPREK, weken=7)
    assert voor == given.case(third).beschikking_voor == date(2027, 3, 31), "none chosen: that of the settings"
    talk(given, other)
    assert given.case(other).beschikking_voor == date(2027, 4, 7), "a mended day counts with the term of now"


def choose(given, organisatie_id, weken):
    beheerder = given.medewerker(organisatie_id, Role.BEHEERDER)
    with given.session(beheerder) as session:
        instellingen.change_beschikkingstermijn(session, beheerder, weken=weken)


@pytest.mark.parametrize("weken", [0, 9])
def test_the_database_refuses_a_term_that_the_wgs_does_not_know(given, weken):
    with pytest.raises(IntegrityError, match="ck_organisatie_beschikking_weken"):
        choose(given, given.organisatie_id, weken)


@pytest.mark.parametrize("state", ["concept", "withdrawn"])
def test_where_no_help_request_runs_there_is_nothing_to_write_down(given, state):
    id = getattr(given, state)()
    with pytest.raises((MoveNotAllowed, NotFound)):
        talk(given, id, date(2027, 2, 1))


@pytest.mark.parametrize("on", ["2027-01-31", "2027-02-13"])
def test_a_conversation_lies_between_the_request_and_today(given, clock, on):
    id = given.taken()
    clock.set(date(2027, 2, 12))
    with pytest.raises(DatumOngeldig):
        talk(given, id, date.fromisoformat(on))


@pytest.mark.parametrize("on", ["2027-02-01", "2027-02-12"])
def test_the_first_and_the_last_day_are_fine(given, clock, on):
    id = given.taken()
    clock.set(date(2027, 2, 12))
    talk(given, id, date.fromisoformat(on))
    assert given.case(id).eerste_gesprek_on == date.fromisoformat(on)


def test_a_beschikking_comes_after_the_conversation_and_not_tomorrow(given, clock):
    id = given.taken()
    clock.set(BESCHIKKING)
    with pytest.raises(MoveNotAllowed):
        decide(given, id)
    talk(given, id)
    for on in (date(2027, 2, 9), date(2027, 3, 2)):
        with pytest.raises(DatumOngeldig):
            decide(given, id, on)
    decide(given, id)
    with pytest.raises(DatumOngeldig):
        talk(given, id, date(2027, 3, 2))


def test_a_slip_of_the_pen_is_mended_and_both_stay_in_the_trail(given, clock):
    id = given.taken()
    clock.set(BESCHIKKING)
    talk(given, id)
    decide(given, id)
    talk(given, id, date(2027, 2, 11))
    decide(given, id, date(2027, 2, 11), toegelaten=False)
    case = given.case(id)
    assert (case.eerste_gesprek_on, case.beschikking_voor) == (date(2027, 2, 11), date(2027, 4, 8))
    assert (case.beschikking_on, case.toegelaten) == (date(2027, 2, 11), False)
    with given.session(Actor.systeem()) as session:
        said = [entry.gebeurtenis for entry in dossier.history(session, id)]
    assert said[:4] == ["BeschikkingRegistered", "EersteGesprekRegistered"] * 2


def test_messages_are_sent_na_toelating_once_the_beschikking_says_so(given, clock):
    before, after, refused = (given.matched([given.regel(naam)]) for naam in ("Een", "Twee", "Drie"))
    given.approve(before)
    clock.set(BESCHIKKING)
    for id, toegelaten in ((after, True), (refused, False)):
        talk(given, id)
        decide(given, id, toegelaten=toegelaten)
        given.approve(id)
    moments = [messages(given, id)[0].moment for id in (before, after, refused)]
    assert moments == [Moment.BIJ_AANMELDING, Moment.NA_TOELATING, Moment.BIJ_AANMELDING]
    told = [" ".join(messages(given, id)[0].tekst.split()) for id in (before, after, refused)]
    assert ["is toegelaten tot de schuldhulpverlening" in text for text in told] == [False, True, False]


def test_what_is_told_later_in_a_running_pause_has_the_moment_of_then(given, clock):
    id = given.approved([given.regel("Plons")])
    given.hand_over(id)
    (first,) = messages(given, id)
    said = GegevenAntwoord(antwoord=Antwoord.OVERGEDRAGEN, naar_naam="Incasso Noord")
    party = Actor.schuldeiser(first.schuldeiser_id)
    with given.session(party) as session:
        answer(session, party, first.id, said, via=Antwoordweg.LINK)
    clock.set(BESCHIKKING)
    talk(given, id)
    decide(given, id)
    with given.session(given.actor) as session:
        doorgeven.pass_on(session, given.actor, first.id, given.incassobureau("Incasso Noord"))
    with given.session(given.actor) as session:
        review.end_pauze(session, given.actor, id, given.versie(id), Eindreden.OVERIG)
    moments = {(message.soort, message.schuldeiser_id == first.schuldeiser_id): message.moment
               for message in messages(given, id)}  # fmt: skip
    assert moments[Soort.KENNISGEVING, True] is Moment.BIJ_AANMELDING, "what was told stays as it was"
    assert moments[Soort.KENNISGEVING, False] is Moment.NA_TOELATING
    assert moments[Soort.BEEINDIGING, True] is Moment.NA_TOELATING


def test_who_read_an_older_version_is_told_first(given, clock):
    id = given.taken()
    read = given.versie(id)
    clock.set(BESCHIKKING)
    talk(given, id)
    with given.session(given.actor) as session, pytest.raises(AlreadyDecided):
        wgs.register_gesprek(session, given.actor, id, read, GESPREK)


def test_only_reviewers_of_the_own_organisatie_write_it_down(given, clock):
    id = given.taken()
    clock.set(BESCHIKKING)
    auditor = given.medewerker(given.organisatie_id, Role.AUDITOR)
    for actor, refused in ((auditor, NotAllowed), (Actor.hulpvrager(id), NotAllowed), (given.other_actor, NotFound)):
        with pytest.raises(refused):
            talk(given, id, actor=actor)
