"""The facts of a Kennisgeving: kept as JSON, back as they were, and nothing that must not be in one."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.kennisgeving import (
    Afzender,
    Betrokkene,
    Dossierverwijzing,
    Eerder,
    Grondslag,
    KennisgevingFeiten,
    Moment,
    Soort,
    Wijziging,
    _json_value,
    from_json,
    to_json,
)

TEXT = st.text(max_size=30)
MAYBE = st.none() | TEXT
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
WIE = st.builds(
    Betrokkene,
    voorletters=TEXT,
    voorvoegsel=TEXT,
    achternaam=TEXT,
    geboren_on=DAYS,
    postcode=MAYBE,
    huisnummer=MAYBE,
)
FEITEN = st.builds(
    KennisgevingFeiten,
    bericht_id=st.uuids(),
    soort=st.sampled_from(Soort),
    kenmerk=TEXT,
    ontvanger=TEXT,
    ontvanger_postadres=MAYBE,
    betrokkene=WIE,
    mede=st.none() | WIE,
    verwijzingen=st.lists(st.builds(Dossierverwijzing, referentie=MAYBE, namens=MAYBE), max_size=4).map(tuple),
    afzender=st.builds(Afzender, **dict.fromkeys([each.name for each in fields(Afzender)], TEXT)),
    moment=st.sampled_from(Moment),
    grondslag=st.sampled_from(Grondslag),
    convenant=MAYBE,
    dated_on=DAYS,
    start_on=DAYS,
    eind_on=DAYS,
    eerder=st.none() | st.builds(Eerder, bericht_id=st.uuids(), dated_on=DAYS, eind_on=DAYS),
    gewijzigd=st.lists(st.sampled_from(Wijziging), unique=True).map(tuple),
)


@given(FEITEN)
def test_the_facts_come_back_from_json_as_they_were(feiten):
    stored = to_json(feiten)
    assert json.loads(json.dumps(stored)) == stored
    back = from_json(stored)
    assert back == feiten
    assert (type(back.soort), type(back.moment), type(back.grondslag)) == (Soort, Moment, Grondslag)


def names(kind: Any) -> set[str]:
    """Every field of a dataclass, and of the dataclasses in it."""
    found = set()
    for each, hint in get_type_hints(kind).items():
        found.add(each)
        for inner in (hint, *get_args(hint)):
            if is_dataclass(inner):
                found |= names(inner)
    return found


def test_only_these_fields_can_reach_a_schuldeiser():
    """The allow-list of the domain page: no BSN, gender, amount, own telephone, own e-mail, other recipients."""
    assert names(KennisgevingFeiten) == {
        "bericht_id", "soort", "kenmerk", "ontvanger", "ontvanger_postadres", "betrokkene", "verwijzingen", "afzender",
        "moment", "grondslag", "convenant", "dated_on", "start_on", "eind_on",
        "voorletters", "voorvoegsel", "achternaam", "geboren_on", "postcode", "huisnummer",
        "referentie", "namens", "eerder", "gewijzigd", "mede",
        "gemeente", "organisatie", "contactpersoon", "telefoon", "email", "postadres",
        "briefhoofd", "ondertekening",  # of the organisatie, on paper only
    }  # fmt: skip


def test_a_value_without_a_json_form_is_refused():
    with pytest.raises(TypeError, match="no JSON form"):
        _json_value(object())
