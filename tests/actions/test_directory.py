"""The directory: propose an entry, vouch for an address."""

from datetime import date

import pytest

from portal.actions import directory
from portal.domain.errors import NotAllowed, NotFound
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor, Role
from portal.models import Categorie, PartijRol, Schuldeiser, Schuldsoort

NEW = {
    "naam": "Tandarts Molaar",
    "rol": PartijRol.SCHULDEISER,
    "categorie": Categorie.ZORGVERLENER,
    "schuldsoort": Schuldsoort.ZORG,
}


def propose(given, actor, email=None):
    with given.session(actor) as session:
        return directory.propose_schuldeiser(session, actor, email=email, **NEW)


def entry(given, id, actor=None):
    with given.session(actor or Actor.systeem()) as session:
        return session.get(Schuldeiser, id)


def test_a_proposed_entry_is_seen_by_the_own_organisatie_only(given, count):
    id = propose(given, given.actor)
    assert entry(given, id, given.actor).naam == "Tandarts Molaar"
    assert entry(given, id, given.other_actor) is None
    assert entry(given, id, Actor.bezoeker()) is None
    assert count.names(given.organisatie_id)[-1] == "SchuldeiserProposed"


def test_without_an_address_it_is_reached_by_post(given):
    found = entry(given, propose(given, given.actor))
    assert (found.channel, found.verified_email) == (Kanaal.BRIEF, None)


def test_an_address_is_kept_with_who_vouched_for_it_and_when(given):
    found = entry(given, propose(given, given.actor, "balie@molaar.example"))
    assert found.channel is Kanaal.EMAIL
    assert (found.verified_email, found.email_verified_by, found.email_verified_on) == (
        "balie@molaar.example", "Anna de Boer", date(2027, 2, 1),
    )  # fmt: skip


def test_an_address_can_be_mended_later(given, count):
    id = propose(given, given.actor)
    with given.session(given.actor) as session, pytest.raises(NotAllowed):
        directory.keep_addresses(session, given.actor, id, email="nieuw@molaar.example")
    given.change_email(id, "nieuw@molaar.example")
    assert entry(given, id).verified_email == "nieuw@molaar.example"
    assert count.names(given.organisatie_id)[-1] == "SchuldeiserAddressVerified"


def test_a_landelijk_entry_is_vouched_for_by_the_landelijk_beheerder_only(given, owner):
    id = given.schuldeiser("Waterbedrijf", mailable=False)
    with given.session(given.actor) as session, pytest.raises(NotFound):
        directory.keep_addresses(session, given.actor, id, email="stiekem@plons.example")
    landelijk = given.medewerker(None, Role.LANDELIJK_BEHEERDER, naam="Lia Land")
    owner.execute("UPDATE schuldeiser SET email = 'post@plons.example'")
    with given.session(landelijk) as session:
        directory.keep_addresses(session, landelijk, id, email="post@plons.example")
    found = entry(given, id)
    assert (found.verified_email, found.email_verified_by) == ("post@plons.example", "Lia Land")


def test_an_entry_of_another_organisatie_does_not_exist(given):
    id = propose(given, given.actor)
    with given.session(given.other_actor) as session, pytest.raises(NotFound):
        directory.keep_addresses(session, given.other_actor, id, email="stiekem@molaar.example")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BEHEERDER])
def test_who_reviews_nothing_proposes_and_vouches_for_nothing(given, role):
    id, reader = propose(given, given.actor), given.medewerker(given.organisatie_id, role)
    with pytest.raises(NotAllowed):
        propose(given, reader)
    with given.session(reader) as session, pytest.raises(NotAllowed):
        directory.keep_addresses(session, reader, id, email="x@molaar.example")


@pytest.mark.parametrize("actor", [Actor.bezoeker(), Actor.systeem()])
def test_nobody_in_particular_proposes_nothing(given, actor):
    with pytest.raises(NotAllowed):
        propose(given, actor)
