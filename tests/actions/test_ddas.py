"""The DDAS export: it has the published form, and tells no more than the portal knows."""

import json
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator

from portal.actions import ddas, terugbellen
from portal.domain.antwoorden import Bellen
from portal.domain.errors import NotFound
from portal.domain.roles import Actor
from portal.domain.schuldenaar import Schuldenaar
from portal.domain.status import Eindreden
from portal.models import Schuldsoort
from portal.queries import ddas as cases
from portal.texts.ddas import traject
from tests.given import UTRECHT

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "ddas-v1.0.schema.json"
"""The schema as published, where it lies beside the project; the project carries no copy."""

TEXT, DAY = {"type": "string"}, {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def only(required: tuple[str, ...] = (), **properties: object) -> dict[str, object]:
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


TRAJECT = only(
    ("gemeentecode", "startdatum", "aanmelding", "client"),
    startdatum=DAY,
    gemeentecode={"type": "string", "pattern": r"^GM\d{4}$"},
    aanmelding=only(("startdatum", "crisisinterventie"), startdatum=DAY, crisisinterventie={"type": "boolean"}),
    client={
        "type": "array", "minItems": 1, "maxItems": 2,
        "items": only(
            Burgerservicenummer=TEXT, Geboortedatum=DAY, Postcode=TEXT, Huisnummer=TEXT, Huisnummertoevoeging=TEXT
        ),
    },
    schulden={
        "type": "array",
        "items": only(
            ("schuldsoort",),
            schuldsoort={"enum": ["Zorg", "Publiek", "Nuts", "Overig"]},
            schuldeiser=only(naam=TEXT, kvknummer=TEXT, privepersoon={"type": "boolean"}),
        ),
    },
    uitstroom=only(
        datum=DAY,
        reden={"enum": ["Overleden", "Verhuisd", "Nietverschenen", "Ingetrokken", "Niet passend", "Overig",
                        "Voldoet niet", "Afgerond", "Zelf"]},
    ),
)  # fmt: skip

FACTS = only(
    ("startdatumLevering", "einddatumLevering", "aanleverdatumEnTijd", "codeGegevensleverancier", "leveringen"),
    startdatumLevering=DAY,
    einddatumLevering=DAY,
    aanleverdatumEnTijd={"type": "string", "format": "date-time", "pattern": r"^[-\d]{10}T[:\d]{8}Z$"},
    codeGegevensleverancier=TEXT,
    leveringen={
        "type": "array", "minItems": 1,
        "items": only(
            ("teller", "aanleverende_organisatie"),
            teller={"type": "integer"},
            aanleverende_organisatie=only(**{
                "(Statutaire) Naam": TEXT,
                "contactpersonen": {
                    "type": "array", "minItems": 1, "items": only(naam=TEXT, email=TEXT, telefoonnummer=TEXT)
                },
            }),
            schuldhulptrajecten={"type": "array", "items": TRAJECT},
        ),
    },
)  # fmt: skip
"""What the standard says of the part that is exported, in our words: stricter where we are."""


def schemas() -> list[dict[str, object]]:
    published = [json.loads(PUBLISHED.read_text(encoding="utf-8"))] if PUBLISHED.exists() else []
    return [FACTS, *published]


def export(given, **how):
    period = {"vanaf": date(2027, 1, 1), "tot_en_met": date(2027, 12, 31), "leverancier": "GL1"}
    with given.session(Actor.systeem()) as session:
        return json.loads(ddas.export_ddas(session, **period | how))


def told(given, id):
    """The traject of one case."""
    with given.session(Actor.systeem()) as session:
        return next(
            traject(*found)
            for found in cases.aanmeldingen(session, given.organisatie_id, date(2026, 1, 1), date(2028, 1, 1))
            if found[0].id == id
        )


@pytest.fixture
def world(given):
    """A case in every status, with every kind of schuld."""
    for make in (given.submitted, given.waiting, given.declined, given.withdrawn, given.ended, given.concept):
        make()
    particulier = given.regel("Oom Henk", schuldsoort=Schuldsoort.OVERIG, kvk="12345678")
    given.approved([particulier, given.regel("Plons", schuldsoort=Schuldsoort.NUTS)], adres={"soort": "geen"})
    _ = given.other_actor
    wie = Bellen(naam="F. Meer", telefoon="06 12345678", moment="ochtend", voorstellen=False)
    with given.session(Actor.bezoeker()) as session:
        terugbellen.begin_with_call(session, uuid4(), wie, UTRECHT)


@pytest.mark.parametrize("schema", schemas())
def test_the_file_has_the_published_form(world, given, schema):
    made = export(given)
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in checker.iter_errors(made)] == []
    assert [each["teller"] for each in made["leveringen"]] == [1, 2]
    assert [len(each["schuldhulptrajecten"]) for each in made["leveringen"]] == [0, 7]


