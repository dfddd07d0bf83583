"""The shapes of what goes in and out of the API, as JSON Schema: what comes in is checked with the very schemas that
the OpenAPI document publishes.
"""

import json
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from config.settings import ROOT
from portal.domain.beantwoording import MAX_REGEL, GeenMedewerking
from portal.domain.email import MAX_ADDRESS
from portal.domain.kennisgeving import Levering
from portal.domain.status import GEGEVEN, Antwoord
from portal.domain.webhook import MAX_URL, Webhookfout
from portal.models.schuldeiser import MAX_POSTADRES
from portal.queries.api import CURSOR_LENGTH, MAX_PAGE

Schema = dict[str, Any]

UUID: Schema = {"type": "string", "format": "uuid"}
DATE: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
CURSOR: Schema = {"type": "string", "pattern": f"^[A-Za-z0-9_-]{{{CURSOR_LENGTH}}}$", "maxLength": CURSOR_LENGTH}
DEFAULT_PAGE = 50
PAGE_SIZE: Schema = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": DEFAULT_PAGE}


def _text(description: str = "") -> Schema:
    return {"type": "string"} | ({"description": description} if description else {})


def _line(description: str) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": MAX_REGEL, "description": description}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(description: str, required: Mapping[str, Schema], **optional: Schema) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


_GEGEVENS: dict[str, Schema] = {
    "contactpersoon": _line("Met wie de gemeente verder kan praten."),
    "telefoon": _line("Telefoonnummer van de contactpersoon."),
    "email": _line("E-mailadres van de contactpersoon."),
    "referentie": _line("Uw eigen kenmerk voor het vervolg."),
}


def _published() -> Schema:
    """The very schema that stands with the letter; its references are made to point into this document."""
    text = (ROOT / "static" / "schemas" / "kennisgeving" / "v1.json").read_text(encoding="utf-8")
    whole: Schema = json.loads(text.replace('"#/$defs/', '"#/components/schemas/Inhoud/$defs/'))
    return {name: value for name, value in whole.items() if name != "$schema"}


_EMAIL: Schema = {"type": "string", "minLength": 1, "maxLength": MAX_ADDRESS}
_POSTADRES: Schema = {"type": "string", "minLength": 1, "maxLength": MAX_POSTADRES}

