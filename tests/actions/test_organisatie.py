"""Setting up an organisatie: its gemeenten and its staff."""

from datetime import date
from uuid import UUID

import pyotp
import pytest

from portal import clock as portal_clock
from portal.actions import inloggen, organisatie, toegang, uitnodigen
from portal.domain.errors import BestaatAl, NotAllowed, NotFound, OngeldigeToegang
from portal.domain.roles import Actor, Role
from portal.models import SessieSoort
from portal.queries import gemeenten
from portal.queries import organisatie as lookup
from portal.queries.toegang import find, open_enrolment
from tests.given import UTRECHT, WACHTWOORD

FACTS = {"telefoon": "030 1234567", "email": "team@stadsbank.example", "postadres": "Postbus 1"}


@pytest.fixture
def session(given):
    with given.session(Actor.systeem()) as opened:
        yield opened


@pytest.fixture
def stadsbank(session):
    return organisatie.add_organisatie(session, naam="Stadsbank", **FACTS)


def test_an_organisatie_is_set_up_once(session, stadsbank, count):
    assert lookup.load(session, stadsbank).naam == "Stadsbank"
    assert count.names(stadsbank) == ["OrganisatieAdded"]
    with pytest.raises(BestaatAl):
        organisatie.add_organisatie(session, naam="Stadsbank", **FACTS)


@pytest.mark.parametrize("wrong", [{"organisatie": "Onbekend"}, {"gemeente": "GM9999"}])
def test_what_does_not_exist_cannot_take_part(session, stadsbank, wrong):
    right = {"organisatie": "Stadsbank", "gemeente": UTRECHT, "vanaf": date(2027, 1, 1)}
    with pytest.raises(NotFound):
        organisatie.start_deelname(session, **right | wrong)


def test_a_gemeente_moves_to_another_organisatie_on_a_day(session, stadsbank, count):
    other = organisatie.add_organisatie(session, naam="Kredietbank", **FACTS)
    organisatie.start_deelname(session, organisatie="Stadsbank", gemeente=UTRECHT, vanaf=date(2026, 1, 1))
    organisatie.start_deelname(session, organisatie="Kredietbank", gemeente=UTRECHT, vanaf=date(2027, 7, 1))
    found = [
        gemeenten.route(session, UTRECHT, day).organisatie
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2027, 6, 30), date(2027, 7, 1))
    ]
    assert [each.id if each else None for each in found] == [None, stadsbank, stadsbank, other]
    assert [g.naam for g, _ in lookup.gemeenten(session, stadsbank)] == ["Utrecht"]
    assert count.names(other)[-1] == "DeelnameStarted"


@pytest.mark.parametrize("vanaf", [date(2026, 1, 1), date(2025, 1, 1)])
def test_a_gemeente_cannot_move_before_it_began(session, stadsbank, vanaf):
    organisatie.start_deelname(session, organisatie="Stadsbank", gemeente=UTRECHT, vanaf=date(2026, 1, 1))
    with pytest.raises(BestaatAl):
        organisatie.start_deelname(session, organisatie="Stadsbank", gemeente=UTRECHT, vanaf=vanaf)


def add(session, **changes):
    whole = {"organisatie": "Stadsbank", "naam": "Anna", "email": " Anna@Stadsbank.example "}
    return organisatie.add_medewerker(session, **whole | {"roles": frozenset({Role.HULPVERLENER})} | changes)


def test_a_member_of_staff_signs_in_with_the_first_password(session, stadsbank, count):
    password = add(session)
    id = inloggen.check_password(session, "anna@stadsbank.example", password)
    (anna,) = lookup.medewerkers(session, stadsbank, portal_clock.now())
    assert (anna.medewerker.id, anna.medewerker.roles, anna.sessies) == (id, {Role.HULPVERLENER}, 0)
    assert lookup.names(session, [id]) == {id: "Anna"}
    assert count.names(stadsbank)[-1] == "MedewerkerAdded"


def test_an_address_is_given_to_one_person(session, stadsbank):
    add(session)
    with pytest.raises(BestaatAl):
        add(session, email="ANNA@stadsbank.example")


def test_the_landelijk_beheerder_belongs_to_no_organisatie_and_everybody_else_to_one(session, stadsbank):
    landelijk = frozenset({Role.LANDELIJK_BEHEERDER})
    assert add(session, organisatie=None, roles=landelijk)
    with pytest.raises(NotFound):
        add(session, email="a@b.example", roles=landelijk)
    with pytest.raises(NotFound):
        add(session, email="a@b.example", organisatie=None)