def test_the_period_goes_by_the_meldingsdatum_both_days_included(given, clock):
    for day in (date(2027, 3, 31), date(2027, 4, 1), date(2027, 6, 30), date(2027, 7, 1)):
        clock.set(day)
        given.submitted()
    made = export(given, vanaf=date(2027, 4, 1), tot_en_met=date(2027, 6, 30))
    filed = [each["aanmelding"]["startdatum"] for each in made["leveringen"][0]["schuldhulptrajecten"]]
    assert filed == ["2027-04-01", "2027-06-30"]
    assert (made["startdatumLevering"], made["einddatumLevering"]) == ("2027-04-01", "2027-06-30")


def test_every_case_is_told_once_however_small_the_batches(given, monkeypatch):
    monkeypatch.setattr(cases, "BATCH", 2)
    for _ in range(4):
        given.submitted()
    made = export(given)
    assert len(made["leveringen"][0]["schuldhulptrajecten"]) == 4


def test_a_person_is_told_as_far_as_is_known(given):
    assert told(given, given.submitted()) == {
        "startdatum": "2027-02-01",
        "gemeentecode": UTRECHT,
        "aanmelding": {"startdatum": "2027-02-01", "crisisinterventie": False},
        "client": [
            {"Geboortedatum": "1987-05-14", "Postcode": "3511AB", "Huisnummer": "12", "Huisnummertoevoeging": "bis"}
        ],
    }
    threat = {"ontruiming": "ja", "afsluiting": "nee", "zorgverzekering": "nee"}
    assert told(given, given.submitted(dreiging=threat))["aanmelding"]["crisisinterventie"] is True


def test_a_secret_address_and_a_private_person_are_not_told(given):
    secret = {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "", "geheim": True}
    oom = given.particulier("Oom Henk")
    made = told(given, given.matched([given.regel("Plons", kvk="12345678")], adres=secret))
    assert made["client"] == [{"Geboortedatum": "1987-05-14"}]
    assert made["schulden"] == [
        {"schuldsoort": "Overig", "schuldeiser": {"naam": "Plons", "kvknummer": "12345678", "privepersoon": False}}
    ]
    id = given.taken([given.regel("Oom Henk")])
    given.match(id, 1, {oom: None})
    assert told(given, id)["schulden"] == [{"schuldsoort": "Overig", "schuldeiser": {"privepersoon": True}}]


def test_the_secret_address_of_the_partner_is_not_told_either(given):
    id = given.matched()
    assert "Postcode" in told(given, id)["client"][0]
    given.partner(id, geheim=True)
    assert "Postcode" not in told(given, id)["client"][0]


def test_a_schuld_of_the_partner_alone_is_not_told_as_one_of_the_hulpvrager(given):
    id = given.matched([given.regel("Eigen"), given.regel("Ander"), given.regel("Samen")])
    given.partner(id)
    given.owed(id, None, Schuldenaar.PARTNER, Schuldenaar.BEIDEN)
    assert [each["schuldeiser"]["naam"] for each in told(given, id)["schulden"]] == ["Eigen", "Samen"]
    given.owed(id, Schuldenaar.PARTNER, Schuldenaar.PARTNER, Schuldenaar.PARTNER)
    assert "schulden" not in told(given, id)


def test_help_that_ended_is_uitstroom_and_a_pause_that_ran_out_is_not(given, clock):
    ended, withdrawn, running, declined = (
        given.ended(reden=Eindreden.VERHUISD), given.withdrawn(), given.approved(), given.declined(),
    )  # fmt: skip
    assert told(given, ended)["uitstroom"] == {"datum": "2027-02-01", "reden": "Verhuisd"}
    assert told(given, withdrawn)["uitstroom"] == {"datum": "2027-02-01", "reden": "Ingetrokken"}
    assert "uitstroom" not in told(given, running)
    assert "uitstroom" not in told(given, declined)


def test_one_organisatie_can_be_asked_and_finds_it_in_its_trail(given, count):
    given.submitted()
    _ = given.other_actor
    made = export(given, naam="Stadsbank Midden")
    assert [each["aanleverende_organisatie"]["(Statutaire) Naam"] for each in made["leveringen"]] == [
        "Stadsbank Midden"
    ]
    (facts,) = count.owner.execute(
        "SELECT feiten FROM audit WHERE keten = %s AND gebeurtenis = 'DdasExported'", [given.organisatie_id]
    ).fetchall()
    assert (facts[0]["aanmeldingen"], facts[0]["vanaf"]) == (1, "2027-01-01")
    assert count.events(given.other_actor.organisatie_id, "DdasExported") == 0
    with pytest.raises(NotFound):
        export(given, naam="Onbekend")
