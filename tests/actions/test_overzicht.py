"""The link to all that waits for an answer of one mailbox: who gets it, what it shows, how it ends."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from portal import clock as time
from portal.actions import antwoordlink, beantwoorden, directory_merge, overzicht
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.errors import MoveNotAllowed, NotFound
from portal.domain.event import LANDELIJK
from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor, Role
from portal.domain.status import Antwoord
from portal.models.zoekindex import email_index
from portal.queries import audit, dossier
from portal.queries import overzicht as lists
from tests.given import Schuldregel
from tests.web.schuldeiser.post import corrected, message

MAILBOX = "Pauze@Water.example"
LIFE = timedelta(hours=8)


@pytest.fixture
def water(given):
    return mailed(given, "Waterbedrijf Plons")


def mailed(given, naam, email=MAILBOX):
    """A schuldeiser whose mailbox was checked."""
    known = {"email": email, "email_verified_on": time.today(), "email_verified_by": "Landelijk beheer"}
    return given.schuldeiser(naam, mailable=False, **known)


def told(given, *schuldeisers):
    """A case whose messages to these schuldeisers were handed over."""
    regels = [Schuldregel(f"Schuld {at}", {party: f"KL-{at}"}) for at, party in enumerate(schuldeisers, start=1)]
    id = given.approved(regels)
    given.hand_over(id)
    return id


def issue(given, email=MAILBOX, request_id=None):
    with given.session(Actor.systeem()) as session:
        return overzicht.issue(session, email_index(email), LIFE, request_id or uuid4())


def waiting(given, email=MAILBOX, **how):
    with given.session(Actor.bezoeker()) as session:
        return [each.id for each in lists.waiting(session, email, time.today(), **how)]


# --- the link -------------------------------------------------------------------------------------


def test_a_known_mailbox_gets_a_mail_that_names_nobody(given, water, count):
    case = told(given, water)
    mail = issue(given, " pauze@water.EXAMPLE ")
    assert (mail.aan, mail.afzender_naam, mail.antwoord_aan) == (MAILBOX, "Landelijke Pauzeknop", "")
    assert "https://pauzeknop.example/antwoord/overzicht/" in mail.tekst
    assert "maandag 1 februari 2027 om 18.00 uur" in mail.tekst
    for secret in ("Meer", given.case(case).kenmerk, "Plons"):
        assert secret not in mail.tekst + mail.html + mail.onderwerp
    assert count.rows("overzichtslink") == count.events(LANDELIJK, "OverzichtslinkIssued") == 1
    assert audit.verify(given.database).ok


@pytest.mark.parametrize("email", ["onbekend@water.example", "later@water.example"])
def test_nobody_else_gets_one_and_nothing_is_kept(given, water, count, email):
    """Not an address that nobody checked either."""
    given.schuldeiser("Later", mailable=False, email="later@water.example")
    assert issue(given, email) is None
    assert count.rows("overzichtslink") == count.events(LANDELIJK, "OverzichtslinkIssued") == 0


def test_the_same_request_again_gives_the_same_mail_as_long_as_the_link_works(given, water, count, clock):
    request_id = uuid4()
    first = issue(given, request_id=request_id)
    clock.set(time.today(), 12)
    assert issue(given, request_id=request_id) == first
    assert count.rows("overzichtslink") == 1
    assert issue(given).message_id != first.message_id
    clock.set(time.today(), 18, 1)
    assert issue(given, request_id=request_id) is None


def test_whoever_has_the_link_ends_it_once(given, water):
    id = UUID(issue(given).message_id[1:37])
    with given.session(Actor.bezoeker()) as session:
        assert lists.link(session, id, time.now()).is_usable
        overzicht.revoke(session, id)
        assert not lists.link(session, id, time.now()).is_usable
        with pytest.raises(MoveNotAllowed):
            overzicht.revoke(session, id)
        with pytest.raises(NotFound):
            overzicht.revoke(session, uuid4())


def test_a_link_is_forgotten_a_week_after_it_ran_out(given, water, count, clock):
    issue(given)
    clock.set(time.today() + timedelta(days=7), 17)
    assert overzicht.forget(given.database) == 0
    clock.set(time.today(), 19)
    assert overzicht.forget(given.database) == 1
    assert count.rows("overzichtslink") == 0


# --- the list -------------------------------------------------------------------------------------


def test_it_holds_the_open_messages_of_every_party_of_the_mailbox_over_all_cases(given, water):
    incasso, other = mailed(given, "Plons Incasso", "pauze@water.example"), mailed(given, "Gas", "pauze@gas.example")
    cases = [told(given, water, other), told(given, incasso, water)]
    with given.session(Actor.systeem()) as session:
        messages = [each for case in cases for each in dossier.kennisgevingen(session, case)]
    assert waiting(given) == [each.id for each in messages if each.schuldeiser_id != other]
    assert waiting(given, "pauze@gas.example") == [each.id for each in messages if each.schuldeiser_id == other]
    assert waiting(given, "onbekend@water.example") == []


def test_it_goes_on_behind_a_message_also_when_that_was_answered(given, water):
    cases = [told(given, water) for _ in range(3)]
    ids = [message(given, case).id for case in cases]
    assert waiting(given, limit=2) == ids[:2]
    answer(given, cases[1])
    assert waiting(given, after=ids[1]) == ids[2:]
    assert waiting(given, after=uuid4()) == [ids[0], ids[2]]


def test_an_answered_a_revoked_and_an_ended_message_wait_no_more(given, water, clock):
    answered, revoked, ended, left = (told(given, water) for _ in range(4))
    answer(given, answered)
    with given.session(given.actor) as session:
        antwoordlink.revoke(session, given.actor, message(given, revoked).id)
    clock.set(time.today() + timedelta(days=1))
    given.withdraw(ended)
    given.hand_over(ended)
    assert waiting(given) == [message(given, left).id]
    clock.set(message(given, left).eind_on + timedelta(days=1))
    assert waiting(given) == []


def test_what_did_not_leave_is_not_asked(given, water):
    id = given.approved([Schuldregel("Schuld", {water: "KL-1"})])
    assert waiting(given) == []
    given.hand_over(id)
    assert waiting(given) == [message(given, id).id]


def test_a_correctie_stands_in_the_place_of_what_it_corrects(given, water, clock):
    case = told(given, water)
    clock.set(time.today() + timedelta(days=1))
    correctie = corrected(given, case)
    assert waiting(given) == []
    given.hand_over(case)
    assert waiting(given) == [correctie.id]
    assert correctie.soort is Soort.CORRECTIE


def test_who_read_the_mail_before_the_address_was_changed_sees_nothing_any_more(given, water, owner):
    case = told(given, water)
    owner.execute("UPDATE schuldeiser SET email = 'nieuw@water.example' WHERE id = %s", [water])
    assert waiting(given) == []
    assert waiting(given, "nieuw@water.example") == [message(given, case).id]


def test_what_went_to_an_entry_that_was_merged_is_answered_by_the_one_that_stayed(given, water):
    double = mailed(given, "Plons BV", "oud@water.example")
    case = told(given, double)
    assert waiting(given) == []
    landelijk = given.medewerker(None, Role.LANDELIJK_BEHEERDER)
    with given.session(landelijk) as session:
        directory_merge.merge_entries(session, landelijk, double, water)
    assert waiting(given) == [message(given, case).id]


def answer(given, case):
    to = message(given, case)
    actor = Actor.schuldeiser(to.schuldeiser_id)
    said = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD)
    with given.session(actor) as session:
        beantwoorden.answer(session, actor, to.id, said, via=Antwoordweg.LINK)
