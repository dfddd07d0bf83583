"""The post of a schuldeiser: the messages of a case, and the addresses that stand in them."""

from uuid import UUID

from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor
from portal.models import Beantwoording, Kennisgeving, links
from portal.queries import antwoord, dossier
from tests.given import Given
from tests.web.browser import Browser, Page


def message(given: Given, case: UUID, soort: Soort = Soort.KENNISGEVING) -> Kennisgeving:
    """The first message of this kind in a case."""
    with given.session(Actor.systeem()) as session:
        return next(each for each in dossier.kennisgevingen(session, case) if each.soort is soort)


def link(message: Kennisgeving) -> str:
    return f"/antwoord/{links.sign_antwoord(message.id)}"


def answer_of(given: Given, case: UUID) -> Beantwoording | None:
    with given.session(Actor.systeem()) as session:
        return antwoord.last_answer(session, message(given, case).id)


def confirmed(browser: Browser, url: str, **known: str) -> Page:
    """Open a link and show that one knows the customer: the page to answer on."""
    page = browser.fill(url, known or {"referentie": "kl 1"})
    assert page.to == f"{url}/geven", page.errors
    return browser.see(page.to)
