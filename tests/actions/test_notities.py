"""Notes for colleagues, and the registers that were consulted."""

from uuid import uuid4

import pytest

from portal.actions import notities
from portal.actions.doorsturen import forward_pauzeverzoek
from portal.domain.errors import NotAllowed, NotFound
from portal.domain.roles import Actor, Role
from portal.models import Register, Registeruitkomst
from portal.queries import audit, dossier


def note(given, id, tekst="Belt liever 's avonds.", actor=None, row=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        notities.write_notitie(session, actor, id, tekst, id=row or uuid4())


def check(given, id, uitkomst=Registeruitkomst.IN_ORDE, toelichting="", actor=None, row=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        notities.check_register(session, actor, id, Register.VISH, uitkomst, toelichting, id=row or uuid4())


def texts(given, id, actor):
    with given.session(actor) as session:
        return [each.tekst for each in dossier.notities(session, id)]


@pytest.mark.parametrize("state", ["submitted", "approved", "declined", "withdrawn", "ended"])
def test_a_note_is_written_in_every_case_that_staff_see(given, count, state):
    id = getattr(given, state)()
    note(given, id)
    assert texts(given, id, given.actor) == ["Belt liever 's avonds."]
    assert count.events(id, "NotitieWritten") == 1


def test_the_hulpvrager_and_other_organisaties_see_neither_note_nor_check(given):
    id = given.taken()
    note(given, id)
    check(given, id)
    for other in (Actor.hulpvrager(id), given.other_actor, Actor.bezoeker()):
        with given.session(other) as session:
            assert dossier.notities(session, id) == []
            assert dossier.registercontroles(session, id) == []


def test_every_check_is_kept_oldest_first(given, count):
    id = given.taken()
    check(given, id)
    check(given, id, Registeruitkomst.BIJZONDERHEDEN, "Onder bewind.")
    with given.session(given.actor) as session:
        said = [(each.uitkomst, each.toelichting) for each in dossier.registercontroles(session, id)]
    assert said == [(Registeruitkomst.IN_ORDE, None), (Registeruitkomst.BIJZONDERHEDEN, "Onder bewind.")]
    assert count.events(id, "RegisterChecked") == 2


def test_a_page_that_is_sent_twice_adds_one(given, count):
    id, row = given.taken(), uuid4()
    for _ in range(2):
        note(given, id, row=row)
        check(given, id, row=row)
    assert (count.rows("notitie"), count.rows("registercontrole")) == (1, 1)
    assert (count.events(id, "NotitieWritten"), count.events(id, "RegisterChecked")) == (1, 1)


def test_only_reviewers_of_the_own_organisatie_write(given):
    id = given.taken()
    auditor = given.medewerker(given.organisatie_id, Role.AUDITOR)
    for actor, refused in ((auditor, NotAllowed), (Actor.hulpvrager(id), NotAllowed), (given.other_actor, NotFound)):
        with pytest.raises(refused):
            note(given, id, actor=actor)
        with pytest.raises(refused):
            check(given, id, actor=actor)


def test_nothing_of_it_is_in_the_trail_and_it_is_proven_all_the_same(given, owner):
    id = given.taken()
    note(given, id, "Iets van betekenis.")
    check(given, id, Registeruitkomst.BIJZONDERHEDEN, "Onder bewind.")
    facts = owner.execute("SELECT string_agg(feiten::text, ' ') FROM audit WHERE keten = %s", [id]).fetchone()[0]
    for words in ("betekenis", "bewind", "bijzonderheden"):
        assert words not in facts
    assert audit.verify(given.database).ok


def test_notes_go_along_to_another_gemeente(given):
    id = given.taken()
    there = given.other_actor
    note(given, id)
    with given.session(given.actor) as session:
        forward_pauzeverzoek(session, given.actor, id, given.versie(id), "GM0307", "Verhuisd.")
    assert texts(given, id, there) == ["Belt liever 's avonds."]
    assert texts(given, id, given.actor) == []
