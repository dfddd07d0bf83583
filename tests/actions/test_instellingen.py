"""What a beheerder sets for the own organisatie, and that nobody else does."""

from datetime import date

import pytest

from portal.actions import bewaren, instellingen, medewerkers
from portal.actions.bewaren import Bewaartermijnen
from portal.actions.instellingen import EigenTermijnen
from portal.domain.errors import NotAllowed, NotFound
from portal.domain.roles import Actor, Role
from portal.models import Medewerker
from portal.queries import dossier, organisatie

CONTACT = {"telefoon": "14 030", "email": "team@stadsbank.example", "postadres": "Postbus 1\n3500 AA Utrecht"}
STANDARD = Bewaartermijnen(ingetrokken_days=100, niet_goedgekeurd_days=100, goedgekeurd_days=100)


@pytest.fixture
def beheerder(given):
    return given.medewerker(given.organisatie_id, Role.BEHEERDER, naam="Bea Beheer")


def row(given):
    with given.session(Actor.systeem()) as session:
        return organisatie.load(session, given.organisatie_id)


def test_contact_data_change_with_an_event_that_names_the_fields_only(given, beheerder, owner):
    with given.session(beheerder) as session:
        instellingen.change_contact(session, beheerder, **CONTACT)
        instellingen.change_contact(session, beheerder, **CONTACT)
    assert row(given).telefoon == "14 030"
    facts = owner.execute("SELECT feiten, actor_id FROM audit WHERE gebeurtenis = 'OrganisatieChanged'").fetchall()
    assert facts == [({"velden": ["telefoon"]}, beheerder.id)], "the same again is no event"


def test_the_lines_stand_in_what_is_issued_from_then_on(given, beheerder):
    before = given.approved()
    with given.session(beheerder) as session:
        instellingen.change_briefpapier(
            session, beheerder, briefhoofd="Afdeling Schuldhulp", ondertekening="Met vriendelijke groet,\nTeam Midden"
        )
    after = given.approved()
    with given.session(Actor.systeem()) as session:
        (old,), (new,) = (dossier.kennisgevingen(session, id) for id in (before, after))
        assert "Team Midden" not in old.tekst + old.html
        assert "Met vriendelijke groet,\nTeam Midden\n" in new.tekst
        assert "Met vriendelijke groet,<br>Team Midden" in new.html
        assert new.feiten["afzender"]["briefhoofd"] == "Afdeling Schuldhulp"


def test_an_organisatie_keeps_closed_requests_as_long_as_it_chose(given, beheerder, clock, count):
    declined, withdrawn = given.declined(), given.withdrawn()
    own = EigenTermijnen(ingetrokken_days=200, niet_goedgekeurd_days=40, goedgekeurd_days=None)
    with given.session(beheerder) as session:
        instellingen.change_bewaartermijnen(session, beheerder, own)
        instellingen.change_bewaartermijnen(session, beheerder, own)
    assert count.events(given.organisatie_id, "BewaartermijnenChanged") == 1
    kept = []
    for day in (date(2027, 3, 12), date(2027, 3, 14), date(2027, 8, 1), date(2027, 9, 1)):
        clock.set(day)
        bewaren.forget_dossiers(given.database, STANDARD)
        kept.append([count.rows("pauzeverzoek", "id = %s", id) for id in (declined, withdrawn)])
    assert kept == [[1, 1], [0, 1], [0, 1], [0, 0]]


def test_without_a_choice_the_settings_hold(given, clock, count):
    given.declined()
    for day, left in ((date(2027, 5, 10), 1), (date(2027, 5, 20), 0)):
        clock.set(day)
        bewaren.forget_dossiers(given.database, STANDARD)
        assert count.rows("pauzeverzoek") == left


def test_a_colleague_has_his_new_roles_at_once(given, beheerder, count):
    colleague = given.actor.id
    roles = frozenset({Role.AUDITOR, Role.TEAMLEIDER})
    with given.session(beheerder) as session:
        medewerkers.change_medewerker(session, beheerder, colleague, naam="Anna Bos", roles=roles)
        medewerkers.change_medewerker(session, beheerder, colleague, naam="Anna Bos", roles=roles)
        found = session.get_one(Medewerker, colleague)
        assert (found.naam, found.as_actor().roles) == ("Anna Bos", roles)
    assert count.events(given.organisatie_id, "MedewerkerChanged") == 1


@pytest.mark.parametrize("roles", [frozenset(), frozenset({Role.HULPVERLENER, Role.LANDELIJK_BEHEERDER})])
def test_a_beheerder_gives_no_more_than_an_organisatie_has(given, beheerder, roles):
    with given.session(beheerder) as session, pytest.raises(NotAllowed):
        medewerkers.change_medewerker(session, beheerder, given.actor.id, naam="Anna", roles=roles)


def test_nobody_gives_himself_roles_or_touches_another_organisatie(given, beheerder):
    change = {"naam": "Ik", "roles": frozenset({Role.HULPVERLENER})}
    with given.session(beheerder) as session:
        with pytest.raises(NotAllowed):
            medewerkers.change_medewerker(session, beheerder, beheerder.id, **change)
        with pytest.raises(NotFound):
            medewerkers.change_medewerker(session, beheerder, given.other_actor.id, **change)


@pytest.mark.parametrize("role", [Role.HULPVERLENER, Role.TEAMLEIDER, Role.AUDITOR])
def test_only_a_beheerder_sets_anything(given, role):
    actor = given.medewerker(given.organisatie_id, role)
    nobody = EigenTermijnen(ingetrokken_days=None, niet_goedgekeurd_days=None, goedgekeurd_days=None)
    with given.session(actor) as session:
        for act in (
            lambda: instellingen.change_contact(session, actor, **CONTACT),
            lambda: instellingen.change_briefpapier(session, actor, briefhoofd="x", ondertekening=None),
            lambda: instellingen.change_bewaartermijnen(session, actor, nobody),
            lambda: instellingen.change_beschikkingstermijn(session, actor, weken=6),
            lambda: medewerkers.change_medewerker(
                session, actor, given.actor.id, naam="x", roles=frozenset({Role.AUDITOR})
            ),
        ):
            with pytest.raises(NotAllowed):
                act()
