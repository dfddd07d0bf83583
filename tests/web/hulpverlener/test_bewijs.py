"""The bewijsdossier from the case page: one click, a file, and a line in the history."""

from portal.domain.bewijscontrole import LEESMIJ, check
from portal.domain.bewijsdossier import unpack
from portal.domain.roles import Role
from tests.given import Given
from tests.web.account.deur import enrol, staff
from tests.web.browser import Browser


def test_an_auditor_takes_the_proof_of_a_case_and_changes_nothing_else(given: Given, browser: Browser) -> None:
    id = given.approved([given.regel("Energie Noord")])
    given.hand_over(id)
    staff(given, Role.AUDITOR)
    enrol(browser, "anna@stadsbank.example")
    page = browser.see(f"/werkvoorraad/{id}")
    own = [form.action for form in page.forms if form.method == "POST" and "uitloggen" not in form.action]
    assert own == [f"/werkvoorraad/{id}/bewijs"], "an auditor has no other act"
    taken = browser.press(f"/werkvoorraad/{id}", "Bewijsdossier ophalen").response
    assert taken.mimetype == "application/zip"
    assert taken.headers["Cache-Control"] == "no-store"
    assert taken.headers["Content-Disposition"].startswith("attachment; filename=")
    assert check(taken.data).berichten >= 2
    told = unpack(taken.data)[LEESMIJ].decode()
    assert "keurde de pauze goed" in told
    assert "Energie Noord" in told
    assert "haalde het bewijsdossier op" in browser.see(f"/werkvoorraad/{id}").main
