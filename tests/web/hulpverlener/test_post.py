"""The batch of letters: printed as one file, marked as posted together, and nobody else's."""

import io
from uuid import UUID

import pytest
from pypdf import PdfReader

from portal.delivery.tasks import typeset
from portal.domain.status import Verzendstatus
from tests.actions.conftest import Owner
from tests.given import Given
from tests.web.browser import Browser, Page
from tests.web.hulpverlener.werkplek import Werkplek

POST = "/werkvoorraad/post"


@pytest.fixture
def letters(given: Given, werkplek: Werkplek) -> dict[str, UUID]:
    """The case of each letter, made by the worker: at Vitens and at Ziggo."""
    cases = {naam: given.approved([given.regel(naam, mailable=False)]) for naam in ("Vitens", "Ziggo")}
    for naam, id in cases.items():
        typeset(given.database, werkplek.messages(id)[naam].id)
    return cases


def status(werkplek: Werkplek, letters: dict[str, UUID]) -> dict[str, Verzendstatus]:
    return {naam: werkplek.messages(id)[naam].status for naam, id in letters.items()}


def printed(browser: Browser, page: Page) -> PdfReader:
    form = page.form("Print als PDF")
    response = browser.post(form.action, data=form.with_button("Print als PDF"))
    assert response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"] == "attachment; filename=brieven.pdf"
    return PdfReader(io.BytesIO(response.data))


def test_all_letters_are_one_file_each_on_a_sheet_of_its_own(
    anna: Browser, werkplek: Werkplek, letters: dict[str, UUID]
) -> None:
    assert POST in anna.see("/werkvoorraad?baan=per_post").links.values()
    pages = [page.extract_text() for page in printed(anna, anna.see(POST)).pages]
    assert ["Vitens" in pages[0], "Ziggo" in pages[2]] == [True, True]
    assert [len(pages), pages[1], pages[3]] == [4, "", ""]
    assert set(status(werkplek, letters).values()) == {Verzendstatus.KLAAR}


def test_the_whole_batch_is_marked_once(anna: Browser, werkplek: Werkplek, letters: dict[str, UUID]) -> None:
    page = anna.see(POST)
    after = anna.follow(anna.press(page, "Deze brieven zijn verstuurd"))
    assert "Genoteerd: 2 brieven zijn verstuurd." in after.main
    assert "Er liggen geen brieven klaar" in after.main
    assert set(status(werkplek, letters).values()) == {Verzendstatus.AANGEBODEN}
    assert [werkplek.events(id).count("KennisgevingPosted") for id in letters.values()] == [1, 1]
    again = anna.follow(anna.press(page, "Deze brieven zijn verstuurd"))
    assert "2 brieven waren al verstuurd of zijn vervallen." in again.main
    assert [werkplek.events(id).count("KennisgevingPosted") for id in letters.values()] == [1, 1]


def test_a_letter_that_came_later_or_was_left_out_is_not_marked(
    anna: Browser, given: Given, werkplek: Werkplek, letters: dict[str, UUID]
) -> None:
    page = anna.see(POST)
    later = given.approved([given.regel("Later BV", mailable=False)])
    typeset(given.database, werkplek.messages(later)["Later BV"].id)
    chosen = [str(werkplek.messages(letters["Vitens"])["Vitens"].id)]
    anna.fill(page, {"brieven": chosen}, button="Deze brieven zijn verstuurd")
    assert status(werkplek, letters | {"Later BV": later}) == {
        "Vitens": Verzendstatus.AANGEBODEN, "Ziggo": Verzendstatus.KLAAR, "Later BV": Verzendstatus.KLAAR,
    }  # fmt: skip


def test_a_letter_that_lapsed_is_not_printed(
    anna: Browser, given: Given, werkplek: Werkplek, letters: dict[str, UUID]
) -> None:
    page = anna.see(POST)
    given.withdraw(letters["Ziggo"])
    refused = anna.press(page, "Print als PDF")
    assert refused.errors == ["Er zijn brieven vervallen of al verstuurd. Kijk de lijst hieronder na."]
    assert "Ziggo" not in refused.main
    assert len(printed(anna, refused).pages) == 2


def test_nothing_chosen_is_said(anna: Browser, letters: dict[str, UUID]) -> None:
    assert anna.fill(POST, {"brieven": None}, button="Print als PDF").errors == ["Kies een of meer brieven."]


def test_a_letter_that_is_not_made_yet_waits(anna: Browser, given: Given) -> None:
    given.approved([given.regel("Vitens", mailable=False)])
    assert "Er liggen geen brieven klaar" in anna.see(POST).main


def test_a_letter_without_a_postal_address_is_flagged_and_never_in_the_batch(
    anna: Browser, given: Given, werkplek: Werkplek, letters: dict[str, UUID]
) -> None:
    id = given.approved([given.regel("Nergens BV", mailable=False, postadres=None)])
    lost = werkplek.messages(id)["Nergens BV"]
    typeset(given.database, lost.id)
    page = anna.see(POST)
    [link] = [url for label, url in page.links.items() if label.startswith("Nergens BV")]
    assert link == f"/werkvoorraad/{id}/kennisgevingen/{lost.id}"
    assert len(printed(anna, page).pages) == 4
    refused = anna.fill(page, {"brieven": [str(lost.id)]}, button="Print als PDF")
    assert refused.errors == ["Er zijn brieven vervallen of al verstuurd. Kijk de lijst hieronder na."]


def test_a_letter_that_was_changed_is_not_printed(
    anna: Browser, werkplek: Werkplek, letters: dict[str, UUID], owner: Owner
) -> None:
    changed = werkplek.messages(letters["Ziggo"])["Ziggo"].id
    owner.execute("UPDATE brief SET pdf_sha256 = repeat('a', 64) WHERE id = %s", [changed])
    refused = anna.press(POST, "Print als PDF")
    assert refused.errors == ["Een brief is niet meer zoals hij is gemaakt. Print niets en waarschuw de beheerder."]


def test_another_organisatie_neither_sees_prints_nor_marks(
    anna: Browser, given: Given, werkplek: Werkplek, letters: dict[str, UUID]
) -> None:
    other = werkplek.of(given.other_actor)
    assert "Vitens" not in other.see(POST).text
    sent = anna.see(POST).form("Print als PDF").with_button("Deze brieven zijn verstuurd")
    token = other.see("/werkvoorraad").forms[0].values["csrf_token"]
    assert other.post(POST, data=sent | {"csrf_token": token}).status_code == 404
    assert set(status(werkplek, letters).values()) == {Verzendstatus.KLAAR}
