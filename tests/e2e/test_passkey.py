"""A real browser with a key of its own makes a passkey and signs in with it. The portal runs in this process: a browser
makes no passkey for the bare network address of the demonstration world.
"""

import socket
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from portal.domain.roles import Role
from tests.e2e.conftest import DESK
from tests.e2e.toegankelijk import check
from tests.given import WACHTWOORD, Given
from tests.web.account.deur import ANNA, code, staff
from tests.web.conftest import MakeApp, make_app  # noqa: F401 - a fixture

pytestmark = pytest.mark.e2e

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(make_app: MakeApp, given: Given) -> Iterator[str]:  # noqa: F811
    """Where the portal is, with Anna among the staff."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    app: Flask = make_app(PORTAL_ENV="development", BASE_URL=url)
    staff(given, Role.HULPVERLENER)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield url
    server.shutdown()
    thread.join()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    with chromium.new_context(viewport=DESK, base_url=address, locale="nl-NL") as context:
        opened = context.new_page()
        keys = context.new_cdp_session(opened)
        keys.send("WebAuthn.enable")
        keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        yield opened


def test_a_passkey_is_made_used_and_taken_away(page: Page) -> None:
    page.goto("/medewerker/inloggen")
    page.get_by_label("E-mailadres").fill(ANNA)
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_text("Scannen lukt niet").click()
    secret = page.locator("details strong").inner_text().replace(" ", "")
    page.get_by_label("Vul de code").or_(page.get_by_label("Code uit uw app")).fill(code(secret))
    page.get_by_role("button", name="Koppelen en inloggen").click()

    page.goto("/medewerker/passkeys/nieuw")
    check(page, "Passkey toevoegen")
    page.get_by_label("Naam van de passkey").fill("mijn telefoon")
    page.get_by_label("Uw wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Passkey maken").click()
    page.get_by_role("rowheader", name="mijn telefoon").wait_for()
    check(page, "Uw account")

    page.get_by_role("button", name="Uitloggen", exact=True).click()
    sign_in(page)
    page.get_by_role("heading", name="Werkvoorraad").wait_for()

    page.goto("/medewerker/account")
    page.get_by_role("button", name="Weghalen").click()
    page.get_by_text("De passkey is weggehaald.").wait_for()
    page.get_by_role("button", name="Uitloggen", exact=True).click()
    sign_in(page)
    page.get_by_text("Dat lukte niet.").wait_for()
    check(page, "Inloggen met een passkey")


def sign_in(page: Page) -> None:
    page.goto("/medewerker/inloggen")
    page.get_by_role("link", name="Inloggen met een passkey").click()
    check(page, "Inloggen met een passkey")
    page.get_by_role("button", name="Ga verder").click()
