"""Events: what the audit trail keeps."""

import json
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import get_type_hints
from uuid import UUID, uuid4

import pytest

from portal.domain import events
from portal.domain.feit import as_fact
from portal.domain.status import Eindreden

SAMPLES = {
    str: "tekst",
    int: 3,
    bool: True,
    date: date(2027, 2, 1),
    UUID: uuid4(),
    UUID | None: None,
    int | None: None,
    str | None: None,
    date | None: None,
    tuple[UUID, ...]: (uuid4(), uuid4()),
    tuple[str, ...]: ("auditor", "beheerder"),
}


def sample(kind: type[events.Event]) -> events.Event:
    """An event of this kind with a value in every field."""
    hints = get_type_hints(kind)
    return kind(**{each.name: SAMPLES[hints[each.name]] for each in fields(kind)})


@pytest.mark.parametrize("kind", events.all_events(), ids=lambda kind: kind.__name__)
def test_the_facts_of_every_event_are_plain_json(kind):
    facts = sample(kind).facts()
    assert json.loads(json.dumps(facts)) == facts
    assert set(facts) == {each.name for each in fields(kind)} - {"keten"}


@pytest.mark.parametrize("kind", events.all_events(), ids=lambda kind: kind.__name__)
def test_an_event_cannot_be_changed_afterwards(kind):
    with pytest.raises(AttributeError):
        sample(kind).keten = uuid4()


def test_dates_ids_and_reasons_are_written_as_text():
    ended = events.PauzeEnded(keten=uuid4(), reden=Eindreden.NIET_PASSEND, eind_on=date(2027, 2, 1))
    assert ended.facts() == {"reden": "Niet passend", "eind_on": "2027-02-01"}
    assert type(ended.facts()["reden"]) is str


def test_a_list_of_ids_is_a_list_of_texts():
    one = uuid4()
    assert events.SchuldMatched(keten=uuid4(), volgnummer=1, schuldeisers=(one,)).facts()["schuldeisers"] == [str(one)]


def test_an_instant_is_written_with_its_zone():
    assert as_fact(datetime(2027, 2, 1, 9, tzinfo=UTC)) == "2027-02-01T09:00:00+00:00"


@pytest.mark.parametrize("value", [1.5, {"naam": "Meer"}, b"x"])
def test_a_value_without_an_audit_form_is_refused(value):
    with pytest.raises(TypeError, match="no audit form"):
        as_fact(value)


def test_all_events_are_found_once_and_the_base_is_not_one():
    kinds = events.all_events()
    assert events.Event not in kinds
    assert len(set(kinds)) == len(kinds) >= 35


def test_no_event_has_room_for_personal_data():
    """Texts that an event may carry are codes, reasons and an organisatie's name; think before adding one here."""
    texts = {
        each.name
        for kind in events.all_events()
        for each in fields(kind)
        if get_type_hints(kind)[each.name] in (str, str | None, tuple[str, ...])
    }
    assert texts == {
        "kenmerk", "stap", "bron", "versie", "gemeente", "was", "middel", "reden", "soort", "kanaal", "moment",
        "velden", "grondslag", "sjabloon", "sha256", "pdf_sha256", "gegevens_sha256", "eml_sha256", "rollen", "status",
        "antwoord", "register", "via", "code", "band", "gevolg", "resultaat", "klok", "belet", "stand", "kwartaal",
        "schuldenaar",  # a code, see domain/schuldenaar.py
        "naam",  # of an organisatie
    }  # fmt: skip
