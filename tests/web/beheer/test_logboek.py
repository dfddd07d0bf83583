import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.domain import events
from portal.domain.errors import NotAllowed
from portal.domain.roles import Role
from portal.web.access import rule_of
from portal.web.beheer.logboek import GROEPEN, groep_of
from tests.given import Given
from tests.web.browser import Browser, text_of
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek

LOG = "/beheer/logboek"
OWN_ACCOUNT = {
    f"account.{name}"
    for name in ("wachtwoord", "herstelcodes", "andere_app", "alle_sessies", "sessie", "nieuwe_passkey", "passkey_weg")
}
"""What everybody of the staff may change: the own account."""

PROOF = {"hulpverlener.bewijs"}
"""What an auditor may take: that it was taken stands in the trail."""

SEARCH = {"hulpverlener.zoeken"}
"""What changes nothing, and is sent as a POST to keep a birth date out of the address."""


@pytest.fixture
def werkplek(app: Flask, given: Given, new_browser: MakeBrowser) -> Werkplek:
    return Werkplek(app, given, new_browser)


@pytest.fixture
def noor(werkplek: Werkplek, given: Given) -> Browser:
    return werkplek.of(given.medewerker(given.organisatie_id, Role.AUDITOR, naam="Noor Jansen"))


def rows(page: Any) -> list[str]:
    return [text_of(row) for row in page.tree.iter("tr")][1:]


def test_the_log_tells_of_the_own_organisatie_and_its_cases_only(noor: Browser, given: Given) -> None:
    id = given.approved([given.regel("Waterbedrijf Plons")])
    given.actor = given.other_actor
    _ = given.submitted(gemeente={"code": "GM0307"})
    page = noor.see(noor.see("/werkvoorraad").links["Logboek"])
    said = " ".join(rows(page))
    kenmerk = given.case(id).kenmerk
    assert page.links[kenmerk] == f"/werkvoorraad/{id}"
    assert noor.see(page.links[kenmerk]).status == 200
    assert "Anna de Boer keurde de pauze goed" in said
    assert "Kennisgeving aan Waterbedrijf Plons vastgesteld" in said
    assert "Noor Jansen logde in." in said
    assert {row.split()[-3] for row in rows(page)} <= {kenmerk, "Organisatie"}


def test_it_goes_by_day_and_by_kind(noor: Browser, given: Given) -> None:
    given.submitted()
    today = rows(noor.see(f"{LOG}?dag=2027-02-01"))
    quiet = noor.see(f"{LOG}?dag=2027-01-31")
    assert "Geen gebeurtenissen." in quiet.main
    assert rows(noor.see(quiet.links["1 februari 2027"])) == today
    by_group = {group: rows(noor.see(f"{LOG}?dag=2027-02-01&soort={group}")) for group in GROEPEN}
    assert sorted(row for group in by_group.values() for row in group) == sorted(today)
    assert any("diende het verzoek in" in row for row in by_group["verzoeken"])
    assert any("logde in" in row for row in by_group["toegang"])
    assert rows(noor.see(f"{LOG}?dag=gisteren&soort=alles")) == today


def test_pages_of_a_busy_day_hold_each_entry_once(noor: Browser, given: Given) -> None:
    for _ in range(4):
        given.submitted()
    page, seen = noor.see(f"{LOG}?soort=verzoeken"), []
    while True:
        seen += rows(page)
        if "Eerder op deze dag" not in page.links:
            break
        page = noor.see(page.links["Eerder op deze dag"])
    numbers = [re.findall(r"(PK-\S+) (\d+) [0-9a-f]{12}$", row)[0] for row in seen]
    assert len(numbers) == len(set(numbers)) > 50
    assert noor.see(f"{LOG}?na=kapot", 404).h1
    assert noor.see(f"{LOG}?na={'9' * 30}", 404).h1


def test_a_page_costs_as_many_statements_with_more_entries(
    noor: Browser, given: Given, count_statements: Callable[[], Any]
) -> None:
    counted = []
    for _ in range(2):
        given.approved()
        with count_statements() as sent:
            noor.see(LOG)
        counted.append(len(sent))
    assert counted[0] == counted[1] <= 15


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_the_log_is_for_auditors(werkplek: Werkplek, given: Given, role: Role) -> None:
    organisatie = None if role is Role.LANDELIJK_BEHEERDER else given.organisatie_id
    browser = werkplek.of(given.medewerker(organisatie, role))
    assert browser.see(LOG, 403).h1


def test_every_event_is_in_a_group() -> None:
    found = {groep_of(kind.__name__) for kind in events.all_events()}
    assert found == set(GROEPEN)


def test_an_auditor_changes_nothing(app: Flask, noor: Browser, given: Given) -> None:
    """Every route that takes a POST refuses an auditor, whatever is behind it, but for the own account,
    the proof of a case and the search."""
    id = given.matched()
    token = noor.see("/werkvoorraad").form("Uitloggen").values["csrf_token"]
    adapter = app.url_map.bind("pauzeknop.example")
    tried = {}
    for rule in app.url_map.iter_rules():
        access = rule_of(app, rule.endpoint)
        if "POST" in (rule.methods or set()) and access.roles and rule.endpoint not in OWN_ACCOUNT | PROOF | SEARCH:
            values = {name: id if name.endswith("_id") else "x" for name in rule.arguments}
            answer = noor.post(adapter.build(rule.endpoint, values, method="POST"), data={"csrf_token": token})
            tried[rule.endpoint] = answer.status_code
    assert tried == dict.fromkeys(tried, 403)
    assert len(tried) > 30


def test_the_acts_themselves_refuse_an_auditor(given: Given) -> None:
    """Row-level security knows no roles, so the acts do."""
    auditor = given.medewerker(given.organisatie_id, Role.AUDITOR)
    new, matched = given.submitted(), given.matched()
    with pytest.raises(NotAllowed):
        given.take(new, auditor)
    with pytest.raises(NotAllowed):
        given.approve(matched, auditor)
