"""The page of koppen: for anybody, a page at a time, in words and for a program."""

from datetime import timedelta

from portal.actions import dagkoppen
from portal.domain.roles import Actor
from portal.queries.dagkoppen import koppen
from portal.web.public import ketens
from tests.conftest import FIRST_DAY, Clock
from tests.given import Given
from tests.web.browser import Browser


def close(given: Given, clock: Clock, days: int) -> list[str]:
    """So many closed days; the koppen, newest first."""
    given.concept()
    clock.set(FIRST_DAY + timedelta(days=days))
    assert dagkoppen.close_days(given.database) == days
    with given.session(Actor.bezoeker()) as session:
        return [kop.kop for kop in koppen(session, 1000)]


def test_before_the_first_day_is_over_the_page_says_so(browser: Browser) -> None:
    assert "Er is nog geen dag afgesloten." in browser.see("/ketens").main
    answer = browser.get("/ketens.json")
    assert answer.json == {"formaat": ketens.FORMAAT, "koppen": [], "eerder": None}


def test_the_page_shows_each_day_with_a_code_that_can_be_copied(given: Given, clock: Clock, browser: Browser) -> None:
    newest, oldest = close(given, clock, 2)
    page = browser.see("/ketens")
    assert "1 februari 2027" in page.main
    shown = page.html.replace("<wbr>", "")
    assert shown.index(newest) < shown.index(oldest)


def test_the_list_goes_back_by_pages(given: Given, clock: Clock, browser: Browser) -> None:
    made = close(given, clock, ketens.PAGE + 3)
    first = browser.see("/ketens")
    assert "Naar de nieuwste" not in first.links
    second = browser.see(first.links["Eerdere dagen"])
    assert "Eerdere dagen" not in second.links
    shown = second.html.replace("<wbr>", "")
    assert [kop in shown for kop in made] == [False] * ketens.PAGE + [True] * 3
    assert second.links["Naar de nieuwste"].startswith("/ketens")


def test_what_is_no_day_is_the_beginning(given: Given, clock: Clock, browser: Browser) -> None:
    close(given, clock, 1)
    for voor in ("", "onzin", "2027-02-30", "9999-12-31", "0001-01-01%00"):
        browser.see(f"/ketens?voor={voor}")
    assert "Er zijn geen eerdere dagen." in browser.see("/ketens?voor=0001-01-01").main


def test_a_program_gets_what_goes_into_each_kop(given: Given, clock: Clock, browser: Browser, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(ketens, "JSON_PAGE", 2)
    made = close(given, clock, 3)
    first = browser.get("/ketens.json").json
    second = browser.get(first["eerder"]).json
    rows = [*first["koppen"], *second["koppen"]]
    assert [row["kop"] for row in rows] == made
    assert [row["vorige_kop"] for row in rows[:-1]] == made[1:]
    assert rows[-1] | {"wortel": "", "kop": ""} == {
        "dag": FIRST_DAY.isoformat(), "vorige_kop": "0" * 64, "wortel": "", "bladen": 1, "kop": "",
    }  # fmt: skip
    assert second["eerder"] is None


def test_schuldeisers_are_led_to_the_page(browser: Browser) -> None:
    assert browser.see("/schuldeisers").links["de code van elke dag"] == "/ketens"
