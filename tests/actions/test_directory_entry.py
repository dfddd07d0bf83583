"""One entry of the directory: added and changed by who may, with what changed in the trail."""

from datetime import date
from uuid import uuid4

import pytest

from portal.actions import directory, directory_entry
from portal.domain.errors import AlreadyDecided, BestaatAl, NotAllowed, NotFound
from portal.domain.event import LANDELIJK
from portal.domain.inkomend import Mailsoort
from portal.domain.roles import Actor, Role
from portal.models import Categorie, PartijRol, Schuldeiser, Schuldsoort
from portal.queries import directory_entry as known
from tests.actions.conftest import at_once
from tests.given import Schuldregel

VALUES = {
    "naam": "Plons", "handelsnamen": ["Plons Zakelijk"], "kvk": "12345678", "rol": PartijRol.SCHULDEISER,
    "categorie": Categorie.WATER, "schuldsoort": Schuldsoort.NUTS, "max_maanden": 6,
}  # fmt: skip


@pytest.fixture
def landelijk(given):
    return given.medewerker(None, Role.LANDELIJK_BEHEERDER, naam="Lia Land")


def entry(given, id):
    with given.session(Actor.systeem()) as session:
        return session.get_one(Schuldeiser, id)


def add(given, actor, gemachtigden=(), **values):
    with given.session(actor) as session:
        return directory_entry.add_entry(session, actor, VALUES | values, gemachtigden)


def change(given, actor, id, gemachtigden=(), stand=None, **values):
    read = stand or entry(given, id).stand
    with given.session(actor) as session:
        directory_entry.change_entry(session, actor, id, stand=read, values=values, gemachtigden=gemachtigden)


def collect_for(given, id):
    with given.session(Actor.systeem()) as session:
        return [each.naam for each in known.gemachtigden(session, id)]


def test_the_landelijk_beheerder_adds_an_entry_that_nobody_is_mailed_at_yet(given, landelijk, count):
    bureau = given.incassobureau("Incasso Noord")
    id = add(given, landelijk, [bureau])
    found = entry(given, id)
    assert (found.organisatie_id, found.kvk, found.verified_email) == (None, "12345678", None)
    assert collect_for(given, id) == ["Incasso Noord"]
    with given.session(Actor.systeem()) as session:
        assert [each.naam for each in known.opdrachtgevers(session, bureau)] == ["Plons"]
    assert count.names(LANDELIJK)[-1] == "SchuldeiserAdded"


def test_a_landelijke_name_stands_for_one_entry(given, landelijk):
    add(given, landelijk)
    other = given.schuldeiser("Eneco")
    with pytest.raises(BestaatAl):
        add(given, landelijk, naam="PLONS")
    with pytest.raises(BestaatAl):
        change(given, landelijk, other, naam="plons")
    assert entry(given, other).naam == "Eneco"
    change(given, landelijk, other, naam="ENECO")
    assert entry(given, other).naam == "ENECO"


def test_a_change_is_in_the_trail_by_the_names_of_what_changed(given, landelijk, count):
    id = given.schuldeiser("Plons", max_maanden=8)
    change(given, landelijk, id, max_maanden=6, convenant="het waterconvenant", naam="Plons")
    assert (entry(given, id).max_maanden, entry(given, id).convenant) == (6, "het waterconvenant")
    facts = count.owner.execute(
        "SELECT feiten FROM audit WHERE keten = %s AND gebeurtenis = 'SchuldeiserChanged'", [LANDELIJK]
    ).fetchall()
    assert facts == [({"schuldeiser_id": str(id), "velden": ["convenant", "max_maanden"]},)]
    change(given, landelijk, id, max_maanden=6)
    assert count.events(LANDELIJK, "SchuldeiserChanged") == 1


def test_who_collects_can_be_changed_and_an_address_cannot(given, landelijk):
    noord, zuid = given.incassobureau("Noord"), given.incassobureau("Zuid")
    id = add(given, landelijk, [noord])
    change(given, landelijk, id, [zuid], email="stiekem@plons.example", email_verified_on=date(2027, 1, 1))
    assert collect_for(given, id) == ["Zuid"]
    assert entry(given, id).email is None
    for wrong in (uuid4(), id, given.schuldeiser("Eneco")):
        with pytest.raises(NotFound):
            change(given, landelijk, id, [wrong])
    assert collect_for(given, id) == ["Zuid"]


def test_a_change_on_an_older_page_is_refused(given, landelijk):
    id = given.schuldeiser("Plons")
    read = entry(given, id).stand
    change(given, landelijk, id, max_maanden=6)
    with pytest.raises(AlreadyDecided):
        change(given, landelijk, id, stand=read, max_maanden=5)
    assert entry(given, id).max_maanden == 6


def test_of_two_changes_at_once_one_is_told(given, landelijk):
    id = given.schuldeiser("Plons")
    read = entry(given, id).stand
    _, errors = at_once(2, lambda at: change(given, landelijk, id, stand=read, max_maanden=6 + at))
    assert [type(error) for error in errors] == [AlreadyDecided]


def test_each_keeps_the_own_part_of_the_directory(given, landelijk, count):
    landelijke = given.schuldeiser("Eneco")
    own = given.schuldeiser("Huisarts", organisatie_id=given.organisatie_id)
    change(given, given.actor, own, notitie="Bel na tienen")
    assert entry(given, own).notitie == "Bel na tienen"
    assert count.names(given.organisatie_id)[-1] == "SchuldeiserChanged"
    for actor, id in ((given.actor, landelijke), (landelijk, own), (given.other_actor, own)):
        with pytest.raises((NotAllowed, NotFound)):
            change(given, actor, id, notitie="Van mij")
    for role in (Role.AUDITOR, Role.BEHEERDER, Role.HULPVERLENER):
        with pytest.raises(NotAllowed):
            add(given, given.medewerker(given.organisatie_id, role))
    assert entry(given, landelijke).notitie is None


def test_a_private_person_has_no_page(given):
    oom = given.particulier("Oom Henk")
    with given.session(given.actor) as session, pytest.raises(NotFound):
        known.load(session, oom)


def test_use_and_bounces_are_counted_over_all_organisaties(given):
    plons, eneco = given.schuldeiser("Plons"), given.schuldeiser("Eneco")
    case = given.approved([Schuldregel("Plons", {plons: "1"})])
    given.hand_over(case)
    given.mail(case, Mailsoort.ONBESTELBAAR, code="5.1.1")
    with given.session(given.other_actor) as session:
        assert known.usage(session, plons) == known.Gebruik(schulden=1, berichten=1, organisaties=1)
        assert [each.code for each in known.bounces(session, plons)] == ["5.1.1"]
        assert known.usage(session, eneco) == known.Gebruik(0, 0, 0)
        assert known.bounces(session, eneco) == []
        assert session.actor == given.other_actor


def test_what_the_organisatie_proposed_can_be_changed_by_it(given):
    with given.session(given.actor) as session:
        id = directory.propose_schuldeiser(
            session, given.actor, email=None, naam="Garage", rol=PartijRol.SCHULDEISER,
            categorie=Categorie.OVERIG, schuldsoort=Schuldsoort.OVERIG,
        )  # fmt: skip
    change(given, given.actor, id, handelsnamen=["Garage Jansen"])
    assert entry(given, id).handelsnamen == ["Garage Jansen"]
