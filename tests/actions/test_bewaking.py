"""The watch over the last days of pauses: once each, in order, however late and by however many workers."""

from datetime import date, timedelta

import pytest

from portal.actions import bewaking, review, verlopen
from portal.domain.bericht import BerichtSoort
from portal.domain.errors import MoveNotAllowed, NotAllowed
from portal.domain.roles import Actor, Role
from portal.domain.status import Eindreden, Status
from portal.models import Signaal
from portal.queries import dossier
from tests.actions.conftest import at_once, days_from, facts

DAYS = (30, 14, 7)
LAST_DAY = date(2027, 6, 1)
"""Of a pause of four months from FIRST_DAY."""


def announce(given):
    """One round of the watch over ends."""
    return bewaking.warn_of_ends(given.database, DAYS)


def told(given, id):
    """The announcements that the hulpvrager got, oldest first."""
    with given.session(Actor.hulpvrager(id)) as session:
        found = dossier.berichten(session, id)
    return [each for each in found if each.soort is BerichtSoort.BIJNA_AFGELOPEN][::-1]


# --- the end of a pause ---------------------------------------------------------------------------


def test_day_by_day_an_end_is_announced_three_times_and_then_it_is_there(given, clock, owner):
    id = given.approved()
    done = []
    for day in days_from(date(2027, 5, 1), date(2027, 6, 2)):
        clock.set(day, hour=0, minute=5)
        done += [day] * announce(given)
        assert verlopen.expire_pauzes(given.database) == (day == LAST_DAY + timedelta(days=1))
    assert done == [LAST_DAY - timedelta(days=n) for n in DAYS]
    assert facts(owner, id, "EindeAnnounced", "nummer", "due_on", "ingehaald") == [
        (nummer, str(day), False) for nummer, day in enumerate(done, start=1)
    ]
    assert len(told(given, id)) == 3


def test_the_hulpvrager_hears_the_last_day_and_what_to_do(given, clock):
    id = given.approved()
    clock.set(date(2027, 5, 2))
    announce(given)
    (bericht,) = told(given, id)
    assert "Uw pauze stopt binnenkort. De laatste dag is dinsdag 1 juni 2027." in bericht.tekst
    assert "Bel ons voor die dag." in bericht.tekst
    assert bericht.onderwerp == "Bericht van gemeente Utrecht"


def test_where_somebody_reads_along_the_mail_says_nothing(given, clock):
    contact = {"telefoon": "06 12345678", "email": "f@inwoner.example", "meelezen": True, "moment": "ochtend"}
    id = given.approved(contact=contact)
    clock.set(date(2027, 5, 2))
    announce(given)
    (bericht,) = told(given, id)
    assert bericht.onderwerp == "Er staat een bericht voor u klaar"
    assert "stopt" not in bericht.tekst + bericht.html


def test_the_own_last_day_of_a_schuldeiser_is_announced_as_a_part(given, clock, owner):
    id = given.approved_for(Kort=2, Ook=2, Lang=8)
    clock.set(date(2027, 3, 25))
    assert announce(given) == 1
    assert facts(owner, id, "EindeAnnounced", "eind_on", "ontvangers", "ingehaald") == [
        ("2027-04-01", 2, True), ("2027-04-01", 2, True), ("2027-04-01", 2, False),
    ]  # fmt: skip
    (bericht,) = told(given, id)
    assert "De pauze stopt binnenkort bij 2 van uw schuldeisers." in bericht.tekst
    assert "Bij uw andere schuldeisers loopt de pauze door." in bericht.tekst


def test_after_a_week_without_worker_all_is_given_once_in_order_and_the_hulpvrager_hears_once(given, clock, owner):
    id = given.approved()
    clock.set(date(2027, 5, 16))
    assert announce(given) == 1
    clock.set(date(2027, 5, 26))
    assert announce(given) == 1
    assert announce(given) == 0
    assert facts(owner, id, "EindeAnnounced", "nummer", "due_on", "ingehaald") == [
        (1, "2027-05-02", False), (2, "2027-05-18", True), (3, "2027-05-25", False),
    ]  # fmt: skip
    assert len(told(given, id)) == 2


