"""The pages with figures: a chart with a name, the same numbers in a table, and a file."""

import csv
import io

import pytest
from flask import Flask

from portal.actions import cijfers
from portal.domain.cijfers import OVERIG, Rij, Tabel
from portal.domain.roles import Actor, Role
from portal.models import Kwartaalcijfers
from portal.web.cijfers import blok
from tests.conftest import FIRST_DAY, Clock
from tests.given import Given
from tests.web.beheer.test_beheer import browser_of
from tests.web.browser import Page, text_of
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek

ANSWERS = Tabel(
    "antwoorden",
    ("pauze", "weigert", "anders", "stil"),
    (Rij(("=Plons",), (20, 5, 0, 15)), Rij((OVERIG,), (5, 0, 0, 5))),
    50,
)


def test_neighbours_that_go_together_are_named_as_a_whole() -> None:
    together = Tabel("kennisgeving", ("aantal",), (Rij(("7_dagen", "14_dagen"), (6,)), Rij(("28_dagen",), (0,))), 6)
    assert [rij.label for rij in blok(together).rijen] == ["Binnen een week + Binnen twee weken", "Binnen vier weken"]
    many = Tabel("kennisgeving", ("aantal",), (Rij(("7_dagen", "14_dagen", "28_dagen"), (6,)),), 6)
    assert blok(many).rijen[0].label == "Van ‘Binnen een week’ tot en met ‘Binnen vier weken’"


@pytest.fixture
def werkplek(app: Flask, given: Given, new_browser: MakeBrowser) -> Werkplek:
    return Werkplek(app, given, new_browser)


def rows(page: Page) -> dict[str, list[str]]:
    """The rows of every table on the page."""
    return {
        text_of(next(row.iter("th"))): [text_of(cell) for cell in row.iter("td")]
        for row in page.tree.iter("tr")
        if next(row.iter("th"), None) is not None and next(row.iter("td"), None) is not None
    }


def test_a_teamleider_sees_the_figures_of_the_own_organisatie(werkplek: Werkplek, given: Given) -> None:
    for _ in range(6):
        given.submitted()
    browser = browser_of(werkplek, Role.TEAMLEIDER, organisatie_id=given.organisatie_id)
    page = browser.see(browser.see("/werkvoorraad").links["Cijfers"])
    assert rows(page)["Nog geen besluit"] == ["6"]
    charts = [node for node in page.tree.iter() if node.tag.endswith("svg") and node.get("role") == "img"]
    assert charts
    for chart in charts:
        named = page.by_id(chart.get("aria-labelledby", ""))
        assert text_of(named).endswith("De getallen staan in de tabel hieronder.")
    file = browser.get(page.links["Cijfers ophalen (CSV)"])
    assert file.headers["Content-Disposition"] == "attachment; filename=cijfers-2027-1.csv"
    lines = list(csv.DictReader(io.StringIO(file.get_data(as_text=True).removeprefix("\ufeff"))))
    assert {"kwartaal": "2027-1", "onderwerp": "Wat er met de verzoeken gebeurde", "groep": "Nog geen besluit",
            "kolom": "Aantal", "aantal": "6"} in lines  # fmt: skip
    other = browser_of(werkplek, Role.TEAMLEIDER, organisatie_id=given.other_actor.organisatie_id)
    assert "Er is niets om te tellen." in other.see("/beheer/cijfers").main
    for wrong in ("2030-1", "2027-9", "x", ""):
        assert browser.see(f"/beheer/cijfers?kwartaal={wrong}", 200 if not wrong else 404).h1


@pytest.mark.parametrize("role", [Role.HULPVERLENER, Role.BEHEERDER, Role.AUDITOR])
def test_the_figures_are_for_the_teamleider(werkplek: Werkplek, given: Given, role: Role) -> None:
    browser = browser_of(werkplek, role, organisatie_id=given.organisatie_id)
    assert browser.see("/beheer/cijfers", 403).h1
    assert browser.see("/beheer/cijfers.csv", 403).h1
    assert "Cijfers" not in browser.see("/beheer/schuldeisers").links


def test_everybody_sees_what_was_published(new_browser: MakeBrowser, given: Given, clock: Clock) -> None:
    browser = new_browser()
    assert "Er zijn nog geen cijfers." in browser.see("/cijfers").main
    assert browser.see("/cijfers.csv", 404).h1
    for _ in range(5):
        given.submitted()
    clock.set(FIRST_DAY.replace(month=8))
    assert cijfers.publish(given.database) == 1
    page = browser.see(browser.see("/").links["Cijfers"])
    assert "Eerste kwartaal van 2027" in page.main
    assert rows(page)["Verzoek verstuurd"] == ["5"]
    assert browser.get(page.links["Cijfers ophalen (CSV)"]).status_code == 200
    assert browser.see("/cijfers?kwartaal=2027-2", 404).h1


def test_a_table_with_columns_has_a_legend_sums_and_a_safe_file(new_browser: MakeBrowser, given: Given) -> None:
    _ = given.actor
    told = [ANSWERS.as_json(), Tabel("inbreuken", ("aantal",), (), None).as_json()]
    with given.session(Actor.systeem()) as session:
        at = session.connection().exec_driver_sql("SELECT now()").scalar_one()
    given._add(Kwartaalcijfers(kwartaal="2027-1", published_at=at, inhoud={"tabellen": told}))
    page = new_browser().see("/cijfers")
    assert rows(page)["Alle andere schuldeisers samen"] == ["5", "0", "0", "5", "10"]
    assert rows(page)["Alles samen"] == ["25", "5", "0", "20", "50"]
    assert "De groepen zijn te klein om te laten zien." in page.main
    file = new_browser().get("/cijfers.csv").get_data(as_text=True)
    assert ",'=Plons," in file


def test_the_bars_of_a_chart_have_the_length_of_their_numbers() -> None:
    drawn = blok(ANSWERS)
    first, second = (sum(piece[1] for piece in rij.staven) for rij in drawn.rijen)
    assert 315 <= first <= 320
    assert first / 5 <= second <= first / 3
    assert all(x + wide <= 320.5 for rij in drawn.rijen for x, wide, _ in rij.staven)
    assert drawn.hoogte > drawn.rijen[-1].y
    assert blok(Tabel("inbreuken", ("aantal",), (Rij(("x",), (0,)),), 0)).rijen[0].staven == []
