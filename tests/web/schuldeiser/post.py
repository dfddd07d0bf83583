"""The post of a schuldeiser: the messages of a case, and the addresses that stand in them."""

from dataclasses import replace
from uuid import UUID

from portal import clock
from portal.actions import berichten
from portal.actions.work import unit_of_work
from portal.domain.kennisgeving import Soort, Wijziging, follow_up, from_json
from portal.domain.roles import Actor
from portal.models import Beantwoording, Kennisgeving, links
from portal.models.kennisgeving import kennisgeving_id
from portal.models.ontvanger import Ontvanger
from portal.queries import antwoord, dossier
from tests.given import Given
from tests.web.browser import Browser, Page


def message(given: Given, case: UUID, soort: Soort = Soort.KENNISGEVING) -> Kennisgeving:
    """The first message of this kind in a case."""
    with given.session(Actor.systeem()) as session:
        return next(each for each in dossier.kennisgevingen(session, case) if each.soort is soort)


def corrected(given: Given, case: UUID) -> Kennisgeving:
    """The correctie of the first message of a case: the name was wrong. It waits to be handed over."""
    earlier = message(given, case)
    first = from_json(earlier.feiten)
    id = kennisgeving_id(case, earlier.sleutel, Soort.CORRECTIE)
    betrokkene = replace(first.betrokkene, achternaam="Meerman")
    facts = follow_up(first, Soort.CORRECTIE, id, clock.today(), betrokkene=betrokkene, gewijzigd=(Wijziging.NAAM,))
    with given.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        return berichten.issue_kennisgeving(
            work, dossier.load(session, case), Ontvanger(earlier.schuldeiser, ()), facts
        )


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