def test_an_end_that_has_passed_is_not_announced_any_more(given, clock):
    given.approved()
    clock.set(LAST_DAY + timedelta(days=1))
    assert announce(given) == 0


def test_what_has_ended_early_is_not_announced(given, clock):
    given.ended()
    clock.set(LAST_DAY)
    assert announce(given) == 0


def test_two_workers_announce_each_end_once(given, clock, count):
    ids = [given.approved([given.regel(f"Eiser {number}")]) for number in range(4)]
    clock.set(date(2027, 5, 2))
    results, errors = at_once(2, lambda _: announce(given))
    assert errors == []
    assert sum(results) == 4
    assert [count.events(id, "EindeAnnounced") for id in ids] == [1] * 4
    assert [len(told(given, id)) for id in ids] == [1] * 4


def test_one_case_that_cannot_be_announced_keeps_no_other(given, clock, owner, caplog):
    broken, whole = given.approved_for(Een=4), given.approved_for(Twee=4)
    owner.execute("UPDATE pauzeverzoek SET antwoorden_sealed = '\\x00' WHERE id = %s", [broken])
    clock.set(date(2027, 5, 2))
    assert announce(given) == 1
    assert len(told(given, whole)) == 1
    assert str(broken) in caplog.text


def test_the_night_in_which_the_clock_moves_belongs_to_its_own_day(given, clock):
    """On 28 March 2027 the hour from two to three is not there; the last day is Tuesday 27 April."""
    clock.set(date(2026, 12, 27))
    given.approved()
    clock.set(date(2027, 3, 27), hour=23, minute=59)
    assert announce(given) == 0
    clock.set(date(2027, 3, 28), hour=0, minute=1)
    assert announce(given) == 1


def test_four_months_from_31_october_are_announced_before_the_last_of_february(given, clock, owner):
    clock.set(date(2027, 10, 31))
    id = given.approved()
    clock.set(date(2028, 2, 1))
    assert announce(given) == 1
    assert facts(owner, id, "EindeAnnounced", "nummer", "eind_on", "due_on") == [(1, "2028-02-29", "2028-01-30")]


# --- seen -----------------------------------------------------------------------------------------


def announced(given, clock):
    """A case whose end was announced, and the ids of the announcement."""
    id = given.approved()
    clock.set(date(2027, 5, 2))
    announce(given)
    return id, ids_of(given, id)


def ids_of(given, id):
    with given.session(given.actor) as session:
        return [each.id for each in session.query(Signaal).where(Signaal.verzoek_id == id).order_by(Signaal.nummer)]


def see(given, id, ids, actor=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        bewaking.see_ends(session, actor, id, ids)


def test_an_announcement_is_seen_once(given, clock, count):
    id, ids = announced(given, clock)
    see(given, id, ids)
    assert count.events(id, "EindeSeen") == 1
    with pytest.raises(MoveNotAllowed):
        see(given, id, ids)


def test_what_was_announced_after_the_page_was_read_stays_to_be_seen(given, clock, count):
    id, ids = announced(given, clock)
    clock.set(date(2027, 5, 18))
    announce(given)
    with pytest.raises(MoveNotAllowed):
        see(given, id, ids)
    see(given, id, ids_of(given, id))
    assert count.rows("signaal", "handled_at IS NULL") == 0


def test_an_auditor_sees_to_nothing(given, clock):
    id, ids = announced(given, clock)
    auditor = given.medewerker(given.organisatie_id, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        see(given, id, ids, auditor)


def test_signals_go_with_their_case(given, clock, count):
    """An ended pause keeps them until the case is deleted."""
    id, _ = announced(given, clock)
    with given.session(given.actor) as session:
        review.end_pauze(session, given.actor, id, given.versie(id), Eindreden.VERHUISD)
    assert given.case(id).status is Status.BEEINDIGD
    assert count.rows("signaal") == 1
