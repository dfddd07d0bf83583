"""Two people in one request, later: a toestemming given again, a correctie that failed, and what each may count."""

from datetime import date

import pytest

from portal.actions import beantwoorden, stilte
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.belet import Belet
from portal.domain.bewaking import Stilte
from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor
from portal.domain.schuldenaar import Schuldenaar
from portal.domain.status import Antwoord
from portal.queries import stilte as silences
from portal.queries.vervolg import extended
from tests.actions.conftest import stand_of
from tests.actions.test_partner import messages, revoke, tell
from tests.actions.test_stilte import CALL, GEDULD, LISTED, REMIND
from tests.given import Schuldregel

ZELF, PARTNER, BEIDEN = None, Schuldenaar.PARTNER, Schuldenaar.BEIDEN
AGAIN = date(2027, 3, 15)
"""The partner agrees again: six weeks after the first day."""


@pytest.fixture
def owed(given):
    """A running pause with one schuld of each of these at one schuldeiser that was told, and a long one of the
    hulpvrager at another, which nobody reminds.
    """

    def make(*schuldenaars, **values):
        bank, bound = given.schuldeiser("Bank Samen", **values), {"convenant": "X", "convenant_vanaf": date(2026, 1, 1)}
        regels = [Schuldregel(f"Bank {n}", {bank: f"K-{n}"}) for n in range(len(schuldenaars))]
        id = given.matched([*regels, given.regel("Lang", default_maanden=8, **bound)])
        given.partner(id)
        given.owed(id, *schuldenaars, ZELF)
        given.approve(id)
        given.hand_over(id)
        return id

    return make


@pytest.fixture
def again(given, clock, owed):
    """The partner withdrew and agreed again on AGAIN: the schuldeiser heard both."""

    def make(*schuldenaars, **values):
        id = owed(*schuldenaars or (ZELF, PARTNER), **values)
        clock.set(AGAIN)
        revoke(given, id)
        given.typeset_ends()
        given.hand_over(id)
        given.partner_agrees(id)
        assert tell(given, id) == []
        given.hand_over(id)
        return id

    return make


def own(given, id, soort=Soort.KENNISGEVING):
    return [each for each in messages(given, id) if each.schuldenaar is PARTNER and each.soort is soort]


def watch(given):
    return stilte.watch_silence(given.database, GEDULD)


# --- given again: the first start counts ----------------------------------------------------------


def test_the_maximum_of_the_pair_counts_from_the_first_start_after_a_toestemming_given_again(given, again):
    id = again(max_maanden=3, default_maanden=3)
    assert [(each.start_on, each.eind_on) for each in own(given, id)] == [
        (date(2027, 2, 1), date(2027, 5, 1)), (AGAIN, date(2027, 5, 1)),
    ]  # fmt: skip


def test_a_verlenging_of_what_was_given_again_does_not_pass_the_maximum_from_the_first_start(given, again):
    id = again(max_maanden=5, default_maanden=4)
    longer = {each.ontvanger.schuldenaar: each.belet for each in extended(stand_of(given, id), date(2027, 9, 1))}
    assert longer[PARTNER] is Belet.NIET_LANGER
    assert own(given, id)[-1].eind_on == date(2027, 7, 1)


def test_who_does_not_answer_what_was_given_again_is_reminded_and_telephoned(given, clock, again):
    id = again(PARTNER)
    told = own(given, id)[-1]
    steps = []
    for day in (date(2027, 4, 1), date(2027, 4, 9), date(2027, 4, 17)):
        clock.set(day)
        assert watch(given) == 1
        given.hand_over(id)
        with given.session(given.actor) as session:
            steps.append({key: row.stand for key, row in silences.of_case(session, id).items()})
    assert steps == [{told.id: each} for each in (Stilte.HERINNERD, Stilte.BELLEN, Stilte.GEMELD)]


def test_an_answer_before_the_withdrawal_is_none_to_what_was_given_again(given, clock, owed):
    id = owed(PARTNER)
    first = own(given, id)[0]
    with given.session(Actor.schuldeiser(first.schuldeiser_id)) as session:
        said = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD)
        beantwoorden.answer(session, session.actor, first.id, said, via=Antwoordweg.LINK)
    given.mail(id)
    clock.set(AGAIN)
    revoke(given, id)
    given.typeset_ends()
    given.hand_over(id)
    given.partner_agrees(id)
    tell(given, id)
    given.hand_over(id)
    clock.set(date(2027, 4, 1))
    assert watch(given) == 1
    (reminder,) = own(given, id, Soort.HERINNERING)
    assert "maandag 15 maart" in reminder.tekst


def test_a_second_reminder_is_waited_for_before_anybody_telephones(given, clock, owed):
    id = owed(PARTNER)
    clock.set(REMIND)
    assert watch(given) == 1
    given.hand_over(id)
    revoke(given, id)
    given.typeset_ends()
    given.hand_over(id)
    given.partner_agrees(id)
    tell(given, id)
    given.hand_over(id)
    clock.set(date(2027, 3, 3))
    assert watch(given) == 1
    assert [each.nummer for each in own(given, id, Soort.HERINNERING)] == [1, 2]
    clock.set(date(2027, 3, 4))
    assert watch(given) == 0, "the second reminder has not left"


def test_nobody_telephones_a_schuldeiser_whose_pause_the_partner_ended(given, clock, owed):
    id = owed(ZELF, PARTNER)
    for day in (REMIND, CALL):
        clock.set(day)
        assert watch(given) == 2
        given.hand_over(id)

    def to_telephone():
        with given.session(given.actor) as session:
            return len(session.scalars(silences.is_to_telephone(given.actor, LISTED)).all())

    assert to_telephone() == 2
    revoke(given, id)
    assert to_telephone() == 1
