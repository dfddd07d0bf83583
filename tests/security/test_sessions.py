"""Whose rows a page reads: the rights that a look-up borrows never outlive it."""

from contextlib import suppress

import pytest
from flask import Flask, template_rendered

from portal.actions import inloggen, toegang
from portal.actions.work import unit_of_work
from portal.clock import now
from portal.db.engine import ScopedSession
from portal.domain.errors import OngeldigeToegang
from portal.domain.roles import Actor, ActorKind, Role
from portal.models import SessieSoort
from portal.queries.toegang import find, open_enrolment
from portal.web import session as web_session
from tests.given import Given
from tests.web.account.deur import signed_in, staff
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser

VISITOR = Actor.bezoeker()


@pytest.fixture
def both(app: Flask, given: Given, new_browser: MakeBrowser) -> Browser:
    """A browser in which a member of staff is signed in, and a hulpvrager too."""
    staff(given, Role.HULPVERLENER)
    browser = signed_in(app, new_browser())
    browser.follow(browser.fill("/"))
    return browser


def test_staff_and_hulpvrager_in_one_browser_each_see_their_own_pages(both: Browser) -> None:
    for url in ("/verzoek/bewaren", "/verzoek/dreiging", "/werkvoorraad", "/beheer/schuldeisers", "/terug/mail"):
        assert both.see(url).h1


def test_a_page_is_drawn_with_the_rights_of_whom_it_is_for(both: Browser, app: Flask) -> None:
    drawn: dict[str, ActorKind] = {}

    def note(*_: object, template: object, **__: object) -> None:
        drawn[str(getattr(template, "name", ""))] = web_session.db().actor.kind

    with template_rendered.connected_to(note, app):
        for url in ("/verzoek/bewaren", "/werkvoorraad", "/terug/mail"):
            both.see(url)
    assert drawn == {
        "hulpvrager/bewaren.html": ActorKind.HULPVRAGER,
        "hulpverlener/werkvoorraad.html": ActorKind.MEDEWERKER,
        "account/terug_mail.html": ActorKind.BEZOEKER,
    }


def _unknown_session(session: ScopedSession, _: Actor) -> None:
    find(session, b"x" * 32, SessieSoort.MEDEWERKER, now())


def _known_session(session: ScopedSession, anna: Actor) -> None:
    open_enrolment(session, anna.id or toegang.LANDELIJK)


def _wrong_password(session: ScopedSession, _: Actor) -> None:
    inloggen.check_password(session, "anna@stadsbank.example", "wrong")


def _wrong_code(session: ScopedSession, _: Actor) -> None:
    toegang.open_with_code(session, "PK-H4X-9TQ-27F", "H4X9TQ27FKM3", 60)


def _wrong_second_factor(session: ScopedSession, anna: Actor) -> None:
    inloggen.sign_in(session, anna.id or toegang.LANDELIJK, "000000", 60)


def _act_of_the_portal(session: ScopedSession, _: Actor) -> None:
    with unit_of_work(session, Actor.systeem()):
        pass


@pytest.mark.parametrize(
    "knock",
    [_unknown_session, _known_session, _wrong_password, _wrong_code, _wrong_second_factor, _act_of_the_portal],
)
def test_whoever_knocks_is_a_stranger_again_afterwards(given: Given, knock: object) -> None:
    anna = staff(given, Role.HULPVERLENER)
    with given.session(VISITOR) as session:
        with suppress(OngeldigeToegang):
            knock(session, anna)  # type: ignore[operator]
        assert session.actor == VISITOR