def test_an_organisatie_that_is_not_there_is_not_found(session):
    with pytest.raises(NotFound):
        lookup.load(session, None)


# --- the account of a colleague -------------------------------------------------------------------


def enter(given, medewerker_id):
    """Connect an app and sign in; returns the token of the session."""
    with given.session(Actor.systeem()) as session:
        secret = inloggen.begin_enrolment(session, medewerker_id)
        return inloggen.sign_in(session, medewerker_id, pyotp.TOTP(secret).at(portal_clock.now()), 600)


def is_in(session, token):
    return find(session, toegang.token_hash(token), SessieSoort.MEDEWERKER, portal_clock.now()) is not None


def email_of(session, id):
    return lookup.collega(session, id).email


@pytest.fixture
def beheerder(given):
    return given.medewerker(given.organisatie_id, Role.BEHEERDER, naam="Bea Beheer")


@pytest.fixture(params=["systeem", "beheerder"])
def manager(request, beheerder):
    return Actor.systeem() if request.param == "systeem" else beheerder


def test_who_lost_password_or_phone_begins_anew(given, session, count):
    id, token = given.actor.id, enter(given, given.actor.id)
    address = email_of(session, id)
    password = organisatie.restore_access(session, id)
    assert not is_in(session, token)
    assert count.names(given.organisatie_id)[-1] == "MedewerkerRestored"
    with pytest.raises(OngeldigeToegang):
        inloggen.check_password(session, address, WACHTWOORD)
    assert inloggen.check_password(session, address, password) == id
    assert open_enrolment(session, id) is None, "no secret before the new password was given"
    assert is_in(session, enter(given, id)), "another app, at the same moment"


def test_the_code_of_the_lost_phone_no_longer_works(given, session):
    secret = inloggen.begin_enrolment(session, given.actor.id)
    organisatie.restore_access(session, given.actor.id)
    with pytest.raises(OngeldigeToegang):
        inloggen.sign_in(session, given.actor.id, pyotp.TOTP(secret).at(portal_clock.now()), 600)
    assert inloggen.begin_enrolment(session, given.actor.id) != secret


def test_who_left_is_out_and_stays_out_until_restored(given, session, manager, count):
    id, token = given.actor.id, enter(given, given.actor.id)
    address = email_of(session, id)
    organisatie.deactivate(session, manager, id)
    assert not is_in(session, token)
    assert count.names(given.organisatie_id)[-1] == "MedewerkerDeactivated"
    with pytest.raises(OngeldigeToegang):
        inloggen.check_password(session, address, WACHTWOORD)
    password = organisatie.restore_access(session, id)
    assert inloggen.check_password(session, address, password) == id


def restore_by_mail(session, actor, id):
    uitnodigen.restore_by_mail(session, actor, id, 3600)


ACTS = [restore_by_mail, organisatie.deactivate]


@pytest.mark.parametrize("act", ACTS)
def test_nobody_looks_after_his_own_account(given, session, beheerder, act):
    with pytest.raises(NotAllowed):
        act(session, beheerder, beheerder.id)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.BEHEERDER])
def test_only_a_beheerder_looks_after_accounts(given, session, role, act):
    with pytest.raises(NotAllowed):
        act(session, given.medewerker(given.organisatie_id, role), given.actor.id)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("actor", [Actor.bezoeker(), Actor.hulpvrager(UUID(int=1))])
def test_who_is_no_staff_looks_after_nothing(given, session, actor, act):
    with pytest.raises(NotAllowed):
        act(session, actor, given.actor.id)


@pytest.mark.parametrize("act", ACTS)
def test_the_staff_of_another_organisatie_does_not_exist(given, session, beheerder, act, count):
    before = count.names(given.other_actor.organisatie_id)
    with pytest.raises(NotFound):
        act(session, beheerder, given.other_actor.id)
    assert count.names(given.other_actor.organisatie_id) == before
    assert inloggen.check_password(session, email_of(session, given.other_actor.id), WACHTWOORD)


def test_the_operator_finds_somebody_by_address(given, session):
    assert lookup.by_email(session, f" {email_of(session, given.actor.id).upper()} ").id == given.actor.id
    with pytest.raises(NotFound):
        lookup.by_email(session, "niemand@stadsbank.example")
