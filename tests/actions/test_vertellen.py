"""A message that did not arrive is told by a member of staff of the own organisatie, once."""

import pytest

from portal.actions.vertellen import tell_hulpvrager
from portal.domain.errors import MoveNotAllowed, NotAllowed, NotFound
from portal.domain.roles import Actor, Role
from portal.queries import dossier
from tests.actions.conftest import at_once


@pytest.fixture
def missed(given):
    """A case whose only message did not arrive, and that message."""
    id = given.submitted()
    given.refuse_mail(id)
    with given.session(Actor.systeem()) as session:
        return id, [each.id for each in dossier.untold(session, id)]


def tell(given, actor, id, berichten):
    with given.session(actor) as session:
        tell_hulpvrager(session, actor, id, berichten)


def test_an_auditor_tells_nobody_and_another_organisatie_sees_no_case(given, missed):
    with pytest.raises(NotAllowed):
        tell(given, given.medewerker(given.organisatie_id, Role.AUDITOR), *missed)
    with pytest.raises(NotFound):
        tell(given, given.other_actor, *missed)


def test_a_message_of_another_case_is_not_told_along(given, missed):
    id, _ = missed
    other = given.submitted()
    given.refuse_mail(other)
    with given.session(Actor.systeem()) as session:
        theirs = [each.id for each in dossier.untold(session, other)]
    with pytest.raises(MoveNotAllowed):
        tell(given, given.actor, id, theirs)


def test_two_who_called_are_one_call(given, missed, count):
    id, berichten = missed
    _ = given.actor
    results, errors = at_once(2, lambda _: tell(given, given.actor, id, berichten))
    assert (len(results), [type(error) for error in errors]) == (1, [MoveNotAllowed])
    assert count.events(id, "HulpvragerTold") == 1


def test_what_arrived_is_not_told(given):
    id = given.submitted()
    with pytest.raises(MoveNotAllowed):
        tell(given, given.actor, id, [])
