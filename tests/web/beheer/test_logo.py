"""The logo of an organisatie: chosen by its beheerder, seen by its hulpvragers and nobody else's."""

import io
from typing import Any

import pytest
from flask import Flask

from portal.actions import instellingen
from portal.beeld.decoderen import logo_of
from portal.domain.errors import NotAllowed
from portal.domain.huisstijl import Huisstijl
from portal.domain.roles import Actor, Role
from portal.models import Organisatie
from portal.web.hulpvrager.forms import foto
from tests.beeld import plaatjes
from tests.given import AMERSFOORT, Given
from tests.house.deuren import Owner
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek
from tests.web.hulpvrager.reis import begin, sign_in

PAGE = "/beheer/organisatie/huisstijl"
UNREADABLE = "Wij kunnen dit bestand niet lezen. Kies een PNG of JPEG."


@pytest.fixture
def werkplek(app: Flask, given: Given, new_browser: MakeBrowser) -> Werkplek:
    return Werkplek(app, given, new_browser)


@pytest.fixture
def bea(werkplek: Werkplek, given: Given) -> Browser:
    """A beheerder, signed in."""
    return werkplek.of(given.medewerker(given.organisatie_id, Role.BEHEERDER, naam="Bea Beheer"))


def send(bea: Browser, sent: bytes, **values: Any) -> Page:
    return bea.fill(PAGE, {"logo": (io.BytesIO(sent), "logo.png")} | values, button="Opslaan")


def logos(page: Page) -> list[dict[str, str]]:
    return [dict(node.attrib) for node in page.tree.iter("img")]


def of_case(new_browser: MakeBrowser, given: Given, **place: Any) -> Page:
    browser = new_browser()
    sign_in(browser, given.database, given.submitted(**place))
    return browser.see("/verzoek")


def told(owner: Owner) -> list[object]:
    rows = owner.execute("SELECT feiten FROM audit WHERE gebeurtenis = 'OrganisatieChanged' ORDER BY volgnummer")
    return [feiten for (feiten,) in rows.fetchall()]


def test_a_logo_stands_above_the_pages_of_the_own_hulpvragers(
    bea: Browser, new_browser: MakeBrowser, given: Given, owner: Owner
) -> None:
    assert logos(of_case(new_browser, given)) == []
    saved = bea.follow(send(bea, plaatjes.png((1200, 200)), huisstijl="groen"))
    assert "Groen, met logo" in saved.main
    logo = logo_of(plaatjes.png((1200, 200)))
    shown = {"src": f"/logo/{logo.sha256}", "width": "240", "height": "40", "alt": naam(given), "lang": "nl"}
    assert logos(bea.see(PAGE)) == [shown]
    assert logos(of_case(new_browser, given)) == [shown]
    assert given.other_actor, "Amersfoort takes part too"
    assert logos(of_case(new_browser, given, gemeente={"code": AMERSFOORT})) == []
    assert logos(begin(new_browser())) == []
    assert logos(new_browser().see("/")) == []
    assert told(owner) == [{"velden": ["huisstijl", "logo"]}]


def test_the_picture_is_the_one_that_is_kept_and_a_browser_keeps_it_too(bea: Browser, new_browser: MakeBrowser) -> None:
    send(bea, plaatjes.png())
    logo = logo_of(plaatjes.png())
    answer = new_browser().get(f"/logo/{logo.sha256}")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", logo.png)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    new_browser().see(f"/logo/{'0' * 64}", 404)


def test_other_colours_leave_the_logo_and_a_new_one_takes_its_place(bea: Browser, owner: Owner) -> None:
    send(bea, plaatjes.png())
    bea.fill(PAGE, {"huisstijl": "paars"}, button="Opslaan")
    first = logos(bea.see(PAGE))
    send(bea, plaatjes.png())
    assert logos(bea.see(PAGE)) == first
    send(bea, plaatjes.png((1000, 120)), logo_weg="y")
    assert logos(bea.see(PAGE)) != first
    assert told(owner) == [{"velden": ["logo"]}, {"velden": ["huisstijl"]}, {"velden": ["logo"]}]


def test_a_logo_can_be_taken_away_and_then_it_is_nowhere(bea: Browser, new_browser: MakeBrowser, given: Given) -> None:
    assert "logo_weg" not in bea.see(PAGE).html
    send(bea, plaatjes.png())
    (shown,) = logos(bea.see(PAGE))
    gone = bea.follow(bea.fill(PAGE, {"logo_weg": "y"}, button="Opslaan"))
    assert "Blauw, zonder logo" in gone.main
    assert logos(of_case(new_browser, given)) == []
    new_browser().see(shown["src"], 404)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (b"<svg onload=alert(1)>", UNREADABLE),
        (plaatjes.pdf(), UNREADABLE),
        (plaatjes.bomb(), UNREADABLE),
        (plaatjes.png()[:90], UNREADABLE),
        (plaatjes.png((20, 20)), "Dit plaatje is te klein of te smal. Kies een groter plaatje."),
        (bytes(400_000), "Dit bestand is te groot. Kies een plaatje van hoogstens 10 MB."),
    ],
    ids=["svg", "pdf", "bomb", "cut off", "tiny", "large"],
)
def test_a_file_that_is_no_logo_gets_a_sentence_and_changes_nothing(
    bea: Browser, sent: bytes, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The large one is larger than a page of text may be, and smaller than what the server takes."""
    monkeypatch.setattr(foto, "MAX_FILE_BYTES", 300_000)
    page = send(bea, sent, huisstijl="paars")
    assert page.errors == [sentence]
    assert page.form("Opslaan").values["huisstijl"] == "paars"
    assert bea.see(PAGE).form("Opslaan").values["huisstijl"] == "blauw"


@pytest.mark.parametrize("role", [Role.HULPVERLENER, Role.TEAMLEIDER, Role.AUDITOR])
def test_only_a_beheerder_chooses_a_logo(given: Given, role: Role) -> None:
    actor = given.medewerker(given.organisatie_id, role)
    with given.session(actor) as session, pytest.raises(NotAllowed):
        instellingen.change_huisstijl(session, actor, Huisstijl.BLAUW, logo=logo_of(plaatjes.png()))


def test_a_beheerder_changes_the_own_organisatie_only(werkplek: Werkplek, given: Given) -> None:
    other = given.medewerker(given.other_actor.organisatie_id, Role.BEHEERDER, naam="Otto Beheer")
    send(werkplek.of(other), plaatjes.png())
    with given.session(Actor.systeem()) as session:
        assert session.get_one(Organisatie, other.organisatie_id).logo
        assert session.get_one(Organisatie, given.organisatie_id).logo is None


def naam(given: Given) -> str:
    with given.session(Actor.systeem()) as session:
        return session.get_one(Organisatie, given.organisatie_id).naam
