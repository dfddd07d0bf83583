"""The bewijsdossier from the case page: one click, a file, and a line in the history."""

import io
import json
import re

from pypdf import PdfReader

from portal.domain.bewijscontrole import BEWIJS, LEESMIJ, SAMENVATTING, check
from portal.domain.bewijsdossier import unpack
from portal.domain.roles import Role
from portal.web.hulpverlener.samenvatting import CODES
from tests.given import Given
from tests.web.account.deur import enrol, staff
from tests.web.browser import Browser


def words_of(pdf: bytes) -> str:
    """The text of every page, on one line."""
    pages = PdfReader(io.BytesIO(pdf), strict=True).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


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
    files = unpack(taken.data)
    for told in (files[LEESMIJ].decode(), words_of(files[SAMENVATTING])):
        assert "keurde de pauze goed" in told
        assert "Energie Noord" in told
    assert "haalde het bewijsdossier op" in browser.see(f"/werkvoorraad/{id}").main


def test_the_summary_has_the_person_the_pause_and_every_hash_of_a_message(given: Given, browser: Browser) -> None:
    id = given.approved([given.regel("Energie Noord"), given.regel("Huisarts", mailable=False)])
    given.hand_over(id)
    staff(given, Role.AUDITOR)
    enrol(browser, "anna@stadsbank.example")
    files = unpack(browser.press(f"/werkvoorraad/{id}", "Bewijsdossier ophalen").response.data)
    shown = words_of(files[SAMENVATTING])
    assert f"Hulpvrager {given.case(id).persoon.naam}" in shown
    assert "Kennisgeving aan Energie Noord" in shown
    assert "Kennisgeving aan Huisarts" in shown
    facts = [entry["feiten"] for entry in json.loads(files[BEWIJS])["gebeurtenissen"]]
    hashes = {each[name] for each in facts for name in CODES if "kennisgeving_id" in each and each.get(name)}
    assert len(hashes) >= 4
    assert [each for each in hashes if each not in shown.replace(" ", "")] == []
    root = PdfReader(io.BytesIO(files[SAMENVATTING])).trailer["/Root"]
    assert {"pdfaid:part", "pdfuaid:part"} <= set(
        re.findall(r"pdf(?:a|ua)id:part", root["/Metadata"].get_data().decode())
    )
