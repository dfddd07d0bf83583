import pytest
from flask import Flask

from tests.given import Given
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek


@pytest.fixture
def werkplek(app: Flask, given: Given, new_browser: MakeBrowser) -> Werkplek:
    return Werkplek(app, given, new_browser)


@pytest.fixture
def anna(werkplek: Werkplek, given: Given) -> Browser:
    """The hulpverlener of the builders, signed in."""
    return werkplek.of(given.actor)
