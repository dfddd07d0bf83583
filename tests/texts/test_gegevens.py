"""The facts for a machine: they fit the published schema, and come back as they were."""

import json
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, ValidationError

from config.settings import ROOT
from portal.models.links import wegwijzers
from portal.texts import gegevens
from portal.texts.kennisgeving import safe
from tests.domain.test_kennisgeving import FEITEN
from tests.texts.feiten import kennisgeving
from tests.texts.test_kennisgeving import BASE_URL, VARIANTS, every_variant

DOCS = ROOT / "docs" / "kennisgeving-json.md"


@cache
def schema(name: str = gegevens.SCHEMA) -> Draft202012Validator:
    found = json.loads((ROOT / "static" / name.removeprefix("/")).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found, format_checker=Draft202012Validator.FORMAT_CHECKER)


def document(feiten):
    return json.loads(gegevens.as_bytes(feiten, wegwijzers(BASE_URL, feiten)))


@every_variant
def test_every_kind_fits_the_published_schema(feiten):
    made = document(feiten)
    schema({1: gegevens.SCHEMA, 2: gegevens.SCHEMA_TWEE}[made["versie"]]).validate(made)


def test_only_what_version_1_cannot_say_is_version_2():
    versions = {name: document(feiten)["versie"] for name, feiten in VARIANTS.items()}
    assert {name for name, versie in versions.items() if versie == 2} == {
        "twee mensen", "twee mensen, na toelating", "nog één", "einde voor twee",
    }  # fmt: skip


def test_the_example_in_the_documentation_fits_the_schema_and_can_be_read_back():
    example = json.loads((ROOT / "examples" / "kennisgeving.json").read_text(encoding="utf-8"))
    schema().validate(example)
    assert json.loads(gegevens.as_bytes(*gegevens.read(example))) == example


@given(FEITEN)
def test_facts_survive_the_way_there_and_back(feiten):
    ways, told = wegwijzers(BASE_URL, feiten), safe(feiten)
    plain = replace(told, afzender=replace(told.afzender, briefhoofd="", ondertekening=""))
    assert gegevens.read(document(feiten)) == (plain, ways), "but for the lines that only stand on paper"


@pytest.mark.parametrize(
    "wrong",
    [
        {"versie": 2},
        {"kenmerk": "PK-1"},
        {"bsn": "x"},
        {"soort": "moratorium"},
        {"datum": "9 februari"},
        {"eerder": {"bericht_id": "x"}},
        {"soort": "correctie"},
        {"grondslag": "convenant"},
        {"controlecode": "AAAA-BBBB-CCCC"},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(wrong):
    with pytest.raises(ValidationError):
        schema().validate(document(kennisgeving()) | wrong)


def test_a_missing_field_is_refused():
    whole = document(kennisgeving())
    for name in whole:
        with pytest.raises(ValidationError):
            schema().validate({key: value for key, value in whole.items() if key != name})


def names(node):
    """Every property that the schema knows, with its path."""
    for name, inner in node.get("properties", {}).items():
        yield name
        for each in (inner, inner.get("items", {}), *inner.get("oneOf", ())):
            yield from (f"{name}.{deeper}" for deeper in names(each))


def test_every_field_is_mapped_to_the_schuldenknooppunt():
    text = DOCS.read_text(encoding="utf-8")
    missing = [name for name in names(schema(gegevens.SCHEMA_TWEE).schema) if f"| `{name}` |" not in text]
    assert missing == []
