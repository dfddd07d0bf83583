"""The journey as a person makes it: every question, what may be typed, and helpers to get anywhere in it."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.actions import toegang
from portal.db.engine import Database
from portal.domain.roles import Actor
from portal.models import Pauzeverzoek
from tests.given import Given
from tests.web.browser import Browser, Page

KENMERK = re.compile(r"PK-\w{3}-\w{3}-\w{3}")

ANSWERS: dict[str, dict[str, Any]] = {
    "dreiging": {"ontruiming": "nee", "afsluiting": "nee", "zorgverzekering": "weet_niet"},
    "gemeente": {"naam": "Utrecht"},
    "naam": {"voorletters": "F.", "voorvoegsel": "van der", "achternaam": "Meer"},
    "geboortedatum": {"geboren_on-dag": "14", "geboren_on-maand": "5", "geboren_on-jaar": "1987"},
    "adres": {"soort": "adres", "postcode": "3511ab", "huisnummer": "12", "toevoeging": "bis"},
    "contact": {"telefoon": "06-12345678", "email": "fatma@inwoner.example", "moment": "ochtend"},
    "hulp": {"soort": "niemand"},
    "bedrijf": {"eigen_bedrijf": "nee"},
    "schulden": {},
    "toestemming": {"keuze": "ja"},
}
"""What somebody with an ordinary request types, in the order of the questions."""

WRONG = {
    "gemeente": {"naam": "Utreg"},
    "contact": {"email": "geen adres"},
    "schulden/nieuw": {"bedrag": "veel"},
    "bel-mij": {"telefoon": ""},
}
"""What is sent where an empty page is no mistake, or another one."""


def begin(browser: Browser) -> Page:
    """Push the button of the start page."""
    start = browser.see("/")
    form = next(form for form in start.forms if form.action == "/verzoek/begin")
    return browser.follow(Page(browser.post(form.action, data=form.values)))


def answer(browser: Browser, slug: str, values: Mapping[str, Any] | None = None) -> Page:
    """Fill in one question; the answer of the portal, not followed."""
    typed = ANSWERS[slug] if values is None else values
    return browser.fill(f"/verzoek/{slug}", typed)


def answer_until(browser: Browser, slug: str | None = None) -> None:
    """Begin, and answer every question before this one, or all of them."""
    begin(browser)
    for question in ANSWERS:
        if question == slug:
            return
        page = answer(browser, question)
        assert page.status == 302, f"{question}: {page.errors}"


def sign_in(browser: Browser, database: Database, verzoek_id: UUID) -> None:
    """Let this browser in to a case that exists already."""
    with database.session(Actor.hulpvrager(verzoek_id)) as session:
        token = toegang.open_hulpvrager_session(session, verzoek_id, 3600, "begin")
    with browser.session_transaction(base_url=browser.origin) as cookie:
        cookie["hulpvrager"] = token


def place(browser: Browser, given: Given, slug: str | None = None) -> UUID:
    """Put this browser before a question, or at the check page: quicker than answering. Returns the case."""
    _ = given.organisatie_id
    questions = list(ANSWERS)
    still_open = questions[questions.index(slug) :] if slug else []
    id = given.concept(**dict.fromkeys(still_open))
    sign_in(browser, given.database, id)
    return id


def verzoek_of(browser: Browser, given: Given) -> Pauzeverzoek:
    """The case of this browser, by the kenmerk on its page."""
    kenmerk = KENMERK.search(browser.see("/verzoek/bewaren").main)
    assert kenmerk
    with given.session(Actor.systeem()) as session:
        id = session.scalars(select(Pauzeverzoek.id).where(Pauzeverzoek.kenmerk == kenmerk[0])).one()
    return given.case(id)
