"""Who hears first that a pause ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.actions import verzending
from portal.actions.verzending import Uitslag
from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor
from portal.domain.status import Pogingresultaat
from portal.models import Bericht, BerichtSoort, Kennisgeving
from portal.queries import volgorde
from tests.conftest import FIRST_DAY

DELAY = timedelta(minutes=15)


def wait(given, soort=Soort.BEEINDIGING) -> timedelta:
    with given.session(Actor.systeem()) as session:
        id = session.scalars(select(Kennisgeving.id).where(Kennisgeving.soort == soort)).one()
        return volgorde.wait_for_hulpvrager(session, id, DELAY)


def tell(given, record, resultaat) -> None:
    """The worker mails the hulpvrager that the pause ends."""
    with given.session(Actor.systeem()) as session:
        id = session.scalars(select(Bericht.id).where(Bericht.soort == BerichtSoort.INGETROKKEN)).one()
    with given.session(Actor.systeem()) as session:
        record(session, Bericht, id, Uitslag(resultaat=resultaat, code=250, antwoord="", tls=True))


@pytest.fixture
def withdrawn(given):
    id = given.approved()
    given.hand_over(id)
    given.withdraw(id)


def test_a_kennisgeving_waits_for_nobody(given):
    given.approved()
    assert wait(given, Soort.KENNISGEVING) == timedelta(0)


def test_an_end_waits_as_long_as_the_hulpvrager_was_not_told(given, withdrawn, clock):
    clock.set(FIRST_DAY + timedelta(days=1))
    assert wait(given) == DELAY


def test_it_leaves_a_while_after_the_hulpvrager_was_told(given, withdrawn, clock):
    clock.set(FIRST_DAY, hour=12)
    tell(given, verzending.record_handover, Pogingresultaat.AANGEBODEN)
    clock.set(FIRST_DAY, hour=12, minute=10)
    assert timedelta(minutes=4) < wait(given) <= timedelta(minutes=5)
    clock.set(FIRST_DAY, hour=12, minute=16)
    assert wait(given) == timedelta(0)


def test_a_mail_that_failed_for_good_holds_nothing_up(given, withdrawn, clock):
    tell(given, verzending.record_refusal, Pogingresultaat.GEWEIGERD)
    clock.set(FIRST_DAY, hour=10, minute=16)
    assert wait(given) == timedelta(0)


def test_without_e_mail_the_hulpvrager_is_told_at_once(given, clock):
    id = given.approved(contact={"telefoon": "06 12345678", "email": "", "meelezen": False, "moment": ""})
    given.hand_over(id)
    given.withdraw(id)
    assert timedelta(minutes=14) < wait(given) <= DELAY
    clock.set(FIRST_DAY, hour=10, minute=16)
    assert wait(given) == timedelta(0)
