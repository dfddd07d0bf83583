"""Text blocks: who keeps them, and that one organisatie does not see another's."""

from uuid import uuid4

import pytest

from portal.actions import tekstblokken
from portal.domain.errors import BestaatAl, NotAllowed, NotFound, TeVeelTekstblokken
from portal.domain.roles import Role
from portal.models import Bloksoort
from portal.queries import tekstblokken as blocks


@pytest.fixture
def keeper(given):
    return given.medewerker(given.organisatie_id, Role.TEAMLEIDER)


def add(given, actor, titel="Polis", soort=Bloksoort.VRAAG):
    with given.session(actor) as session:
        return tekstblokken.add_tekstblok(session, actor, soort, titel, "Stuur ons uw polis.")


def titles(given, actor, soort=Bloksoort.VRAAG):
    with given.session(actor) as session:
        return [blok.titel for blok in blocks.for_use(session, actor, soort)]


def test_a_block_is_kept_changed_and_removed_and_each_is_in_the_trail(given, keeper, count):
    id = add(given, keeper)
    assert titles(given, given.actor) == ["Polis"], "who reviews sees it"
    assert titles(given, given.actor, Bloksoort.NIET_GOEDKEUREN) == []
    with given.session(keeper) as session:
        tekstblokken.change_tekstblok(session, keeper, id, "Polisblad", "Stuur ons het polisblad.")
    assert titles(given, keeper) == ["Polisblad"]
    with given.session(keeper) as session:
        tekstblokken.remove_tekstblok(session, keeper, id)
    assert titles(given, keeper) == []
    names = [name for name in count.names(given.organisatie_id) if name.startswith("Tekstblok")]
    assert names == ["TekstblokWritten", "TekstblokWritten", "TekstblokRemoved"]


def test_two_of_one_kind_cannot_be_told_apart_by_nothing(given, keeper):
    add(given, keeper)
    other = add(given, keeper, "Anders")
    with pytest.raises(BestaatAl):
        add(given, keeper)
    with given.session(keeper) as session, pytest.raises(BestaatAl):
        tekstblokken.change_tekstblok(session, keeper, other, "Polis", "Tekst")
    add(given, keeper, soort=Bloksoort.NIET_GOEDKEUREN)
    assert titles(given, keeper) == ["Anders", "Polis"]


@pytest.mark.parametrize("role", [Role.HULPVERLENER, Role.AUDITOR, Role.LANDELIJK_BEHEERDER])
def test_who_does_not_keep_them_changes_nothing(given, keeper, role):
    id = add(given, keeper)
    other = given.medewerker(given.organisatie_id, role)
    with pytest.raises(NotAllowed):
        add(given, other, "Nieuw")
    with given.session(other) as session, pytest.raises(NotAllowed):
        tekstblokken.change_tekstblok(session, other, id, "x", "y")
    with given.session(other) as session, pytest.raises(NotAllowed):
        tekstblokken.remove_tekstblok(session, other, id)


def test_those_of_another_organisatie_are_not_there(given, keeper):
    id = add(given, keeper)
    there = given.medewerker(given.other_actor.organisatie_id, Role.BEHEERDER)
    assert titles(given, there) == []
    add(given, there)
    for missing in (id, uuid4()):
        with given.session(there) as session, pytest.raises(NotFound):
            tekstblokken.change_tekstblok(session, there, missing, "x", "y")


def test_there_is_an_end_to_the_list(given, keeper, monkeypatch):
    monkeypatch.setattr(tekstblokken, "MAX_BLOKKEN", 1)
    add(given, keeper)
    with pytest.raises(TeVeelTekstblokken):
        add(given, keeper, "Twee")
