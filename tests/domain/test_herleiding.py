"""What the trail says of a row: no event about a message or a move of a case is forgotten."""

from dataclasses import fields
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest

from portal.domain import events
from portal.domain.errors import MoveNotAllowed
from portal.domain.herleiding import CASE, MADE, MESSAGE, derive
from portal.domain.status import MOVES, Status

NAMES_A_MESSAGE = {"kennisgeving_id", "bericht_id", "berichten"}
KETEN = uuid4()


def entry(kind, **feiten):
    at = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    return SimpleNamespace(gebeurtenis=kind.__name__, at=at, actor_id=None, feiten=feiten)


def names(kind):
    return {field.name for field in fields(kind)}


def test_every_event_that_names_a_message_says_what_it_does_to_it():
    assert set(MESSAGE) == {kind for kind in events.all_events() if names(kind) & NAMES_A_MESSAGE}


def test_every_status_that_a_move_leads_to_is_reached_by_the_event_of_that_move():
    taken = {
        "behandelaar_id": str(uuid4()), "start_on": "2027-02-01", "eind_on": "2027-06-01", "reden": "Overig",
        "gemeente": "GM0344", "meldingsdatum": "2027-02-01", "dreigend": False, "eerste_gesprek_voor": "2027-03-01",
        "organisatie_id": str(uuid4()), "antwoorden_vingerafdruk": "f" * 64,
    }  # fmt: skip
    reached = set()
    for kind in set(CASE) - {events.PauzeverzoekStarted, events.ZandbakgevalMade}:
        for status in Status:
            try:
                moved = CASE[kind]({"status": status}, entry(kind, **taken))
            except MoveNotAllowed:
                continue
            reached.add((status, moved["status"]))
    assert reached == {(before, then) for steps in MOVES.values() for before, then in steps.items()}


@pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.tabel)
def test_what_is_made_once_is_named_by_an_event_with_its_hash(kind):
    wanted = {kind.naam, *kind.feiten.values()}
    assert [each for each in events.all_events() if wanted <= names(each)]


def test_a_schuld_that_was_taken_off_the_list_is_not_expected_any_more():
    line = {"schuld_id": str(uuid4()), "volgnummer": 1}
    added = entry(events.SchuldAdded, **line, vingerafdruk="a" * 64)
    assert derive(KETEN, [added]) == {("schuld", line["schuld_id"]): {"vingerafdruk": "a" * 64}}
    assert derive(KETEN, [added, entry(events.SchuldRemoved, **line)]) == {}


def test_a_message_that_came_by_api_keeps_the_time_of_its_first_hand_over():
    id = str(uuid4())
    issued = entry(events.KennisgevingIssued, kennisgeving_id=id, kanaal="api", vingerafdruk="a", aan_vingerafdruk=None)
    taken = entry(events.KennisgevingHandedOver, kennisgeving_id=id)
    later = entry(events.KennisgevingAcknowledged, kennisgeving_id=id)
    later.at = later.at.replace(hour=12)
    told = derive(KETEN, [issued, taken, later])["kennisgeving", id]
    assert told["handed_over_at"] == "2027-02-01T09:00:00+00:00"
    assert told["acknowledged_at"] == "2027-02-01T12:00:00+00:00"