SCHEMAS: dict[str, Schema] = {
    "Kennisgeving": _object(
        "Eén bericht over één persoon, en wat u ermee deed.",
        {
            "id": UUID,
            "uitgegeven_op": MOMENT | {"description": "Wanneer de gemeente dit bericht vaststelde."},
            "ontvangen_op": _or_null(MOMENT) | {"description": "Wanneer u de ontvangst bevestigde."},
            "antwoord": {
                "enum": [str(each) for each in Antwoord],
                "description": "Wat u antwoordde. Bij een herinnering `geen_reactie`: kijk bij het bericht ervoor.",
            },
            "inhoud": _ref("Inhoud"),
        },
    ),
    "Kennisgevingen": _object(
        "Een bladzijde, oudste bericht eerst.",
        {
            "kennisgevingen": {"type": "array", "maxItems": MAX_PAGE, "items": _ref("Kennisgeving")},
            "volgende": _or_null(CURSOR) | {"description": "Waar de volgende bladzijde begint; null na de laatste."},
        },
    ),
    "Ontvangst": _object(
        "De ontvangst die u bevestigde.",
        {"id": UUID, "ontvangen_op": MOMENT},
    ),
    "NieuwAntwoord": _object(
        "Uw antwoord. `tot_en_met` hoort bij `bevestigd`, `reden` bij `geen_medewerking`, en `naar_naam` of `naar_id` "
        "bij `overgedragen`.",
        {"antwoord": {"enum": [str(each) for each in Antwoord if each in GEGEVEN]}},
        tot_en_met=DATE | {"description": "De laatste dag waarop u de pauze toepast. Leeg: zoals gevraagd."},
        reden={"enum": [str(each) for each in GeenMedewerking]},
        naar_id=UUID
        | {
            "description": "Aan wie u overdroeg: het id in onze lijst van schuldeisers, als u dat kent. "
            "Anders `naar_naam`."
        },
        naar_naam=_line("Aan wie u overdroeg, met naam."),
        **_GEGEVENS,
        na={
            "type": "integer",
            "minimum": 0,
            "maximum": 1_000_000,
            "default": 0,
            "description": "Het `nummer` van het antwoord dat u wilt vervangen; 0 als er nog geen is.",
        },
    ),
    "Antwoord": _object(
        "Het antwoord zoals het is vastgelegd.",
        {
            "nummer": {"type": "integer", "minimum": 1},
            "antwoord": {"enum": [str(each) for each in Antwoord if each in GEGEVEN]},
            "gegeven_op": MOMENT,
        },
        tot_en_met=DATE,
        reden={"enum": [str(each) for each in GeenMedewerking]},
        naar_id=UUID,
        naar_naam=_line("Aan wie u overdroeg."),
        **_GEGEVENS,
    ),
    "NieuweContactgegevens": _object("Waar u bereikt wilt worden.", {}, email=_EMAIL, postadres=_POSTADRES)
    | {"minProperties": 1},
    "GevraagdeContactgegevens": _object(
        "Wat u vroeg. Leeg: dat blijft zoals het is.",
        {"email": _or_null(_EMAIL), "postadres": _or_null(_POSTADRES), "gevraagd_op": MOMENT},
    ),
    "Contactgegevens": _object(
        "Waar het portaal u bereikt.",
        {
            "email": _or_null(_EMAIL) | {"description": "Het gecontroleerde e-mailadres."},
            "postadres": _or_null(_text()),
            "levering": {"enum": [str(each) for each in Levering]},
            "gevraagd": _or_null(_ref("GevraagdeContactgegevens"))
            | {"description": "Wat u vroeg en nog niet is besloten."},
        },
    ),
    "NieuweWebhook": _object(
        "Waar het portaal u een seintje geeft.",
        {
            "url": {
                "type": "string",
                "maxLength": MAX_URL,
                "description": "Een https-adres op de gewone poort, met een naam op internet. Een doorverwijzing volgt "
                "het portaal niet.",
            }
        },
    ),
    "WebhookGeheim": _object(
        "Uw webhook staat aan.",
        {"url": _text(), "geheim": _text("Voor de handtekening. U ziet het één keer: bewaar het veilig.")},
    ),
    "Webhook": _object(
        "Hoe het met uw webhook gaat.",
        {
            "url": _or_null(_text()) | {"description": "Leeg: u hebt geen webhook."},
            "gelukt_op": _or_null(MOMENT) | {"description": "De laatste keer dat uw systeem het seintje aannam."},
            "mislukt_op": _or_null(MOMENT) | {"description": "De laatste keer dat het niet lukte."},
            "fout": _or_null({"enum": [str(each) for each in Webhookfout]})
            | {"description": "Waarom het de laatste keer niet lukte; leeg als het lukte."},
        },
    ),
    "Inhoud": _published(),
    "Fout": _object(
        "Wat er misging (RFC 9457).",
        {"type": _text("Waar dit wordt uitgelegd."), "title": _text(), "status": {"type": "integer"}},
        detail=_text(),
        fouten={
            "type": "array",
            "items": _object("Eén plaats die niet klopt.", {"plaats": _text("JSON Pointer."), "regel": _text()}),
        },
    ),
    "TokenVraag": {
        "type": "object",
        "properties": {
            "grant_type": {"const": "client_credentials"},
            "client_id": _text("Mag ook met HTTP Basic, samen met het geheim."),
            "client_secret": _text(),
        },
        "required": ["grant_type"],
    },
    "Token": {
        "type": "object",
        "properties": {
            "access_token": _text(),
            "token_type": {"const": "Bearer"},
            "expires_in": {"type": "integer", "description": "Seconden."},
        },
        "required": ["access_token", "token_type", "expires_in"],
    },
    "TokenFout": {
        "type": "object",
        "description": "Zoals OAuth 2.0 het voorschrijft (RFC 6749, 5.2).",
        "properties": {"error": _text(), "error_description": _text()},
        "required": ["error"],
    },
}


def validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    """Checks values against a schema that may refer to those above."""
    whole = {**schema, "components": {"schemas": SCHEMAS}}
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator(whole, format_checker=FormatChecker(["uuid", "date"]))
