"""The published description: it is valid, it is what the code does, and a machine that plays with it finds nothing."""

from typing import Any
from uuid import UUID

import pytest
import schemathesis
from flask import Flask
from hypothesis import Phase, settings, strategies
from hypothesis import given as from_strategy
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from portal.db import limits
from portal.web.api.operations import OPERATIONS
from tests.given import Given, Schuldregel
from tests.web.api.koppeling import Koppeling, koppeling
from tests.web.browser import Browser


def test_the_document_is_valid_openapi(app: Flask, browser: Browser) -> None:
    answer = browser.get("/api/openapi.json")
    assert answer.content_type == "application/json"
    OpenAPIV31SpecValidator(answer.json).validate()


def test_every_route_for_api_clients_is_in_the_document_and_no_other(app: Flask, browser: Browser) -> None:
    served = {
        (rule.rule.replace("<uuid:kennisgeving_id>", "{id}").removeprefix("/api"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and rule.rule != "/api/openapi.json"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    paths = browser.get("/api/openapi.json").json["paths"]
    assert served == {(path, method) for path, methods in paths.items() for method in methods}


def test_the_page_names_every_operation_and_loads_nothing_from_elsewhere(app: Flask, browser: Browser) -> None:
    page = browser.see("/api")
    for path in browser.get("/api/openapi.json").json["paths"]:
        assert f"/api{path}" in page.text
    assert "`" not in page.text
    assert "https://" not in browser.get("/api").text.replace("https://pauzeknop.example", "")


# --- a machine that plays with it -----------------------------------------------------------------


EXAMPLES = 10
"""Requests per operation and mode."""


NOT_ASKED = [positive_data_acceptance]
"""A schema cannot say that an end lies within the pause: what it allows may still be refused, with 422."""


@pytest.fixture
def played(app: Flask, given: Given) -> Koppeling:
    """A schuldeiser with a message to play with."""
    made = koppeling(app, given, "Waterbedrijf Plons")
    given.approved([Schuldregel("Plons", {made.schuldeiser_id: "REF-1"})])
    given.typeset(UUID(made.inbox()[0]["id"]))
    return made


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_sent_the_answer_is_one_of_the_document(
    played: Koppeling, mode: GenerationMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Right and wrong requests by schemathesis about a real message: no failure of ours, no answer that is not told."""
    for limit in ("API_PER_CLIENT", "API_TOKEN_PER_CLIENT"):
        monkeypatch.setattr(limits, limit, limits.Limit("free", 1_000_000, 900))
    (message,) = played.inbox()
    document = schemathesis.openapi.from_wsgi("/api/openapi.json", played.app)
    everything = [each.ok() for each in document.get_all_operations()]
    assert len(everything) == len(OPERATIONS) + 1
    # Where nothing is asked nothing can be wrong.
    right = mode is GenerationMode.POSITIVE
    operations = [each for each in everything if right or each.body or list(each.iter_parameters())]
    seen = set().union(*(play(operation, mode, played, message["id"]) for operation in operations))
    assert seen >= ({200, 202, 404} if right else {400, 422})


def play(operation: Any, mode: GenerationMode, played: Koppeling, id: str) -> set[int]:
    """Send some requests to one operation and check every answer; returns the statuses that were seen."""
    seen: set[int] = set()

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, phases=[Phase.generate])
    @from_strategy(case=operation.as_strategy(generation_mode=mode), real=strategies.booleans())
    def send(case: schemathesis.Case, real: bool) -> None:
        if real and "id" in case.path_parameters:
            case.path_parameters["id"] = id
        answer = case.call(headers={"Authorization": f"Bearer {played.token}"})
        case.validate_response(answer, excluded_checks=NOT_ASKED)
        seen.add(answer.status_code)

    send()
    return seen
