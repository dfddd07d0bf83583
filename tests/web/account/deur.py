"""Staff at the door: sign in through the pages, as a person with a password and an app."""

import re
from uuid import UUID

import pyotp
from flask import Flask

from portal import clock
from portal.domain.roles import Actor, Role
from tests.given import WACHTWOORD, Given
from tests.web.browser import Browser, Page

ANNA = "anna@stadsbank.example"


def staff(given: Given, *roles: Role, email: str = ANNA, organisatie_id: UUID | None = None, **values: object) -> Actor:
    """A member of staff who was never here before."""
    return given.medewerker(organisatie_id or given.organisatie_id, *roles, email=email, **values)  # type: ignore[arg-type]


def password(browser: Browser, email: str = ANNA, wachtwoord: str = WACHTWOORD, verder: str = "") -> Page:
    """Fill in the first page; the answer is a redirect when the password was right."""
    url = "/medewerker/inloggen" + (f"?verder={verder}" if verder else "")
    return browser.fill(url, {"email": email, "wachtwoord": wachtwoord})


def secret_on(page: Page) -> str:
    """The secret as the enrolment page spells it."""
    found = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.main)
    assert found, page.main
    return found[0].replace(" ", "")


def code(secret: str) -> str:
    """What the app shows now."""
    return pyotp.TOTP(secret).at(clock.now())


def enrol(browser: Browser, email: str = ANNA, verder: str = "") -> tuple[str, Page]:
    """Sign in for the first time: the secret of the app, and where it leads."""
    page = browser.see(password(browser, email, verder=verder).to or "")
    secret = secret_on(page)
    return secret, browser.fill(page, {"code": code(secret)})


def signed_in(app: Flask, browser: Browser, email: str = ANNA) -> Browser:
    """The browser of somebody of the staff who is in."""
    _, page = enrol(browser, email)
    assert page.to
    return browser
