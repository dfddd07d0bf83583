"""The published description: it is valid, and it is what the code does."""

from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

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
    assert "https://" not in browser.get("/api").text.replace("https://pauzeknop.example", "")
